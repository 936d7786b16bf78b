"""Settings, root addresses, middleware, and the banso command line."""
