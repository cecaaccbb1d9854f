"""Parses a question once into a `Question`, and checks its scope, corrects its spelling and rewords it."""
