"""Acts on tables of persons and bodies: all rows of one, or none."""
