"""Mail: the outbox in the act's transaction, and its delivery."""
