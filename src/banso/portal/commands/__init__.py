"""What a person does in the portal itself."""
