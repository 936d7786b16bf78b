"""Computation on plain values: text, expertise, assignment and reuse; no Django, no database."""
