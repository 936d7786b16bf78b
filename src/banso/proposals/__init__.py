"""Proposals: drafts, teams, files, approval, submission and receipts."""
