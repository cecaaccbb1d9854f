"""Words that would mislead as an answer: a picture's date, and articles from before the time asked about."""

from __future__ import annotations

import pytest

from rag.answering.validation.misleading import is_of_another, is_too_early, is_wrong_part
from rag.core.article import Article, Passage, Span
from rag.text.segment import segment
from tests.composing import asked

DAY = "10 January 2020"


def article(text: str, published: str | None) -> Article:
    return Article("a", "a.txt", "hash", text, "News", published=published, sentences=segment(text))


def misleads(text: str, published: str | None = "2020-01-10") -> bool:
    one = article(text, published)
    start = text.index(DAY)
    span = Span(start, start + len(DAY), 0.0)
    return is_of_another(asked("When was Otto Lind killed?"), Passage(1, one, 0, len(text), one.sentences), span)


def test_the_day_of_a_picture_is_not_that_of_what_its_caption_tells() -> None:
    assert misleads(f"Flowers for Otto Lind, who was killed near Osk, at the town hall in Hull, Norway, {DAY}.")


@pytest.mark.parametrize(
    "text",
    [
        f"HULL, {DAY} (Reuters) - Otto Lind was killed near Osk on Wednesday.",
        f"HULL, {DAY} — Otto Lind was killed yesterday near Osk.",
        f"NEW HULL, Norway, {DAY} – Late on Wednesday, Otto Lind was killed near Osk.",
    ],
)
def test_the_day_of_a_report_is_not_that_of_what_happened_on_another_day(text: str) -> None:
    assert misleads(text, None)


@pytest.mark.parametrize(
    ("text", "published"),
    [
        (f"Otto Lind was killed near Osk, Norway, on {DAY}.", "2020-01-10"),
        (f"Otto Lind was killed {DAY}.", "2020-01-10"),
        (f"Otto Lind was killed near Osk, Norway, {DAY}, the guild said.", "2020-01-10"),
        (f"Otto Lind was killed near Osk, Norway, {DAY}.", "2021-06-01"),
        (f"Otto Lind was killed near Osk, Norway, {DAY}.", None),
        (f"HULL, {DAY} — Otto Lind was killed near Osk.", None),
        (f"HULL, {DAY} (Reuters) - Otto Lind was killed near Osk on Friday.", None),
        (f"Hull, {DAY}: Otto Lind was killed. On Monday it rained.", None),
    ],
)
def test_other_days_may_answer(text: str, published: str | None) -> None:
    assert not misleads(text, published)


@pytest.mark.parametrize(
    ("question", "published", "expected"),
    [
        ("How many boats sank in March 2020?", "2013-05-03", True),
        ("How many boats sank in March 2020?", "2020-02", True),
        ("How many boats sank in March 2020?", "2020-03-02", False),
        ("How many boats sank in March 2020?", "2020", False),
        ("How many boats sank in March 2020?", None, False),
        ("How many boats sank?", "2013-05-03", False),
        ("How many boats sank this week?", "2013-05-03", False),
        ("What is planned for the harbour in 2030?", "2024-01-01", False),
        ("How many boats will sail in 2030?", "2024-01-01", False),
    ],
)
def test_an_article_from_before_the_time_asked_about_does_not_tell_what_happened(
    question: str, published: str | None, expected: bool
) -> None:
    assert is_too_early(asked(question), article("Nine boats sank.", published)) is expected


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("How old is she?", "Mr Selk is 33 years old.", True),
        ("How old is she?", "He is 33 years old.", True),
        ("How old is he?", "Mr Selk is 33 years old.", False),
        ("When did her husband die?", "He died in 2019.", False),
        ("Where was his daughter born?", "She was born in Hult in 1999.", False),
        ("What was she attacked with?", "Mr Moe attacked the woman with a knife.", False),
        ("What did she learn?", "Mr Karl Moe taught the singer Anna Holt to play the guitar.", False),
        ("What did she die of?", "Mr Moe, the manager, said that Lund died of cancer.", False),
    ],
)
def test_a_question_about_her_is_not_answered_with_him_alone(question: str, text: str, expected: bool) -> None:
    one = article(text, None)
    passage = Passage(1, one, 0, len(text), one.sentences)
    assert is_of_another(asked(question), passage, Span(0, len(text), 1.0)) is expected


def test_only_the_day_of_the_report_misleads_and_not_its_sentence() -> None:
    text = f"HULL, {DAY} (Reuters) - Otto Lind was killed near Osk on Wednesday."
    one = article(text, None)
    passage = Passage(1, one, 0, len(text), one.sentences)
    start, other = text.index(DAY), text.index("Wednesday")
    assert is_wrong_part(asked("When was Otto Lind killed?"), passage, Span(start, start + len(DAY), 0.0))
    assert not is_wrong_part(asked("When was Otto Lind killed?"), passage, Span(other, len(text) - 1, 0.0))


@pytest.mark.parametrize(
    ("question", "text", "other"),
    [
        ("Who was convicted of the attack?", "“They shot at us,” said Tora Vik of the attack.", True),
        ("Who was convicted of the attack?", "Tora Vik was convicted of the attack, said Finn Aune.", False),
        ("Who was seen near the mill?", "Finn Aune said that he had met Tora Vik near the mill.", False),
        ("Who saw the attack?", "“They shot at us,” said Tora Vik of the attack.", False),
    ],
)
def test_a_speaker_is_not_to_whom_something_was_done(question: str, text: str, other: bool) -> None:
    one = article(text, None)
    start = text.index("Tora Vik")
    passage, span = Passage(1, one, 0, len(text), one.sentences), Span(start, start + len("Tora Vik"), 0.0)
    assert is_of_another(asked(question), passage, span) is other
    assert is_wrong_part(asked(question), passage, span) is other


@pytest.mark.parametrize(
    ("question", "answer", "is_other"),
    [
        ("How many mills closed?", "5 million dollars", True),
        ("How many mills closed?", "12 years", True),
        ("How many mills closed?", "5%", False),
        ("How many mills closed?", "12", False),
        ("How many years did it take?", "12 years", False),
        ("How much did it cost?", "5 million dollars", False),
        ("How old is Otto Lind?", "52.4 percent", True),
        ("How old is Otto Lind?", "52 years", False),
        ("How old is Otto Lind?", "52", False),
    ],
)
def test_money_and_time_are_no_count_of_things(question: str, answer: str, is_other: bool) -> None:
    text = f"In Osk it was {answer} all told."
    one, start = article(text, None), text.index(answer)
    span = Span(start, start + len(answer), 0.0)
    assert is_of_another(asked(question), Passage(1, one, 0, len(text), one.sentences), span) == is_other


def test_the_words_behind_a_number_tell_that_it_is_no_age() -> None:
    text = "Otto Lind got 52.4 percent of the vote. Otto Lind, 52, thanked them."
    one, old = article(text, None), asked("How old is Otto Lind?")
    passage = Passage(1, one, 0, len(text), one.sentences)
    share, age = text.index("52.4"), text.index("52,")
    assert is_of_another(old, passage, Span(share, share + 4, 0.0))
    assert not is_of_another(old, passage, Span(age, age + 2, 0.0))


def test_the_place_of_a_dateline_is_no_person() -> None:
    text = "HULL, Norland (AP) — The mayor before Lind was well liked."
    one = article(text, None)
    passage = Passage(1, one, 0, len(text), one.sentences)
    assert is_of_another(asked("Who was mayor before Lind?"), passage, Span(0, 4, 0.0))
    assert not is_of_another(asked("Who was liked?"), passage, Span(text.index("The mayor"), len(text) - 1, 0.0))
