"""Pages of calls, by whom they are for."""
