"""The command line. May use everything below it; nothing imports it."""
