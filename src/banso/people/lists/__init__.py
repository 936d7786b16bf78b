"""Columns, filters and order of the lists about people."""
