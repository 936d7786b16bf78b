"""The facts of councils that rules ask for."""
