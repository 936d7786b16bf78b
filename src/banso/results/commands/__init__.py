"""What can be done with results and their withholding, one command a file."""
