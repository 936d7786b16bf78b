"""How people get in: what allauth asks of us, limits, devices, letters, passwords."""
