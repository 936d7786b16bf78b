"""Pages of results: what is public, what is one's own, and requests to withhold."""
