"""Pages that join apps, by what they are about."""
