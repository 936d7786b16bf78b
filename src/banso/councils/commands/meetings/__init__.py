"""What is recorded of meetings."""
