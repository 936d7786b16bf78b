"""Where each kind of row is kept: how it is read back, and how it is written."""

from banso.catalogue.program.shelves.records import SHELVES, stored_program

__all__ = ["SHELVES", "stored_program"]
