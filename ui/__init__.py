"""The page: a chat that answers with quotes, and beside it the article that each quote comes from."""

import os

# Without this the page calls home. Gradio reads it when a page is built; set here it comes before any import of gradio.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
