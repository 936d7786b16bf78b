"""Reading protected information: one's own register, one's own offers, what one provided."""
