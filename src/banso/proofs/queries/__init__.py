"""What the pages of the ledger and of receipts read, by page."""
