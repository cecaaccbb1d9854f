"""What a question asks, parsed once into a `Question`; its scope, spelling and other wordings."""
