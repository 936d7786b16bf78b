"""Reading who people are and who acts."""
