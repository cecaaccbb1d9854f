"""Takes files and addresses, and follows folders."""
