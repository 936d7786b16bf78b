"""The HTTP kit: pages, explanations and components in the Digital Agency's style."""
