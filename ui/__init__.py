"""The page: a chat that answers with quotes, and beside it the article that each quote comes from."""

import logging

# Quiet until whoever serves the page asks for its log.
logging.getLogger(__name__).addHandler(logging.NullHandler())
