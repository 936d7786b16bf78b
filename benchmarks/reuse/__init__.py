"""Planted and changed passages, and what finds them."""
