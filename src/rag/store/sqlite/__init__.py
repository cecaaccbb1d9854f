"""A library in an SQLite file: `library.sqlite` in the index folder."""
