"""The page: a chat that answers with quotes, and beside it the article that each quote comes from."""

import logging

# Without a handler of its own, Python would print warnings of the page to the error stream.
logging.getLogger(__name__).addHandler(logging.NullHandler())
