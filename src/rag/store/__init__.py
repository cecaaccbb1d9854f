"""The SQLite file of a library, which is the single source of truth. All SQL of the project is in this room."""
