"""What is agreed, and what the projects answer."""
