"""Councils, memberships, meetings and agreed items."""
