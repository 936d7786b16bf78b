"""Pages that join apps: home, my pages, rules."""
