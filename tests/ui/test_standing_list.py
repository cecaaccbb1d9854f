"""The list of followed questions: what it says of each, in which order, and what it leaves out."""

from __future__ import annotations

import datetime
from typing import Any

from rag.core.schema import Citation, Scope
from rag.standing.results import Standing, StandingAnswer, StandingChange, StandingQuestion
from rag_ui.language.strings import ENGLISH
from rag_ui.views.standing_list import StandingList
from tests.fake_library import cite, make_article
from tests.ui.answers import CITATION, QUOTE, Markup

WORDS = ENGLISH.words.standing
HOSTILE = """<script>alert(1)</script><img src=x onerror=alert(1)> ${alert(1)} {{value}} `x` "'&"""
FIVE = StandingAnswer(answered=True, values=("five",), sources=1, generation=1)


def question(name: str, added: str, changed: str | None = None, **fields: Any) -> StandingQuestion:
    given = {"id": name, "question": f"How many {name}?", "added": added, "asked": "2025-03-05T10:00:00+00:00"}
    return StandingQuestion.model_validate({**given, "changed": changed, "answer": FIVE, **fields})


def change(number: int, name: str, *new: Citation, **fields: Any) -> StandingChange:
    given = {"number": number, "question_id": name, "question": name, "found": "2025-03-05T10:00:00+00:00"}
    values = {"kinds": ("source",), "before": FIVE, "now": FIVE, "new": new}
    return StandingChange.model_validate({**given, **values, **fields})


def rendered(standing: Standing, is_there: bool = True) -> Markup:
    return Markup(StandingList(ENGLISH, datetime.date(2025, 6, 1), lambda citation: is_there).render(standing))


def test_the_question_with_the_newest_report_comes_first_and_of_each_the_newest_report() -> None:
    questions = (
        question("old", "2025-01-01", "2025-03-02T10:00:00+00:00"),
        question("new", "2025-02-01"),
        question("changed", "2025-01-02", "2025-03-05T10:00:00+00:00"),
    )
    changes = (
        change(1, "changed", kinds=("answered",)),
        change(2, "changed"),
        change(3, "gone", kinds=("unanswered",)),
    )
    text = rendered(Standing(questions=questions, changes=changes)).text
    said = ("changed?", WORDS.kinds["source"], "1 earlier report", WORDS.kinds["answered"], "old?", "new?")
    places = [text.index(words) for words in said]
    assert places == sorted(places)
    assert WORDS.kinds["unanswered"] not in text, "its question is followed no longer"


def test_a_report_says_what_was_and_what_is_or_only_what_is_if_that_is_the_same() -> None:
    silent = StandingAnswer(answered=False, generation=1)
    quoted = StandingAnswer(answered=True, citations=(CITATION,), generation=1)
    one = Standing(questions=(question("a", "2025-01-01"),), changes=(change(1, "a", before=silent, now=quoted),))
    text = rendered(one).text
    assert f"{WORDS.before}{WORDS.unanswered}{WORDS.now}{QUOTE}" in text
    same = rendered(Standing(questions=one.questions, changes=(change(1, "a", CITATION),)))
    assert WORDS.before not in same.text
    assert f"{WORDS.now}five (1 source)" in same.text
    assert same.chips == 1


def test_a_quote_that_the_archive_no_longer_has_is_counted_and_not_shown() -> None:
    standing = Standing(questions=(question("a", "2025-01-01"),), changes=(change(1, "a", CITATION),))
    markup = rendered(standing, is_there=False)
    assert markup.chips == 0
    assert QUOTE not in markup.text
    assert WORDS.gone[0].format(number=1) in markup.text


def test_hostile_text_adds_no_tag_and_no_attribute() -> None:
    def shape(text: str) -> tuple[list[str], list[str]]:
        article = make_article(text, text, source=text, published=text, path=text)
        told = StandingAnswer(answered=True, values=(text,), others=(text,), generation=1)
        one = question("a", "2025-01-01", question=text, scope=Scope(sources=(text,), since=text), answer=told)
        other = change(1, "a", cite(article, text), now=told, kinds=("contradiction",))
        markup = rendered(Standing(questions=(one,), changes=(other,)))
        return markup.tags, [name for name, _ in markup.attributes]

    assert shape(HOSTILE) == shape("harmless")
