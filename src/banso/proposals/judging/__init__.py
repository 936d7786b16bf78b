"""The facts of a proposal, gathered for the rules that judge it."""
