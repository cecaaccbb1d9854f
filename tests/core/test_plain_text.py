import json
import re
import unicodedata
from datetime import date
from typing import Any

import pytest
from hypothesis import given

from rag.core.dates import in_words
from rag.core.plain_text import counted, in_markdown, visible, visible_json, visible_lines, without_surrogates
from rag.core.schema import Answer, Citation, render_text
from tests.any_text import any_text


def citation(quote: str, **known: Any) -> Citation:
    return Citation(
        number=1,
        article_id="a",
        content_hash="h",
        title="Talks",
        path="a.txt",
        start=3,
        end=3 + len(quote),
        quote=quote,
        **known,
    )


def test_an_answer_reads_as_quote_title_and_place() -> None:
    answer = Answer(
        question="q",
        status="answered",
        text="Oman did.",
        citations=(citation("Oman did."),),
        confidence=0.8,
        generation=1,
    )
    assert str(answer) == "[1] Oman did.\n    Talks · characters 3–12\n\nConfidence 80%"


def test_a_citation_says_who_wrote_it_where_and_on_which_page() -> None:
    known = {"source": "The Gazette", "byline": "Jane Doe", "published": "2025-04", "url": "https://ex.org", "page": 3}
    answer = Answer(question="q", status="answered", citations=(citation("Oman did.", **known),), generation=1)
    about = "Talks · Jane Doe · The Gazette · 2025-04 (3 months ago) · https://ex.org · page 3, characters 3–12"
    assert about in render_text(answer, date(2025, 7, 1))


def test_no_answer_says_so_and_marks_what_came_near() -> None:
    answer = Answer(
        question="q", status="no_answer", reason="below_threshold", near_misses=(citation("Oman did."),), generation=1
    )
    assert str(answer).startswith("The articles don't say.")
    assert "not an answer" in str(answer)


def test_a_terminal_is_never_sent_an_articles_control_characters() -> None:
    assert visible("a\x1b[31mb\x07\n c") == "a\\x1b[31mb\\x07 c"


def test_timings_stay_out_of_the_json() -> None:
    answer = Answer(question="q", status="no_answer", generation=1, timings={"read": 1.0})
    assert "timings" not in answer.model_dump_json()


@given(any_text())
def test_any_text_can_be_shown_on_a_terminal(text: str) -> None:
    assert len(visible(text).splitlines()) <= 1
    kept = [character for character in visible_lines(text) if not character.isprintable()]
    assert all(unicodedata.category(character) == "Zs" or character in "\n\t\u200c\u200d" for character in kept)
    visible(text).encode()


@pytest.mark.parametrize("code", [0, 7, 0x1B, 0x7F, 0x85, 0x9B, 0x200E, 0x202E, 0x2066, 0x2069, 0x61C, 0xD800, 0xE0041])
def test_no_control_and_no_bidi_character_is_shown_as_it_is(code: int) -> None:
    text = f"a{chr(code)}b"
    for shown in (visible(text), visible_lines(text)):
        assert shown.isprintable()
        assert shown in (f"a\\x{code:02x}b", "a b")


def test_spaces_and_joined_letters_stay_as_they_are() -> None:
    text = "20\xa0%\u202fof\n\tall 👩\u200d👩 می\u200cخواهم"
    assert visible_lines(text) == text


def test_json_for_a_terminal_means_the_same() -> None:
    told = {"a\u202eb": ["\x1b[31m", "\x9b31m", "\x7f", "\U000e0041", "\ud800", "é 🌉\n", 1.5, None]}
    for indent in (None, 2):
        shown = visible_json(json.dumps(told, ensure_ascii=False, indent=indent))
        assert json.loads(shown) == told
        assert shown.replace("\n", "").isprintable() and "é 🌉" in shown


def test_lone_surrogates_are_replaced_and_pairs_are_not_made() -> None:
    assert without_surrogates("a\ud83c\udf09b\udfff🌉") == "a\ufffd\ufffdb\ufffd🌉"


def test_one_thing_is_not_things() -> None:
    assert (counted(1, "article"), counted(0, "article"), counted(12, "passage")) == (
        "1 article",
        "0 articles",
        "12 passages",
    )


@pytest.mark.parametrize(
    ("published", "words"),
    [
        ("2025-04-12", "12 April 2025"),
        ("2025-04-02T10:00:00Z", "2 April 2025"),
        ("2025-04", "April 2025"),
        ("2025", "2025"),
        ("2025-13-01", "2025-13-01"),
        ("yesterday", "yesterday"),
    ],
)
def test_a_date_is_written_in_words_as_far_as_it_is_known(published: str, words: str) -> None:
    assert in_words(published) == words


@given(any_text())
def test_a_text_in_markdown_is_one_line_that_shows_its_characters(text: str) -> None:
    written = in_markdown(text)
    assert "\n" not in written
    assert re.sub(r"\\([\\`*_\[\]<>#|&~])", r"\1", written) == visible(text)
