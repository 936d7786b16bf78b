"""Pages of proposals, by whom they are for."""
