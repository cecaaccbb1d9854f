"""Chooses the quotes of an answer among all sentences of the passages read, and says how probably they answer."""
