"""The facts of protected information that rules ask for."""
