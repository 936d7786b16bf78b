"""What can be done about jobs, one command a file."""
