"""A span is quoted in whole sentences, and the short answer lies inside the quote."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rag.answering.quotable_span import QuotableSpan, quotable_spans, whole_answer
from rag.core.article import QUOTABLE, Article, Hit, Passage, Reading, Sentence, Span
from rag.question.question import Kind
from rag.text.segment import segment
from tests.any_text import any_text

KINDS: tuple[Kind, ...] = get_args(Kind)


def reading(text: str, sentences: tuple[Sentence, ...], *spans: tuple[int, int]) -> Reading:
    article = Article("a", "a.txt", "h", text, "Talks", sentences=sentences)
    hit = Hit(Passage(1, article, 0, len(text), sentences), 1, 1.0, 0.5)
    return Reading(hit, tuple(Span(*span, 1.0) for span in spans), (0.5,) * len(sentences))


STORY = "Rust had eaten it. They had not looked. These include three engineers. Trains ran on."
STORY_SENTENCES = (Sentence(0, 18), Sentence(19, 39), Sentence(40, 70), Sentence(71, 85))


@pytest.mark.parametrize(
    ("words", "quote"),
    [
        ("Trains", "Trains ran on."),
        ("not looked", "Rust had eaten it. They had not looked. These include three engineers."),
        ("three engineers", "They had not looked. These include three engineers."),
    ],
)
def test_a_sentence_is_quoted_with_its_neighbours_where_it_cannot_stand_alone(words: str, quote: str) -> None:
    start = STORY.index(words)
    (found,) = quotable_spans(reading(STORY, STORY_SENTENCES, (start, start + len(words))))
    assert found.quote == quote


def test_nothing_is_quoted_of_a_fragment_or_between_sentences() -> None:
    sentences = (Sentence(0, 18), Sentence(19, 39, "fragment"))
    assert list(quotable_spans(reading(STORY, sentences, (24, 27), (18, 19), (40, 50)))) == []


def test_a_sentence_is_not_quoted_with_a_fragment_that_it_refers_back_to() -> None:
    sentences = (Sentence(0, 18, "fragment"), *STORY_SENTENCES[1:])
    (found,) = quotable_spans(reading(STORY, sentences, (STORY.index("not looked"), STORY.index(" These"))))
    assert found.quote == "They had not looked. These include three engineers."


def test_glued_sentences_are_quoted_one_by_one() -> None:
    text = "Oman mediated.Iran agreed."
    sentences = (Sentence(0, 14), Sentence(14, 26))
    first, second = quotable_spans(reading(text, sentences, (0, 14), (14, 18)))
    assert (first.quote, second.quote) == ("Oman mediated.", "Iran agreed.")
    assert not first.overlaps(second)
    assert not second.overlaps(first)


def test_a_span_without_a_letter_or_digit_is_not_quoted_whatever_follows_it() -> None:
    assert (
        list(quotable_spans(reading('He said "no". They left.', (Sentence(0, 13), Sentence(14, 24)), (11, 13)))) == []
    )


def test_a_whole_sentence_that_was_picked_is_shown_with_the_sentences_it_is_quoted_with() -> None:
    (place,) = quotable_spans(reading(STORY, STORY_SENTENCES, (40, 70)))
    assert whole_answer(place, "other") == Span(19, 70, 1.0)


def test_a_unit_without_its_number_is_no_short_answer() -> None:
    assert shown("She got 54.2 percent of the vote.", "percent", "quantity") == "She got 54.2 percent of the vote."
    assert shown("She got 54.2 percent of the vote.", "54.2 percent", "quantity") == "54.2 percent"


def shown(text: str, picked: str, kind: Kind, end: int | None = None) -> str:
    """What is shown of a reader's pick in a text of one sentence, which ends at `end`."""
    start = text.index(picked)
    spans = quotable_spans(reading(text, (Sentence(0, end or len(text)),), (start, start + len(picked))))
    (span,) = (whole_answer(place, kind) for place in spans)
    return text[span.start : span.end]


@pytest.mark.parametrize(
    ("text", "picked", "answer"),
    [
        ("It had 212 guests, fewer than the 260 of 2019.", "260", "260"),
        ("It had 212 guests, fewer than the 260 of 2019.", "fewer than the 260", "260"),
        ("It had fewer than 260 guests.", "260", "fewer than 260"),
        ("The rate edged up to 3.6% in May.", "3.6%", "3.6%"),
        ("The rate edged up to 3.6% in May.", "up to 3.6%", "3.6%"),
        ("The rate fell down to 3.6% in May.", "down to 3.6%", "3.6%"),
        ("The rate may be up to 3.6% in May.", "3.6%", "up to 3.6%"),
        ("Hult pays up to $40 a day.", "$40", "up to $40"),
    ],
)
def test_words_that_compare_or_belong_to_a_verb_bound_no_number(text: str, picked: str, answer: str) -> None:
    assert shown(text, picked, "quantity") == answer


@pytest.mark.parametrize(
    ("text", "picked", "answer"),
    [
        ('She called it "calm and long" today.', '"calm and long', "calm and long"),
        ('She called it "calm and long" today.', 'calm and long"', "calm and long"),
        ('She called it "calm and long" today.', 'it "calm and long"', 'it "calm and long"'),
        ('She called it "calm and long" today.', '"calm and long"', '"calm and long"'),
        ("She called it “calm and long” today.", "“calm and long", "calm and long"),
        ("She called it “calm and long” today.", "calm and long”", "calm and long"),
        ("She called it “calm and long” today.", "called it “calm and long”", "called it “calm and long”"),
        ('She called it "calm and long."', 'calm and long."', "calm and long"),
        ('She said "it was in the U.S."', 'it was in the U.S."', "it was in the U.S."),
        ('She gave it a "B" today.', '"B', "B"),
        ('She gave it a "B" today.', 'B"', "B"),
        ('She typed "" twice.', '"" twice', '"" twice'),
        ('She typed "" twice.', 'typed ""', 'typed ""'),
        ("Xi Jinping met SpaceX today.", "Xi Jinping", "Xi Jinping"),
        ("Xi Jinping met SpaceX today.", "SpaceX", "SpaceX"),
        ('She wrote "Xi Jinping met SpaceX" today.', '"Xi Jinping', "Xi Jinping"),
        ('She wrote "Xi Jinping met SpaceX" today.', 'met SpaceX"', "met SpaceX"),
    ],
)
def test_a_quotation_mark_is_shown_with_its_other_half_alone(text: str, picked: str, answer: str) -> None:
    assert shown(text, picked, "other") == answer


@pytest.mark.parametrize(
    ("text", "picked", "kind", "answer"),
    [
        ("The talks began in Rome.", "in Rome", "place", "Rome"),
        ("The talks began in Rome.", "in", "place", "in"),  # nothing is left of it
        ("Police stopped a Ford van in Rome.", "van", "other", "van"),  # a particle alone is no name
        ("They sent at least 400 soldiers.", "400", "quantity", "at least 400"),
        ("The price rose over 2018.", "2018", "time", "2018"),
        ("It fell to -20 °C in Osk.", "20", "other", "-20 °C"),
        ("It fell to −20 °C in Osk.", "20 °C", "quantity", "−20 °C"),
        ("The firm lost -$5m then.", "5m", "quantity", "-$5m"),
        ("It cost US$ 20 million.", "20 million", "quantity", "US$ 20 million"),
        ("It costs 5 € now.", "5", "other", "5 €"),
        ("They sent at least about €5.", "5", "quantity", "at least about €5"),
        ("It has an error of < 5 %.", "5", "other", "< 5 %"),
        ("Up to twenty ships came.", "twenty ships", "quantity", "Up to twenty ships"),
        ("About one of them they spoke.", "one of them", "other", "one of them"),
        ("It was built about 1950.", "1950", "time", "about 1950"),
        ("It began more than 20 minutes ago.", "20 minutes ago", "time", "more than 20 minutes ago"),
        ("They want 400 people or more.", "400 people", "quantity", "400 people or more"),
        ("They want 400+ people.", "400", "quantity", "400+"),
        ("They want between 5 and 10 ships.", "5 and 10 ships", "quantity", "between 5 and 10 ships"),
        ("In the 2014 -15 season.", "15", "other", "15"),  # a range, not a minus
        ("A flight MH-17 fell.", "17", "quantity", "17"),
        ("The dam cost us 80 million.", "us 80 million", "quantity", "80 million"),
        ("It cost them $5 then.", "them $5", "quantity", "$5"),
    ],
)
def test_words_around_a_name_or_number_are_shown_where_they_belong_to_it(
    text: str, picked: str, kind: Kind, answer: str
) -> None:
    assert shown(text, picked, kind) == answer


def test_a_list_of_names_does_not_go_on_behind_the_quote() -> None:
    assert shown("The UK, Germany, and Spain agreed.", "UK, Germany", "other", end=15) == "UK, Germany"


@pytest.mark.parametrize(
    ("text", "picked", "answer"),
    [
        ('They met in the "old town" on Monday.', 'the "old', 'the "old town"'),
        ('They met in the "old town" on Monday.', 'town" on Monday', '"old town" on Monday'),
        ("They met in Osk (the old port) on Monday.", "Osk (the old", "Osk (the old port)"),
        ("They met in Osk (the old port) on Monday.", "port) on Monday", "(the old port) on Monday"),
        ("The ‘old’ town’s pier is new.", "‘old’ town’s", "‘old’ town’s"),
        ("The ‘old town’ is new.", "The ‘old", "The ‘old town’"),
        ("The “old town is new.", "The “old town", "The “old town is new."),
        ('The "new" and the "old town" rose.', 'the "old', 'the "old town"'),
        ("He took road (B) today.", "(B", "(B)"),
        ("They met in Osk (the old) and (new) port.", "Osk (the old", "Osk (the old)"),
        ("They met (again) in Osk (the old port) on Monday.", "port) on Monday", "(the old port) on Monday"),
    ],
)
def test_a_mark_inside_is_shown_with_its_other_half_or_the_whole_quote(text: str, picked: str, answer: str) -> None:
    assert shown(text, picked, "other") == answer


@pytest.mark.parametrize(
    ("text", "picked", "answer"),
    [
        ('A 5" pipe broke. Crowds met in the "old town" today.', 'the "old', 'the "old town"'),
        ("He met (the mayor today. She left) soon.", "(the mayor", "He met (the mayor today."),
        ("It rained (hard. The old port) was full.", "port) was", "The old port) was full."),
    ],
)
def test_a_mark_in_another_sentence_is_not_the_other_half(text: str, picked: str, answer: str) -> None:
    start, cut = text.index(picked), text.index(". ") + 1
    sentences = (Sentence(0, cut), Sentence(cut + 1, len(text)))
    (place,) = quotable_spans(reading(text, sentences, (start, start + len(picked))))
    span = whole_answer(place, "other")
    assert text[span.start : span.end] == answer


@pytest.mark.parametrize(
    ("text", "picked", "answer"),
    [
        ('Aune is 6\'2" tall and calls it "a burden".', "6'2\"", "6'2\""),
        ('Aune is 6\'2" tall and calls it "a burden".', "6'2\" tall", "6'2\" tall"),
        ('The desk has a 27" screen.', '27"', '27"'),
        ("The desk has a 15” screen and “a lamp”.", "15” screen", "15” screen"),
        ('The plank is 4" x 2" and "cheap".', '4" x 2"', '4" x 2"'),
        ('"The 27" screen is new," Vik said.', '27" screen', '27" screen'),
        ('Vik said "we have 27" and left.', '27"', "27"),
        ("Vik said “we have 27” and left.", "27”", "27"),
    ],
)
def test_an_inch_mark_is_no_quotation_mark(text: str, picked: str, answer: str) -> None:
    assert shown(text, picked, "other") == answer


def test_a_reason_is_shown_with_its_whole_sentence() -> None:
    text = "They left because it rained."
    assert shown(text, "it rained", "reason") == text


@pytest.mark.parametrize(
    ("text", "picked", "answer"),
    [
        ("Lund's security detail beat the reporter.", "Lund", "Lund's security detail beat the reporter."),
        ("It was Ida Lund’s former aides who lied.", "Ida Lund", "It was Ida Lund’s former aides who lied."),
        ("They blamed Lund's aides.", "Lund's", "They blamed Lund's aides."),
        ("The Lunds' lawyer sold the mill.", "The Lunds", "The Lunds' lawyer sold the mill."),
        ("Lund's purchase of the mill was approved.", "Lund", "Lund"),
        ("Lund's victory was narrow.", "Lund", "Lund"),
        ("Norway's prime minister, Ida Lund, left.", "Ida Lund", "Ida Lund"),
    ],
)
def test_a_person_did_not_do_what_the_persons_people_did(text: str, picked: str, answer: str) -> None:
    assert shown(text, picked, "person") == answer


@pytest.mark.parametrize("mark", ['"', "“", "”"])
def test_a_mark_that_was_picked_alone_is_shown_as_it_is(mark: str) -> None:
    text = f"A {mark} stood there."
    place = QuotableSpan(Span(2, 3, 1.0), reading(text, (Sentence(0, len(text)),)), 0, 1)
    assert whole_answer(place, "other") == Span(2, 3, 1.0)


@example(text="0000\n0", ends=[4, 6], kind="person")
@given(
    st.one_of(st.text(alphabet='ABab .,“”"|\n0bindeat', max_size=80), any_text(20)),
    st.lists(st.integers(0, 80), min_size=2, max_size=2),
    st.sampled_from(KINDS),
)
def test_what_is_shown_stands_inside_the_quoted_sentences(text: str, ends: list[int], kind: Kind) -> None:
    start, end = sorted(min(place, len(text)) for place in ends)
    sentences = segment(text)
    inside = any(s.start <= start for s in sentences) and any(end <= s.end for s in sentences)
    for place in quotable_spans(reading(text, sentences, (start, end))) if inside else ():
        assert all(s.kind in QUOTABLE for s in sentences[place.first : place.last])
        shown = whole_answer(place, kind)
        assert place.start <= shown.start <= shown.end <= place.end
        assert shown.score == place.span.score
