"""A question and its passages to an answer: candidates, confidence, quotes, citations, or silence."""
