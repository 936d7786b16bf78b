"""Pages of councils: rooms, one's own consent, the secretariat, agreed items."""
