"""What a request may bring, and what is read of it before a page's thread is asked."""
