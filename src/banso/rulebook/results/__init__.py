"""Why a result is open, and how far a part of it is withheld for a time."""
