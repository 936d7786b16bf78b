"""The course of a concept's life cycle, a module a part, and what is left for today."""
