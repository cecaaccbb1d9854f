"""Finds the passages for a question, through the ports of `rag.core.ports`."""
