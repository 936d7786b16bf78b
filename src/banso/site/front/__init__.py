"""What is before Django: the event loop takes requests in, and hands them on when whole."""
