"""What stands beside the chat: the opening, a person, followed questions, a draft."""
