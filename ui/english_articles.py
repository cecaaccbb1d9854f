"""The page's own text in English: the list of articles and the article that is read."""

from __future__ import annotations

from .part_words import ListWords

LIST = ListWords(
    find_name="{list}: find a name",
)
