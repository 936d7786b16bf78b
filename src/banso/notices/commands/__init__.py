"""What people choose about their notices, one command a file."""
