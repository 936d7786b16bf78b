"""What people fill in around a council; each form gives the facts that its command takes."""
