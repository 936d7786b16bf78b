"""Django's backend for PostgreSQL, with a pool that comes back soon after a restart."""
