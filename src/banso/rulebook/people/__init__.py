"""Rules about people: how they come in and show who they are."""
