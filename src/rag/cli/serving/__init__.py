"""The commands that serve a library, and let people and programs in."""
