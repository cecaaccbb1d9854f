"""What one person says in the articles, and which person a name means."""
