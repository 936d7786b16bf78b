"""Documents that people keep or print, typeset in a process of its own."""
