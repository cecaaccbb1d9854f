"""Small parts of HTML, and the escaping of what is shown."""
