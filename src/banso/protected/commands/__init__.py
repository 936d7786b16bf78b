"""What can be done in protected, one command a file."""
