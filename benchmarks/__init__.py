"""Quality and speed, each figure by one command."""
