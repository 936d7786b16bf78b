"""Sending to the institution, which approves or returns, one command a file."""
