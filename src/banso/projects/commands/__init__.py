"""What can be done in projects, one command a file."""
