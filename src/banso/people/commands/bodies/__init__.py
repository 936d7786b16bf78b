"""Acts on the records of bodies."""
