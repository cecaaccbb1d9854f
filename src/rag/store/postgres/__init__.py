"""A library in a schema of a PostgreSQL database."""
