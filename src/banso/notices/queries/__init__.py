"""Reading notices and mail."""
