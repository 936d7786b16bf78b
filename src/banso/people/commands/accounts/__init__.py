"""Acts on how a person signs in."""
