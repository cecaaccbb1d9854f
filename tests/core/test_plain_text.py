from datetime import date
from typing import Any

from hypothesis import given

from rag.core.plain_text import visible, visible_lines
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
    assert all(character.isprintable() or character in "\n\t" for character in visible_lines(text))
    visible(text).encode()
