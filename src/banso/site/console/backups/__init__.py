"""Commands that back a site up and bring it back."""
