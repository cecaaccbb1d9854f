"""Questions, answers and quotes, and the conversations kept of them."""
