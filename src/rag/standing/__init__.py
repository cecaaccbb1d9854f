"""Questions that a person follows: asked again when articles change, and reported when the answer changed."""
