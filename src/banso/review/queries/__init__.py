"""Reading what is to be judged: a reviewer's queue, the agency's desk, and the letters."""
