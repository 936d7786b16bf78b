"""Reading records: how they changed, which are of one, who stands in, what is taken away."""
