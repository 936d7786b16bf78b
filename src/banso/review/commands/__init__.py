"""What can be done in review, one command a file."""
