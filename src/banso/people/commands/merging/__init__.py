"""Acts by which two records of one person or body become one."""
