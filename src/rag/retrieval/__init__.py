"""A question to the passages that matter, through the ports of `rag.core.ports`."""
