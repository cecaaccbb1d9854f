"""An answer in a notebook: the content of the card, and that no text of an article becomes HTML."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest

from rag.core.notebook_html import QuoteCard, answer_card
from rag.core.schema import Answer, Attribution, Citation, OtherAnswer, render_html

HOSTILE = [
    "<script>alert(1)</script>",
    "</blockquote></div><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "&lt;b&gt; is not <b>",
    "a\u202eb\x1b[31m\x00",
    "<!-- never closed",
]


class Tags(HTMLParser):
    """Collects the tags and the text of HTML, as a browser reads them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [name for name, _ in attrs]

    def handle_data(self, data: str) -> None:
        self.text += data


def citation(quote: str, **known: Any) -> Citation:
    stated = {"number": 1, "title": "Talks", "start": 3, "end": 3 + len(quote)} | known
    return Citation.model_validate({"article_id": "a", "content_hash": "h", "path": "a.txt", "quote": quote, **stated})


def test_the_card_has_the_short_answer_marked_in_its_quote_with_place_and_confidence() -> None:
    cited = citation("Oman mediated.", short_start=3, short_end=7, published="2025-04", source="The Gazette")
    answer = Answer(
        question="q", status="answered", short_answer="Oman", citations=(cited,), confidence=0.8, generation=1
    )
    html = render_html(answer, date(2025, 7, 1))
    assert "<strong>Oman</strong>" in html
    assert "[1] <mark>Oman</mark> mediated." in html
    assert "Talks · The Gazette · 2025-04 (3 months ago) · characters 3–17" in html
    assert "Confidence 80%" in html


def test_other_answers_are_quoted_and_a_speaker_is_named() -> None:
    said = citation("We paid.", number=2, said_by=Attribution(name="Ruth Hale"))
    other = OtherAnswer(short_answer="Ruth", confidence=0.5, citations=(said,))
    answer = Answer(
        question="q", status="answered", citations=(citation("He paid."),), other_answers=(other,), generation=1
    )
    text = Tags(render_html(answer)).text
    assert text.index("[1] He paid.") < text.index("[2] We paid.") < text.index("— Ruth Hale")


def test_silence_says_why_and_quotes_what_came_near() -> None:
    near = citation("Oman did", breaks_off=True)
    answer = Answer(question="q", status="no_answer", reason="not_said", near_misses=(near,), generation=1)
    text = Tags(render_html(answer)).text
    assert text.strip().startswith("The articles don't say.")
    assert "[1] Oman did(the text breaks off here)" in text
    assert "none says what is asked" in text
    assert "Confidence" not in text


@pytest.mark.parametrize("hostile", HOSTILE)
def test_no_text_becomes_html(hostile: str) -> None:
    cited = citation(
        hostile,
        short_start=3,
        short_end=3 + len(hostile),
        title=hostile,
        source=hostile,
        byline=hostile,
        url=hostile,
        published=hostile,
        said_by=Attribution(name=hostile, introduction=hostile),
    )
    answer = Answer(question=hostile, status="answered", short_answer=hostile, citations=(cited,), generation=1)
    told = Tags(answer._repr_html_())
    assert set(told.tags) <= {"div", "p", "strong", "small", "blockquote", "mark", "br"}
    assert told.attributes == ["class"]
    shown = re.sub(r"[\x00-\x1f\u202e]", lambda found: f"\\x{ord(found[0]):02x}", hostile)
    # Headline and quote, then title, byline, source, date and address, then the speaker and what introduces him.
    assert told.text.count(shown) == 9


def test_a_price_is_no_formula() -> None:
    html = answer_card("", [QuoteCard(1, "From $14 to $20.", None, ())], "")
    assert html.startswith('<div class="tex2jax_ignore mathjax_ignore">')
    assert "[1] From $14 to $20." in html
