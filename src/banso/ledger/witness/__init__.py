"""What another organisation runs to watch over the log, with no database."""
