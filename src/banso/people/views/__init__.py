"""Pages about getting in, and about who is known."""
