"""The server that comes with banso: made, started on demand, supervised, joined by others."""
