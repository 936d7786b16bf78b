"""Pages of review: a reviewer's queue and tasks, the agency's desk, and the letters."""
