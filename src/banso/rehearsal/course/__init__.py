"""What happens in a concept's life cycle, one module a part of its course, and what is left for today."""
