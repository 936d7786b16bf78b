"""What a call is, when it opens, closes and is extended, and what it receives from whom."""
