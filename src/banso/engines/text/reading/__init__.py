"""The readers of files, each a program of its own that `extraction` runs as a limited child."""
