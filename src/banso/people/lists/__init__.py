"""Columns, filters and order of the lists of persons, bodies and invitations."""
