"""Calls, proposals, files and receipts."""
