"""Pages of the registry desk."""
