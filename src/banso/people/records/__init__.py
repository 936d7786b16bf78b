"""What commands on records share: what changed, and how it is kept."""
