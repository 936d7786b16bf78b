"""What can be done with proposals: drafting, the institution's part, submission."""
