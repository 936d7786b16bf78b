"""Reading proposals: by whoever may, the team, its institution, and the desk of the call."""
