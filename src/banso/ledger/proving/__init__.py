"""What proves the record: the audit of the database, and bundles to take away."""
