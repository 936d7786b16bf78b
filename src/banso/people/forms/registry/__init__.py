"""Forms of the registry desk."""
