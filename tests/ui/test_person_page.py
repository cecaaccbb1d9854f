"""The page of a person: the order of the statements, whose they are, and what is asked for."""

from __future__ import annotations

import datetime
import json
import re
from typing import Any

import pytest

from rag.core.errors import QuestionError
from rag.core.schema import Attribution, Citation
from rag.said.results import Said, SameWords, Statement
from rag_ui.language.strings import ENGLISH
from rag_ui.views.person import People
from rag_ui.views.person_page import PersonPage
from tests.fake_library import FakeLibrary, cite, make_article
from tests.ui.answers import CITATION, Markup

PAGE = PersonPage(ENGLISH, datetime.date(2025, 6, 1))
WORDS = ENGLISH.words.person
HOSTILE = """<script>alert(1)</script><img src=x onerror=alert(1)> ${alert(1)} {{value}} `x` "'&"""


def statement(
    number: int, published: str | None, name: str = "Vik", cited: Citation = CITATION, **fields: Any
) -> Statement:
    told = {**dict(cited), "number": number, "published": published, "said_by": Attribution(name=name)}
    return Statement.model_validate({**told, "direct": True, "words": (), **fields})


def said(*statements: Statement, **fields: Any) -> Said:
    return Said.model_validate(
        {"speaker": "Vik", "name": "Otto Vik", "generation": 1, "statements": statements, **fields}
    )


def test_the_newest_statement_comes_first_and_the_numbers_go_down_the_page() -> None:
    copies = (SameWords(article_id="a", title="Copy", source="Mell Times"), SameWords(article_id="b", title="Copy"))
    one = said(
        statement(1, None),
        statement(2, "2025-04"),
        statement(3, "2025-05-01", same=copies),
        unclear=(statement(4, "2024"),),
    )
    markup = Markup(PAGE.render(one))
    told = ("1 May 2025", "The same words are in 2 more articles: Mell Times, Copy", "April 2025", "Without a date")
    places = [markup.text.index(words) for words in (*told, WORDS.unclear.format(name="Vik"), "2024")]
    assert places == sorted(places)
    numbers = [json.loads(value or "")["number"] for name, value in markup.attributes if name == "data-place"]
    assert numbers == [1, 2, 3, 4]


def test_what_is_said_otherwise_than_earlier_stands_below_the_statement() -> None:
    change = {"number": 2, "start": 0, "end": 1, "words": "<9>", "before": 1, "before_start": 0, "before_end": 1}
    earlier, later = statement(1, "2025-04-01", article_id="a"), statement(2, "2025-05-01", article_id="b")
    text = Markup(PAGE.render(said(earlier, later, changes=({**change, "before_words": "8"},)))).text
    line = WORDS.changed.format(date="1 April 2025", words="<9>", before="8")
    assert text.index("1 May 2025") < text.index(line) < text.rindex("1 April 2025")


def test_what_one_article_has_her_say_stays_in_the_order_of_the_article() -> None:
    first = statement(1, "2025", quote="She said it was so.")
    added = statement(2, "2025", quote="She added that it was not.")
    text = Markup(PAGE.render(said(first, added))).text
    assert text.index(first.quote) < text.index(added.quote)


def test_each_entry_says_whether_it_is_quoted_or_reported() -> None:
    text = Markup(PAGE.render(said(statement(1, "2025"), statement(2, "2024", direct=False)))).text
    assert re.findall(f"{WORDS.quoted}|{WORDS.reported}", text) == [WORDS.quoted, WORDS.reported]


def test_names_lead_to_others_but_not_from_the_persons_own_words() -> None:
    own = Markup(PAGE.render(said(statement(1, "2025"), others=("Runa Vik",))))
    assert [value for name, value in own.attributes if name == "data-speaker"] == ["Runa Vik"]
    others = Markup(PAGE.render(said(statement(1, "2025", "Tora Lind"), by_others=True)))
    assert [value for name, value in others.attributes if name == "data-speaker"] == ["Tora Lind"]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, "The articles attribute no words to Otto Vik."),
        ({"about": "soup"}, "The articles attribute no words about soup to Otto Vik."),
        ({"by_others": True}, "Nobody says anything about Otto Vik in the articles."),
    ],
)
def test_that_nothing_is_found_is_told_of_what_was_asked(fields: dict[str, Any], expected: str) -> None:
    assert PAGE.found(said(**fields)) == expected


def test_an_error_offers_the_names_that_it_tells_also_with_an_apostrophe() -> None:
    error = QuestionError("?", "several_speakers", remedy="!", name="Vik", nearest="'Pat O'Brien', 'Otto Vik'")
    offered = [value for name, value in Markup(PAGE.problem(error)).attributes if name == "data-speaker"]
    assert offered == ["Pat O'Brien", "Otto Vik"]
    assert PAGE.problem(QuestionError("?", remedy="!")) == ""


def test_hostile_text_adds_no_tag_and_no_attribute() -> None:
    def shape(text: str) -> tuple[list[str], list[str]]:
        article = make_article(text, text, source=text, published=text, path=text)
        same = (SameWords(article_id=text, title=text, source=text),)
        one = statement(1, text, text, cite(article, text), same=same)
        both = said(one, name=text, by_others=True, unclear=(one,), others=(text,), more=True)
        markup = Markup(PAGE.render(both))
        return markup.tags, [name for name, _ in markup.attributes]

    assert shape(HOSTILE) == shape("harmless")


@pytest.mark.parametrize("sent", [None, "Vik", {"speaker": "Vik"}, {"speaker": ["Vik"], "about": "", "by_others": 1}])
def test_what_no_page_sends_finds_nothing(sent: object) -> None:
    head, quotes = People(FakeLibrary((), {}), ENGLISH).find(sent)
    assert head == quotes
    assert "value" not in head
