"""Rules about people: how they come in."""
