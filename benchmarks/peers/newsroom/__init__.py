"""This project, asked over the line protocol like its peers."""
