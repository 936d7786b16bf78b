"""What can be done in councils, one command a file."""
