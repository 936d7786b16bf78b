"""Calls, the editions of their guidelines, announcing and opening."""
