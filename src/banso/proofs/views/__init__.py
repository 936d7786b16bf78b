"""The pages of the ledger, of receipts and of bundles."""
