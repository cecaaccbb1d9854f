"""Answers as plain text and as Markdown: everything that the card shows, in the page's language."""

from __future__ import annotations

import io
from dataclasses import fields
from datetime import date

import pytest
from docx import Document

from rag.core.plain_text import visible
from rag.core.schema import Answer, Attribution, Correction, OtherAnswer, Scope, render_text
from rag.formats.office.docx import extract
from rag_ui.chat import written
from rag_ui.language import english, german
from rag_ui.language.strings import ENGLISH, GERMAN, Strings
from tests.fake_library import cite, make_article

TODAY = date(2025, 5, 1)
ARTICLE = make_article("Ada saw *nine* boats.\nBen saw ten.", "Log_1", source="Courier", published="2025-04-02")
FIRST = cite(ARTICLE, "Ada saw *nine* boats.", "*nine*")
SECOND = cite(ARTICLE, "Ben saw ten.", "ten", 2).model_copy(
    update={"breaks_off": True, "page": 3, "said_by": Attribution(name="Ben", start=22, end=25, guessed=True)}
)
ANSWERED = Answer(
    question="How many boats?",
    standalone_question="How many boats were seen?",
    status="answered",
    text=FIRST.quote,
    short_answer="*nine*",
    citations=(FIRST,),
    other_answers=(OtherAnswer(short_answer="ten", confidence=0.4, citations=(SECOND,)),),
    corrections=(Correction(word="baots", read_as="boats"),),
    confidence=0.95,
    sources=2,
    timeline=(1, 2),
    scope=Scope(since="2025-04"),
    generation=1,
)
NOT_SAID = Answer(
    question="Who?",
    status="no_answer",
    reason="below_threshold",
    confidence=0.2,
    near_misses=(FIRST,),
    ask_instead=("Who saw ten?",),
    generation=1,
)


def test_plain_text_has_quotes_and_references() -> None:
    assert written.copied(ANSWERED, TODAY, ENGLISH).split("\n\n") == [
        "How many boats?",
        "Only articles since April 2025",
        "“baots” was read as “boats”, as in the articles.",
        "Understood as: How many boats were seen?",
        "*nine*",
        "- 2 independent sources say: *nine*\n- One source says: ten",
        "[1] Ada saw *nine* boats.\n    Log_1 · Courier · 2025-04-02 (4 weeks ago) · characters 0–21",
        "Very likely right, 95%",
        "The articles also say: ten (40%)",
        "[2] Ben saw ten.\n    Log_1 · Courier · 2025-04-02 (4 weeks ago) · "
        "Said by Ben: a guess, because the text has a pronoun · The text breaks off here. · page 3 · characters 22–34",
        "By the articles’ dates:",
        "- 2 April 2025: *nine* [1]\n- 2 April 2025: ten [2]",
    ]


def test_markdown_has_the_same_with_the_texts_hash_and_no_live_character() -> None:
    saved = written.saved([(ANSWERED, ())], TODAY, ENGLISH)
    assert saved.startswith(f"# {ENGLISH.words.conversation}\n\n## How many boats?\n\n")
    assert "> Ada saw \\*nine\\* boats.\n\n\\[1\\] Log\\_1 · Courier" in saved
    assert f"characters 0–21, sha256 {FIRST.content_hash}" in saved
    assert "**\\*nine\\***" in saved
    unmarked = saved.replace("\\", "").replace("**", "").replace("> ", "")
    for part in written.copied(ANSWERED, TODAY, ENGLISH).split("\n\n"):
        assert part.split("\n")[0].removeprefix("[1] ").removeprefix("[2] ") in unmarked


def test_where_the_articles_do_not_say_it_the_reason_and_what_came_near_are_written() -> None:
    copied = written.copied(NOT_SAID, TODAY, ENGLISH)
    assert f"{ENGLISH.words.not_said}. {ENGLISH.reason('below_threshold')}" in copied
    assert f"{ENGLISH.words.near_misses} ({ENGLISH.words.not_an_answer}):\n\n[1] Ada saw" in copied
    assert f"{ENGLISH.words.ask_instead}:\n\n- Who saw ten?" in copied


def test_a_terminal_is_told_nothing_by_the_copied_text() -> None:
    article = make_article("\x1b[31mRed\x07", "\x1bTitle")
    citations = (cite(article, article.text),)
    answer = Answer(question="\x1bq", status="answered", text=article.text, citations=citations, generation=1)
    copied = written.copied(answer, TODAY, ENGLISH)
    assert visible(article.text) in copied
    assert not any(character < " " and character != "\n" for character in copied)


def test_a_word_file_has_the_quotes_with_a_footnote_for_each() -> None:
    (document,) = extract(written.saved_as_word([(ANSWERED, ()), (NOT_SAID, ())], ENGLISH))
    lines = document.text.splitlines()
    for line in (ENGLISH.words.conversation, "How many boats?", "Who?", "*nine*", "Very likely right, 95%"):
        assert line in lines
    assert "The articles also say: ten (40%)" in lines
    notes = [line for line in lines if "[characters" in line]
    assert notes == [
        "“Log_1”, Courier, 2 April 2025. [characters 0–21]",
        "“Log_1”, Courier, 2 April 2025, page 3. Said by Ben: a guess, because the text has a pronoun. "
        "The text breaks off here. [characters 22–34]",
        "“Log_1”, Courier, 2 April 2025. [characters 0–21]",
        "“Log_1”, Courier, 2 April 2025, page 3. Said by Ben: a guess, because the text has a pronoun. "
        "The text breaks off here. [characters 22–34]",
        "“Log_1”, Courier, 2 April 2025. [characters 0–21]",
    ], "one for each quote, for each line of the timeline, and for the closest passage"
    assert lines.count(FIRST.quote) == 2 and lines.count(SECOND.quote) == 1


def test_a_quote_keeps_its_lines_and_spaces_in_a_word_file() -> None:
    article = make_article("Roses  are red,\nviolets\tare blue.", "Poem")
    citations = (cite(article, article.text),)
    answer = Answer(question="?", status="answered", text=article.text, citations=citations, generation=1)
    document = Document(io.BytesIO(written.saved_as_word([(answer, ())], ENGLISH)))
    assert article.text in [paragraph.text for paragraph in document.paragraphs]


@pytest.mark.parametrize("answer", [ANSWERED, NOT_SAID], ids=("answered", "not said"))
def test_in_german_all_but_the_articles_words_is_german(answer: Answer) -> None:
    (in_word,) = extract(written.saved_as_word([(answer, ())], GERMAN))
    texts = (written.copied(answer, TODAY, GERMAN), written.saved([(answer, ())], TODAY, GERMAN), in_word.text)
    ours = [getattr(english.WORDS, field.name) for field in fields(english.WORDS)]
    words = [part for value in ours for part in (value.values() if isinstance(value, dict) else [value])]
    plain = [part for part in words if isinstance(part, str) and len(part) > 6 and "{" not in part]
    assert [part for part in plain for text in texts if part in text] == []
    expected: tuple[str, ...] = (
        german.WORDS.confidence[0.9],
        german.WORDS.timeline,
        "2 unabhängige Quellen sagen",
        "Zeichen 0–21",
    )
    if not answer.answered:
        expected = (
            german.WORDS.not_said,
            german.WORDS.reasons["below_threshold"],
            german.WORDS.near_misses,
            german.WORDS.ask_instead,
        )
    assert all(part in text for part in expected for text in texts)
    assert all("vor 4 Wochen" in text for text in texts[:2])


HIDDEN = "\x07\x1b\x7f\x85\x9b\u061c\u200e\u200f\u202a\u202e\u2066\u2069\u2028\ud800\U000e0041"


@pytest.mark.parametrize("strings", [ENGLISH, GERMAN])
def test_no_control_or_bidi_character_survives_in_a_saved_file(strings: Strings) -> None:
    """Wherever it stands: in the question, the quote, the title, names, the address, the date."""
    words = f"Ada {HIDDEN}saw{HIDDEN} nine\nboats."
    article = make_article(words, words, source=words, published=words, path=words, url=words, byline=words)
    quoted = cite(article, words, words).model_copy(update={"said_by": Attribution(name=words, introduction=words)})
    other = OtherAnswer(short_answer=words, confidence=0.4, citations=(quoted.model_copy(update={"number": 2}),))
    update = {"question": words, "standalone_question": words, "short_answer": words, "citations": (quoted,)}
    changed = {"other_answers": (other,), "corrections": (Correction(word=words, read_as=words),)}
    answered = ANSWERED.model_copy(update={**update, **changed, "scope": Scope.model_construct(sources=(words,))})
    unanswered = NOT_SAID.model_copy(update={"question": words, "near_misses": (quoted,), "ask_instead": (words,)})
    saved = written.saved([(answered, ()), (unanswered, ())], TODAY, strings)
    assert not set(saved) & set(HIDDEN)
    saved.encode()
    (in_word,) = extract(written.saved_as_word([(answered, ()), (unanswered, ())], strings))
    assert not set(in_word.text) & set(HIDDEN)


def test_several_questions_are_written_with_their_answers() -> None:
    silent = Answer(question="Who paid?", status="no_answer", reason="not_said", generation=1)
    whole = ANSWERED.model_copy(update={"question": "Both?", "form": "several", "parts": (ANSWERED, silent)})
    text = written.copied(whole, TODAY, ENGLISH)
    at = [text.index(words) for words in ("How many boats?", FIRST.quote, "Who paid?", ENGLISH.words.not_said)]
    assert at == sorted(at)


def test_the_day_of_a_relative_short_answer_is_written_beside_it() -> None:
    dated = FIRST.model_copy(update={"short_day": "2019-07-16"})
    answer = ANSWERED.model_copy(update={"citations": (dated,)})
    assert "16 July 2019" in written.copied(answer, TODAY, ENGLISH)
    assert "*nine* (2019-07-16 by the article's date)" in render_text(answer, TODAY).splitlines()
    assert "2019" not in render_text(ANSWERED, TODAY)
