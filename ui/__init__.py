"""The page: a chat that answers with quotes, and beside it the article that each quote comes from."""

import os

# Gradio reads this when it builds a page; set here it comes before any import of gradio. Without it the page calls home.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
