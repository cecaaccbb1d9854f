"""Completes a follow-up question from the conversation, by rules for English. Works on strings only."""
