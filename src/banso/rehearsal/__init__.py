"""The sample program: whole life cycles through the commands that people use."""
