"""Decides whether the words of a passage would mislead as an answer: denied there, of someone else, or too early."""

from __future__ import annotations

import re
from datetime import date

from rag.answering.speakers import attribution_of
from rag.answering.validation.ages import is_age_of_someone, is_no_age
from rag.answering.validation.datelines import find_head, is_day_of_report, is_place_of_report
from rag.answering.validation.open_questions import is_left_open
from rag.answering.validation.other_ones import is_of_other_sex, is_ordinal_alone, is_other_of_row
from rag.answering.validation.other_times import is_compared_with_asked, is_of_another_state, is_of_another_year
from rag.answering.validation.parts import COUNTED, counts_all_of_part, counts_other_noun
from rag.answering.validation.phrases import is_cut_from_phrase
from rag.answering.validation.rates import is_of_another_rate
from rag.answering.validation.rivals import belongs_to_rival, says_that_nobody
from rag.core.article import Article, Passage, Sentence, Span
from rag.question.offices import is_called_former
from rag.question.question import Question
from rag.question.roles import (
    asks_who_suffered,
    is_at_another_place,
    is_elsewhere,
    is_named_in_question,
    is_of_another_fate,
    is_yet_to_come,
    tells_of_another,
)
from rag.question.swapped import is_swapped, is_title_of_named, is_told_of_neighbour
from rag.question.turned import is_turned, tells_of_the_opposite
from rag.question.undone import tells_as_planned, tells_as_possible, tells_what_was_not
from rag.question.votes import is_of_other_side
from rag.text.dates import parse_date
from rag.text.english.function_words import PRONOUNS_FOR, STOP_WORDS
from rag.text.english.people import MENS_NOUNS, WOMENS_NOUNS
from rag.text.english.verbs import FUTURE
from rag.text.grammar.denials import is_taken_back
from rag.text.grammar.sexes import told_sex
from rag.values.numbers import read_measure

_WORD = re.compile(r"\w")
_BEHIND_PLACE = re.compile(r"[A-Z][\w.’'-]+,\s*$")
_HE_OR_SHE = re.compile(r"\b(?:he|him|his|she|her)\b", re.IGNORECASE)
_NAME = re.compile(r"[A-ZÀ-Þ][\w’'-]+\.?(?: [A-ZÀ-Þ][\w’'-]+)*")
_KIN = re.compile(r"\b(?:his|her) [a-z]", re.IGNORECASE)
"""Someone of another sex may be meant: `her husband`."""
_OF_FUTURE = re.compile(rf"\b(?:{FUTURE})\b", re.IGNORECASE)
_DAYS_OF_PICTURE = 7
"""Most days between a picture and the article that shows it."""
_ASKS_FOR_COUNT = re.compile(r"\b(?:how (?:many|much)|count|number|tally|toll|total)\b", re.IGNORECASE)
_OF_A_COUNT = ("%", "point", "percentage point")
"""Units that a count is told in, as a part of all."""
_NEXT = 200
"""Characters after a sentence that are searched for the words that it was false."""


def is_denied(question: Question, passage: Passage, span: Span) -> bool:
    """Returns whether the span's sentence denies or doubts what the span would answer, or the next one calls it false.

    What a correction quotes as wrong is denied too.

    Args:
        question: The question.
        passage: The passage.
        span: The span, with offsets in the article's text.
    """
    sentence, text = _sentence_of(passage, span), passage.article.text
    if sentence is None:
        return False
    words = text[sentence.start : sentence.end]
    turned = is_turned(question, words, span.start - sentence.start, span.end - sentence.start)
    return turned or is_taken_back(words, text[sentence.end : sentence.end + _NEXT])


def is_of_another(question: Question, passage: Passage, span: Span) -> bool:
    """Returns whether the span's sentence tells of another person, thing or place than the one asked about.

    Args:
        question: The question.
        passage: The passage.
        span: The span, with offsets in the article's text.
    """
    sentence, article = _sentence_of(passage, span), passage.article
    if sentence is None or span.end > sentence.end:
        return False
    words, before = article.text[sentence.start : sentence.end], f"{article.title}\n{article.text[: sentence.end]}"
    start, end = span.start - sentence.start, span.end - sentence.start
    if _only_speaks(question, article, sentence, span) or _is_place_of_report(question, article, sentence, span):
        return True
    is_other = _is_he_or_she_of_other(question, article, words) or tells_of_another(question.text, words, start, end)
    if is_other or _is_another_time(question, article, words, start, end):
        return True
    if _is_another_person(question, article, words, start, end) or _is_another_count(question.text, words, start, end):
        return True
    place = sentence.start, sentence.end
    is_open = question.is_of_done and tells_as_possible(question.text, words, start, end)
    is_value = _is_other_value(question.text, article, place, span)
    if is_open or is_value or is_told_of_neighbour(question.text, article.text, place):
        return True
    is_of_rival = belongs_to_rival(question.text, article.text, place, span.start, span.end)
    at_another = is_of_rival or is_at_another_place(question.text, words, f"{article.title}\n{article.text}")
    return at_another or is_elsewhere(question.text, before, article.text[sentence.end :])


def is_wrong_part(question: Question, passage: Passage, span: Span) -> bool:
    """Returns whether only this part of its sentence misleads, as the date of the report does; the rest may answer.

    So does the name of a speaker, if the question asks to whom something was done.

    Args:
        question: The question.
        passage: The passage.
        span: The span, with offsets in the article's text.
    """
    sentence = _sentence_of(passage, span)
    if sentence is None:
        return False
    if _only_speaks(question, passage.article, sentence, span):
        return True
    words = passage.article.text[sentence.start : sentence.end]
    start, end = span.start - sentence.start, span.end - sentence.start
    if _is_other_value(question.text, passage.article, (sentence.start, sentence.end), span):
        return True
    is_head = is_day_of_report(words, start, end) or _is_place_of_report(question, passage.article, sentence, span)
    return (
        is_head
        or counts_all_of_part(question.text, words, start, end)
        or is_cut_from_phrase(question.text, words, start, end)
    )


def is_only_planned(question: Question, passage: Passage, span: Span) -> bool:
    """Returns whether the span's sentence tells only as planned, hoped, charged or tried what was asked for as done.

    What would have been is no answer to what is either.

    Args:
        question: The question.
        passage: The passage.
        span: The span, with offsets in the article's text.
    """
    is_told_so = tells_as_planned if question.is_of_done else tells_what_was_not
    place = _in_sentence(passage, span)
    return place is not None and is_told_so(question.text, *place)


def is_cut_out(question: Question, passage: Passage, span: Span) -> bool:
    """Returns whether the span is cut out of a phrase that means something else (see `is_cut_from_phrase`).

    Args:
        question: The question.
        passage: The passage.
        span: The span, with offsets in the article's text.
    """
    place = _in_sentence(passage, span)
    return place is not None and is_cut_from_phrase(question.text, *place)


def is_too_early(question: Question, article: Article) -> bool:
    """Returns whether an article came out before the year or date that the question names: it can't tell what happened.

    "This week" names none, because an archive may be years old, and its newest articles are then the best ones.

    Args:
        question: The question.
        article: The article. One without a date is never too early.
    """
    since = question.period.since if question.period else None
    if since is None or article.published is None or since[:4] not in question.text or _OF_FUTURE.search(question.text):
        return False
    return article.published < since[: len(article.published)]


def _only_speaks(question: Question, article: Article, sentence: Sentence, span: Span) -> bool:
    """Whether the span names who speaks in the sentence, though the question asks to whom something was done."""
    if not asks_who_suffered(question.text, article.text[sentence.start : sentence.end]):
        return False
    said_by = attribution_of(article, sentence.start, sentence.end)
    return said_by is not None and said_by.start is not None and span.start <= said_by.start < span.end


def _is_place_of_report(question: Question, article: Article, sentence: Sentence, span: Span) -> bool:
    """Whether the answer is the place of a dateline: of a person it never is one."""
    if question.kind == "person":
        head = find_head(article.text, sentence.start)
        return head is not None and span.end <= head.end()
    if question.kind != "place":
        return False
    return is_place_of_report(question.text, article.text, (sentence.start, sentence.end), span.start)


def _is_other_value(question: str, article: Article, sentence: tuple[int, int], span: Span) -> bool:
    """Whether the answer is of another time, period, sex or one of a row; the rest of its sentence may answer.

    Where nobody did it, a number or a name is no answer.
    """
    text, (begin, stop) = article.text, sentence
    words, start, end = text[begin:stop], span.start - begin, span.end - begin
    is_of_nobody = says_that_nobody(question, text, sentence, span.start, span.end)
    if is_of_nobody or is_compared_with_asked(question, words, start, end):
        return True
    if is_left_open(question, words, start, end) or is_age_of_someone(question, words, start, end):
        return True
    if _ASKS_FOR_COUNT.search(question) and is_ordinal_alone(words, start, end):
        return True
    if is_of_another_state(question, text, sentence, span.start, span.end):
        return True
    if is_of_another_rate(question, words, start, end) or is_other_of_row(
        question, text, sentence, span.start, span.end
    ):
        return True
    return is_of_other_sex(question, f"{article.title}\n{text[:begin]}", words, text[stop:], start, end)


def _is_another_count(question: str, words: str, start: int, end: int) -> bool:
    if counts_all_of_part(question, words, start, end) or _counts_another_thing(question, words[start:end]):
        return True
    if is_of_other_side(question, words, start, end) or counts_other_noun(question, words, start, end):
        return True
    return is_no_age(question, words, start, end)


def _counts_another_thing(question: str, answer: str) -> bool:
    """Whether people or things are counted in the question, and money, time or a length in the answer."""
    asked, told = COUNTED.search(question), read_measure(answer)
    if asked is None or told is None:
        return False
    of_thing, unit = read_measure(f"2 {asked['thing']}"), told.unit.partition("/")[0]
    return unit not in ("", *_OF_A_COUNT) and of_thing is not None and not of_thing.unit


def _is_another_time(question: Question, article: Article, words: str, start: int, end: int) -> bool:
    is_of_article = _is_date_of_picture(article, words, start, end) or is_day_of_report(words, start, end)
    if is_of_article or is_of_another_year(question, article.published, words, start, end):
        return True
    is_yet = is_yet_to_come(question.text, words, start)
    return is_yet or tells_of_the_opposite(question, words, start, end)


def _is_another_person(question: Question, article: Article, words: str, start: int, end: int) -> bool:
    answer = words[start:end]
    is_former = is_called_former(question.text, answer, words, article.text)
    is_other = is_former or is_named_in_question(question.text, answer, article.text)
    is_side = is_title_of_named(question.text, words, start, end) or is_swapped(question.text, words, start, end)
    return is_other or is_side or is_of_another_fate(question.text, words, start, end)


def _is_he_or_she_of_other(question: Question, article: Article, words: str) -> bool:
    """Whether "he" or "she" is asked about without a name, and the sentence tells only of people of the other sex.

    These are its pronouns and nouns, and the name, if it has one alone. Of several it is unknown who is meant.
    """
    asked = _sexes_of_pronouns(question.text)
    if len(asked) != 1 or question.words.names or _KIN.search(question.text):
        return False
    told = _sexes_of_pronouns(words)
    nouns = set(re.findall(r"\w+", words.lower()))
    told |= {sex for sex, own in (("he", MENS_NOUNS), ("she", WOMENS_NOUNS)) if own & nouns}
    names = [name for name in _NAME.findall(words) if name.lower() not in STOP_WORDS]
    if len(names) == 1 and (sex := told_sex(names[0], [article])):
        told.add(sex)
    return bool(told) and told.isdisjoint(asked)


def _sexes_of_pronouns(text: str) -> set[str]:
    return {PRONOUNS_FOR[pronoun.lower()] for pronoun in _HE_OR_SHE.findall(text)}


def _is_date_of_picture(article: Article, words: str, start: int, end: int) -> bool:
    """Whether a date is the last of a caption, behind the place and without a preposition: "…, in Minsk, 10 May 2020."

    It is the day of the picture, if it is about the day of the article, and not that of the event in the caption.
    """
    day = parse_date(words[start:end].strip(" ."))
    if day is None or len(day) < len("2020-05-10") or len(article.published or "") < len(day):
        return False
    is_last = not _WORD.search(words, end)
    apart = abs(date.fromisoformat(day) - date.fromisoformat((article.published or "")[: len(day)])).days
    return is_last and _BEHIND_PLACE.search(words[:start]) is not None and apart <= _DAYS_OF_PICTURE


def _sentence_of(passage: Passage, span: Span) -> Sentence | None:
    return next((s for s in passage.sentences if s.start <= span.start < s.end), None)


def _in_sentence(passage: Passage, span: Span) -> tuple[str, int, int] | None:
    """The text of the span's sentence, and the span's start and end in it; None if no sentence has it."""
    sentence = _sentence_of(passage, span)
    if sentence is None:
        return None
    text = passage.article.text[sentence.start : sentence.end]
    return text, span.start - sentence.start, span.end - sentence.start
