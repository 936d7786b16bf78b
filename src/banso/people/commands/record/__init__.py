"""Acts on the record itself."""
