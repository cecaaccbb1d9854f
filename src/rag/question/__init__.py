"""What a question asks: its kind, time, scope, spelling and other wordings. Works on strings alone."""
