"""Results, their publication, and withholdings."""
