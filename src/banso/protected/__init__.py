"""Protected items, offers, replies and deliveries."""
