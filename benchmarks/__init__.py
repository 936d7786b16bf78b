"""One module per promise; each prints a table and gives the JSON of its figures."""
