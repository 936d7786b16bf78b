"""Assignments, pledges, conflicts, assessments, decisions and letters."""
