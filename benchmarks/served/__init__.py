"""A site that a bench serves, and what runs for it."""
