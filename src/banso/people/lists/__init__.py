"""The lists of the registry: persons, bodies, where people belong, what they hold."""
