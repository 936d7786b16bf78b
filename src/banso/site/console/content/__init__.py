"""Commands that fill the database: a program, people, the sample."""
