"""Telling: from acts and deadlines to notices, and from notices to words."""
