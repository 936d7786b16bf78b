"""The lists of councils: rooms, people, meetings, agreed items."""
