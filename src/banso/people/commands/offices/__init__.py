"""Acts that give an office, and that end one."""
