"""What is done until a council is established."""
