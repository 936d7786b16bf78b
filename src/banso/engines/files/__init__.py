"""What an uploaded file is and whether it can be taken: by its bytes, never by its name alone."""
