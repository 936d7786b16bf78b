"""Acts on who is known, where they belong and what they are appointed to."""
