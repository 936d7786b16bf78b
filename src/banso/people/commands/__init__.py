"""What can be done with persons and organisations, one command a file."""
