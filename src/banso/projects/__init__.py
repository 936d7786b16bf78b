"""Projects, teams, plans and changes."""
