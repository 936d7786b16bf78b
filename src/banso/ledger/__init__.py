"""The record of every act: one entry a command, in the act's own transaction."""
