"""Makes an answer with one quote, and parses its markup as a browser does."""

from __future__ import annotations

from html.parser import HTMLParser

from rag.core.schema import Answer
from tests.fake_library import cite, make_article

TEXT = "Ministers met in Muscat. Oman's Badr al-Busaidi carried messages between two rooms. Nobody shook hands."
QUOTE = "Oman's Badr al-Busaidi carried messages between two rooms."

ARTICLE = make_article(TEXT, "Talks in Muscat", source="The Courier")
CITATION = cite(ARTICLE, QUOTE, "Badr al-Busaidi")


class Markup(HTMLParser):
    """Collects the tags, attributes and text that a browser would find."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(markup)
        self.close()

    @property
    def chips(self) -> int:
        return [name for name, _ in self.attributes].count("data-place")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


def answered(**changes: object) -> Answer:
    fields = {"question": "Who mediated?", "status": "answered", "text": QUOTE, "generation": 1, "confidence": 0.8}
    return Answer.model_validate({**fields, "citations": (CITATION,), **changes})
