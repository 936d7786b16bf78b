"""Persons, organisations, affiliations, appointments, and who is acting."""
