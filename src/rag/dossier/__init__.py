"""What the articles tell about a subject, in sections of quotes; and how that is written as a file."""
