"""Submitting and withdrawing, one command a file."""
