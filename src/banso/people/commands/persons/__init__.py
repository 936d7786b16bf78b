"""Acts on the records of persons and where they belong."""
