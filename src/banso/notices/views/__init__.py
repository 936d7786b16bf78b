"""The pages of notices and of mail."""
