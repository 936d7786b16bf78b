"""Pages of calls and proposals, by whom they are for."""
