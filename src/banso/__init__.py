"""banso runs a mission-oriented research program and keeps its rules."""
