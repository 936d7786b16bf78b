"""Beginning, writing and attaching, one command a file."""
