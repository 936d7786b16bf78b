"""Visions, concepts and their editions, documents, meetings, Q&A and news."""
