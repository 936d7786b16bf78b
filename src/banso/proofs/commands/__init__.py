"""What a person does in the ledger itself: take a bundle away."""
