"""A checked draft: the text stays as it is, and beside each sentence stands what the articles say of it."""

from __future__ import annotations

import base64
import datetime
import io
import json
import re
import zipfile
from typing import Any

import pytest

from rag.core.schema import Citation
from rag.drafts.results import CheckedStatement, DraftCheck, DraftPart
from rag_ui.language.strings import ENGLISH, GERMAN
from rag_ui.views.checked_draft import CheckedDraft
from rag_ui.views.draft import Drafts
from tests.fake_library import FakeLibrary, cite, make_article
from tests.ui.answers import CITATION, Markup

PAGE = CheckedDraft(ENGLISH, datetime.date(2025, 6, 1))
WORDS = ENGLISH.words.draft
HOSTILE = """<script>alert(1)</script><img src=x onerror=alert(1)> ${alert(1)} {{value}} `x` "'&"""


def checked(draft: str, *statements: CheckedStatement) -> DraftCheck:
    return DraftCheck(draft=draft, statements=statements, generation=1)


def statement(
    draft: str, words: str, verdict: str, *cited: Citation, number: int = 1, **fields: Any
) -> CheckedStatement:
    start = draft.index(words)
    given = {"number": number, "start": start, "end": start + len(words), "statement": words, "verdict": verdict}
    return CheckedStatement.model_validate({**given, "citations": cited, **fields})


def part(draft: str, words: str, status: str, **fields: Any) -> DraftPart:
    start = draft.index(words)
    given = {"kind": "words", "start": start, "end": start + len(words), "words": words, "status": status}
    return DraftPart.model_validate({**given, **fields})


def test_the_text_stays_as_it_is_also_where_a_sentence_goes_on_in_the_next_line() -> None:
    draft = "Well.  One sentence\ngoes on here. Nobody asked."
    one = checked(draft, statement(draft, "One sentence\ngoes on here.", "not_found"))
    lines = re.findall(
        r'<div class="draft-line" dir="auto">(.*?)</div>(?=<div class="draft-line"|</div>$)', PAGE.render(one)
    )
    without_notes = [Markup(re.sub(r"<sup.*?</sup>|<div class=\"draft-note.*?</div>", "", line)).text for line in lines]
    assert "\n".join(without_notes) == draft
    assert PAGE.render(one).count("draft-note ") == 1


def test_the_footnotes_of_the_file_are_in_the_language_of_the_page() -> None:
    draft = "Otto carried messages."
    lacking = (part(draft, "Otto", "not_found"),)
    one = checked(draft, statement(draft, draft, "partly", CITATION, parts=lacking, remark="hedged"))
    data, _, _ = Drafts(FakeLibrary((), {}), GERMAN).save(one)
    with zipfile.ZipFile(io.BytesIO(base64.b64decode(data))) as word:
        notes = Markup(word.read("word/footnotes.xml").decode()).text
    german = GERMAN.words.draft
    assert german.verdicts["partly"] in notes and german.remarks["hedged"] in notes and "Zeichen" in notes
    assert CITATION.quote in notes and ENGLISH.words.draft.verdicts["partly"] not in notes


def test_what_differs_is_marked_in_the_sentence_and_in_the_quote_and_quotes_are_numbered_throughout() -> None:
    draft = "Otto carried messages. Badr carried messages between three rooms."
    place = CITATION.start + CITATION.quote.index("two rooms")
    told = part(draft, "three rooms", "otherwise", stated="two rooms", stated_start=place, stated_end=place + 9)
    other = CITATION.model_copy(update={"number": 2})
    one = checked(
        draft,
        statement(draft, "Otto carried messages.", "stated", CITATION),
        statement(
            draft,
            "Badr carried messages between three rooms.",
            "stated_otherwise",
            CITATION,
            other,
            number=2,
            parts=(told,),
        ),
    )
    markup = Markup(PAGE.render(one))
    assert "<mark>three rooms</mark>" in PAGE.render(one)
    assert "<strong>two rooms</strong>" in PAGE.render(one)
    assert WORDS.instead.format(words="three rooms", stated="two rooms") in markup.text
    places = [json.loads(value or "") for name, value in markup.attributes if name == "data-place"]
    assert [place["number"] for place in places] == [1, 2, 3]
    assert PAGE.summary(one) == "2 sentences · Stated: 1 · Stated otherwise: 1"


def test_what_is_missing_is_told_only_of_a_sentence_that_is_partly_there() -> None:
    draft = "Badr had a pool."
    told = (part(draft, "pool", "not_found"),)
    partly = checked(draft, statement(draft, draft, "partly", CITATION, parts=told, remark="hedged"))
    assert WORDS.missing.format(words="“pool”") in Markup(PAGE.render(partly)).text
    assert WORDS.remarks["hedged"] in Markup(PAGE.render(partly)).text
    nothing = PAGE.render(checked(draft, statement(draft, draft, "not_found", parts=told)))
    assert "<mark>" not in nothing
    assert WORDS.missing.partition("{")[0] not in nothing


def test_hostile_text_adds_no_tag_and_no_attribute() -> None:
    def shape(text: str) -> tuple[list[str], list[str]]:
        article = make_article(text, text, source=text, published=text, path=text)
        quote = cite(article, text)
        told = part(text, text, "otherwise", stated=text, stated_start=0, stated_end=len(text))
        markup = Markup(
            PAGE.render(checked(text, statement(text, text, "stated_otherwise", quote, quote, parts=(told,))))
        )
        return markup.tags, [name for name, _ in markup.attributes]

    assert shape(HOSTILE) == shape("harmless")


@pytest.mark.parametrize("sent", [None, "text", {"text": 1}, {"text": "a", "more": 1}])
def test_what_no_page_sends_is_not_checked(sent: object) -> None:
    (told,) = Drafts(FakeLibrary((), {}), ENGLISH).check(sent)
    assert told[0]["value"]["state"] == ENGLISH.words.failed


@pytest.mark.parametrize("sent", [None, {"suffix": ".exe", "content": ""}, {"suffix": ".txt", "content": "%"}])
def test_what_is_no_file_of_a_draft_is_not_read(sent: object) -> None:
    assert Drafts(FakeLibrary((), {}), ENGLISH).read(sent)["value"]["state"] == WORDS.not_read
