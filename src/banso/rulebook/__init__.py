"""The program's rules as pure functions, each citing its clause."""
