"""The page's pure functions: HTML, the cutting of articles, and the requests that the server refuses."""

from __future__ import annotations

import html
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import Headers

from rag.core.schema import Answer, OtherAnswer
from rag.core.settings import DEFAULTS, MEBIBYTE
from rag_ui.chat import card, conversation
from rag_ui.chat.card import Cards
from rag_ui.html.escaping import escape, highlight
from rag_ui.language.strings import ENGLISH
from rag_ui.web.gate import MAX_BODY, refuse
from rag_ui.web.rate import RateLimit
from tests.any_text import any_text
from tests.fake_library import FakeLibrary, cite, make_article
from tests.ui.answers import ARTICLE, CITATION, QUOTE, Markup, answered

CARDS = Cards(ENGLISH)
HOSTILE = (
    """<script>alert(1)</script><img src=x onerror=alert(1)> ${alert(1)} {{value}} `x` [a](javascript:alert(1)) "'&"""
)

MAX_UPLOAD = DEFAULTS.page.upload_megabytes * MEBIBYTE


@given(any_text())
def test_escaped_text_shows_itself_and_holds_nothing_live(text: str) -> None:
    escaped = escape(text)
    assert html.unescape(escaped) == text
    assert not set(escaped) & set("<>\"'${}`\r")


@given(st.text(alphabet=st.sampled_from("ab<>&\"'${}`\r\n é😀")), st.data())
def test_a_highlighted_quote_is_the_quote(quote: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(quote)))
    end = data.draw(st.integers(start, len(quote)))
    highlighted = highlight(quote, start, end)
    before, short, after = re.split("</?strong>", highlighted)
    assert [html.unescape(part) for part in (before, short, after)] == [quote[:start], quote[start:end], quote[end:]]


def test_a_card_shows_the_short_answer_the_quote_its_place_and_the_confidence() -> None:
    markup = Markup(CARDS.answer_card(answered(short_answer="Badr al-Busaidi")))
    for shown in ("Badr al-Busaidi", "Talks in Muscat", "The Courier", "April 2025", "Likely right", "80%"):
        assert shown in markup.text
    assert markup.tags.count("blockquote") == markup.chips == 1
    place = json.loads(dict(markup.attributes)["data-place"] or "")
    assert ARTICLE.text[place["start"] : place["end"]] == QUOTE
    assert ARTICLE.text[place["short_start"] : place["short_end"]] == "Badr al-Busaidi"


def test_our_words_stand_outside_the_quotes() -> None:
    inside = re.findall(r"<blockquote[^>]*>(.*?)</blockquote>", CARDS.answer_card(answered()))
    assert [Markup(quote).text for quote in inside] == [QUOTE]


def test_a_question_that_was_understood_otherwise_is_said() -> None:
    assert "Who mediated in Muscat?" in CARDS.answer_card(answered(standalone_question="Who mediated in Muscat?"))
    assert ENGLISH.words.understood_as not in CARDS.answer_card(answered(standalone_question="Who mediated?"))


def test_another_answer_is_shown_beside_the_first() -> None:
    other = OtherAnswer(
        short_answer="two rooms", confidence=0.55, citations=(CITATION.model_copy(update={"number": 2}),)
    )
    markup = Markup(CARDS.answer_card(answered(other_answers=(other,))))
    assert ENGLISH.side_by_side(2, "fact") in markup.text
    assert markup.tags.count("section") == 2
    assert "Perhaps right" in markup.text
    assert markup.chips == 2


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("nothing_about_it", "No passage in the archive is about"),
        ("not_said", "No passage in the archive answers this question."),
        ("breaks_off", "The text breaks off"),
        ("below_threshold", "none of them surely answers the question."),
    ],
)
def test_no_answer_is_said_with_its_reason_and_near_misses_are_no_answers(reason: str, said: str) -> None:
    answer = Answer.model_validate(
        {"question": "?", "status": "no_answer", "reason": reason, "confidence": 0.12, "generation": 1}
        | {"near_misses": (CITATION,)}
    )
    markup = Markup(CARDS.answer_card(answer))
    for shown in (ENGLISH.words.not_said, said, ENGLISH.words.near_misses, ENGLISH.words.not_an_answer, QUOTE):
        assert shown in markup.text
    assert markup.chips == 1


def test_blank_lines_are_drawn_narrow_and_stay_in_the_quote() -> None:
    article = make_article("Ships came.\n\n \nBoats left.\nNobody saw.", "Harbour")
    card = CARDS.answer_card(answered(citations=(cite(article, article.text, "Boats left"),)))
    assert '<span class="gap">\n\n \n</span><strong>Boats' in card and card.count("gap") == 1
    assert article.text in Markup(card).text


def test_a_copy_holds_question_answer_and_references() -> None:
    markup = Markup(CARDS.answer_card(answered(short_answer="Badr al-Busaidi", question="Who mediated?")))
    copied = dict(markup.attributes)["data-text"] or ""
    for held in ("Who mediated?", "Badr al-Busaidi", f"[1] {QUOTE}", "Talks in Muscat · The Courier · 2025-04"):
        assert held in copied


def test_what_the_confidence_means_is_said_on_demand() -> None:
    markup = Markup(CARDS.answer_card(answered()))
    assert markup.tags.count("details") == markup.tags.count("summary") == 2, (
        "the confidence, and the menu of the quote"
    )
    assert "Of 100 answers with this figure, about 80 are right." in markup.text


def test_hostile_text_adds_no_tag_and_no_attribute_anywhere() -> None:
    def shape(text: str) -> tuple[list[str], list[str]]:
        article = make_article(text, text, source=text, published=text, path=text)
        citation = cite(article, text)
        other = OtherAnswer(short_answer=text, confidence=0.5, citations=(citation,))
        answer = answered(
            question=text,
            standalone_question=f"{text}?",
            short_answer=text,
            citations=(citation,),
            other_answers=(other,),
            sources=1,
            timeline=(1,),
        )
        markup = Markup("".join((CARDS.question_bubble(text), card.problem_note(text), CARDS.answer_card(answer))))
        assert text in markup.text
        return markup.tags, [name for name, _ in markup.attributes]

    assert shape(HOSTILE) == shape("plain words")


def test_a_question_is_shown_before_it_is_answered() -> None:
    turns = conversation.begin((), "Who mediated?")
    question, note = conversation.markup(turns[0], 1200, CARDS)
    assert "Who mediated?" in question
    assert "Searching and reading 1,200 articles…" in note


def test_a_question_that_cannot_be_asked_is_a_line_in_the_chat() -> None:
    *_, turns = conversation.settle(FakeLibrary([], {}), conversation.begin((), " " * 5000), ENGLISH)
    assert turns[0].problem == "The question is empty; ask in words"
    assert len(turns[0].question) < 400


def test_a_fault_is_a_line_in_the_chat_too() -> None:
    class Broken(FakeLibrary):
        def answer(self, question: str, **_: object) -> Answer:
            raise ZeroDivisionError

    *_, turns = conversation.settle(Broken([], {}), conversation.begin((), "Who?"), ENGLISH)
    assert turns[0].problem == ENGLISH.words.failed


def test_an_answer_whose_quote_is_not_in_the_text_is_not_shown() -> None:
    forged = answered(citations=(CITATION.model_copy(update={"quote": "Nobody met."}),))
    *_, turns = conversation.settle(FakeLibrary([ARTICLE], {"Who?": forged}), conversation.begin((), "Who?"), ENGLISH)
    assert turns[0].answer is None
    assert turns[0].problem


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("GET", "/", {}, None),
        ("GET", "/assets/index.js", {}, None),
        ("POST", "/gradio_api/queue/join", {"host": "127.0.0.1:7860"}, None),
        ("POST", "/gradio_api/queue/join", {"host": "127.0.0.1:7860", "origin": "http://127.0.0.1:7860"}, None),
        ("POST", "/gradio_api/queue/join", {"host": "127.0.0.1:7860", "origin": "http://elsewhere.example"}, 403),
        ("POST", "/gradio_api/queue/join", {"host": "127.0.0.1:7860", "origin": "null"}, 403),
        ("POST", "/gradio_api/queue/join", {"sec-fetch-site": "cross-site"}, 403),
        # A proxy has written its own host, and the browser says that the request is of its page.
        ("POST", "/gradio_api/queue/join", {"origin": "http://a.example", "sec-fetch-site": "same-origin"}, None),
        ("POST", "/gradio_api/queue/join", {"content-length": "²"}, 413),
        ("POST", "/gradio_api/queue/join", {"content-length": "1" * 5000}, 413),
        ("POST", "/gradio_api/queue/join", {"content-length": str(MAX_BODY + 1)}, 413),
        ("POST", "/gradio_api/queue/join", {"content-length": "-1"}, 413),
        ("POST", "/gradio_api/upload", {"content-length": str(MAX_UPLOAD)}, None),
        ("POST", "/gradio_api/upload", {"content-length": str(MAX_UPLOAD + 1)}, 413),
        ("POST", "/gradio_api/upload", {"sec-fetch-site": "cross-site"}, 403),
        ("POST", "/gradio_api/uploads", {"content-length": str(MAX_BODY + 1)}, 413),
        ("POST", "/gradio_api/cancel", {}, None),
        ("POST", "/gradio_api/cancel", {"sec-fetch-site": "cross-site"}, 403),
        ("GET", "/gradio_api/file=/etc/passwd", {}, 404),
        ("GET", "/monitoring/summary", {}, 404),
        ("GET", "/gradio_api/proxy=http://elsewhere.example", {}, 404),
    ],
)
def test_the_server_refuses_what_the_page_does_not_need(
    method: str, path: str, headers: dict[str, str], status: int | None
) -> None:
    refusal = refuse(method, path, Headers(headers), ENGLISH, MAX_UPLOAD)
    assert (refusal[0] if refusal else None) == status


def test_an_address_that_asks_too_often_waits_and_the_others_do_not() -> None:
    now = 100.0
    rate = RateLimit(burst=3, per_second=2, clock=lambda: now)
    assert [rate.admits("a") for _ in range(5)] == [True, True, True, False, False]
    assert (rate.is_spent("a"), rate.is_spent("b")) == (True, False)
    assert rate.admits("b")
    assert [rate.admits("c", cost=0.5) for _ in range(7)] == [True] * 6 + [False]
    now += 1
    assert [rate.admits("a") for _ in range(3)] == [True, True, False]
    now += 1_000
    assert [rate.admits("a") for _ in range(4)] == [True, True, True, False]
