"""Acts by which people come in: invitations, sign-up, and where they belong."""
