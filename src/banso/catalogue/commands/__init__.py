"""What can be done with the public record, one command a file."""
