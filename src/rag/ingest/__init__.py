"""Files, feeds and uploads to the store: what changed, what is embedded, what is committed."""
