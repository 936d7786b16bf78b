"""The sample worlds that benches fill, and the pages that they ask for."""
