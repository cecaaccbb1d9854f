"""The pane that shows an article, and edits what is known of it."""
