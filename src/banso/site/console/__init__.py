"""The commands that a person types: one module each, with `add_arguments` and a function."""
