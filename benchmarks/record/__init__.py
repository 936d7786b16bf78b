"""What the ledger costs: acts, tree, bundle and latency."""
