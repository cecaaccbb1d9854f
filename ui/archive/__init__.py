"""What the archive holds, at a glance."""
