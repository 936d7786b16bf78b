"""Commands that look after the ledger, and that witness another one."""
