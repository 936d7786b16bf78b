"""Pages of protected information: what reached a person, and what a person provides."""
