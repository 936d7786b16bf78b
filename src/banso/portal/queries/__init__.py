"""What pages that join apps read, by page."""
