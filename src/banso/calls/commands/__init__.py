"""What can be done with calls, one command a file."""
