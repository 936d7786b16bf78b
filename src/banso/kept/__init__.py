"""What people typed into long forms and have not sent yet: kept for them alone, for 30 days."""
