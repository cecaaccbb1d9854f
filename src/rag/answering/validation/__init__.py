"""Whether the words of a passage would mislead as an answer: of someone else, another time, a part, or denied."""
