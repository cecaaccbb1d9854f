"""Makes an answer from a question and its passages: candidates, confidence, quotes and citations, or an abstention."""
