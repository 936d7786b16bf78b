"""Forms about people, and fields that choose them."""
