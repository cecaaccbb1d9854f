"""This project, asked over the same line protocol as its peers."""
