"""The program's data files: what they hold, how they are read, and what a reload changes."""
