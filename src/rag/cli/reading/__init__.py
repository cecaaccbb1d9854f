"""The commands that ask, search and show."""
