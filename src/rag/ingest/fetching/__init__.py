"""Fetches feeds and single pages over the network, only when a person asks for it."""
