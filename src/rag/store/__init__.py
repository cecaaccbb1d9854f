"""The SQLite file, which is the one source of truth. All SQL is here."""
