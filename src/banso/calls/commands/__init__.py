"""What can be done with calls and proposals, one command a file."""
