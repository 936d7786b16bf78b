"""The ledger for everybody: its pages, receipts of acts, bundles to take away."""
