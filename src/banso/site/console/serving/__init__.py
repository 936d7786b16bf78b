"""Commands that answer requests and do what waits."""
