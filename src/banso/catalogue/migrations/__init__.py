"""Migrations of the public record, each named by what it does."""
