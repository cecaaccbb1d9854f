"""Edits an answerable question so that it has no answer but still looks answerable.

The kinds of edits follow the analysis of SQuAD 2.0's unanswerable questions (Rajpurkar et al. 2018, table 2): entity
swap, number swap, antonym, negation, and words of the same kind. No person checks the edits, so a few edited questions
still have an answer.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from rag.text.english.function_words import ARTICLES, QUESTION_WORDS
from rag.text.english.opposites import OPPOSITES

ENTITY = re.compile(r"[A-Z][\w'’-]*\w(?: (?:of |the |de |and )?[A-Z][\w'’-]*\w)*")
NUMBER = re.compile(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?(?![\w])")
WORD = re.compile(r"[A-Za-z]+")
"""ENTITY matches capitalised names, NUMBER digits with decimals and thousands separators, WORD ASCII letters."""
_DO_NOT = {"did": "didn't", "does": "doesn't", "do": "don't"}
"""Negated forms of the auxiliaries of `do`."""
_BE_NOT = frozenset("is was are were has have had can could will would should".split())
"""Verbs that are negated by a following "not"."""
_QUESTION_WORDS = QUESTION_WORDS.union(
    ARTICLES,
    _DO_NOT,
    _BE_NOT - {"should"},
    "in on at for from to by with during after before as of about under along besides according name approximately if"
    " it he she they this that there between".split(),
)
"""Words that are no names, even if they begin a sentence with a capital."""
_NO_SWAP = _QUESTION_WORDS | frozenset(
    "many much year years type kind name called term been that this than into their them they its "
    "percent percentage number people other most some not also being became become made used".split()
)
"""Words that `swap_near_word` never replaces, because they carry little meaning."""


@dataclass(frozen=True, slots=True)
class EditSource:
    """The material for an edit.

    Attributes:
        passage: The passage.
        answer_texts: Texts of its answers.
        article_names: Names in the same article.
        near_words: For each word its near words, see `training.neighbours`.
    """

    passage: str
    answer_texts: tuple[str, ...]
    article_names: Sequence[str]
    near_words: Mapping[str, Sequence[str]]


Edit = Callable[[str, EditSource, random.Random], str | None]
"""Edits a question: (question, source, random numbers) to the edited question, or None if the edit does not apply."""


def find_names(text: str) -> list[str]:
    """Finds the capitalised names in a text. A single capitalised word that begins a sentence does not count."""
    names = []
    for match in ENTITY.finditer(text):
        name, before = match.group(), text[: match.start()].rstrip()
        opens = not before or before[-1] in '.!?:"“'
        first, _, rest = name.partition(" ")
        if opens and first.lower() in _QUESTION_WORDS:
            name = rest.removeprefix("the ")
        elif opens and not rest:
            continue
        if len(name) > 2 and name.lower() not in _QUESTION_WORDS:
            names.append(name)
    return names


def _replace_once(text: str, old: str, new: str) -> str:
    return re.sub(rf"(?<!\w){re.escape(old)}(?!\w)", lambda _: new, text, count=1)


def _fitting_names(old: str, source: EditSource, question: str) -> list[str]:
    """Names that can replace the old name: each of the passage four times, for weight, and each of the article.

    They have one word if the old name has one, and share no word with the question or an answer.
    """
    long_form = " " in old
    taken = set(WORD.findall(question.lower())) | set(WORD.findall(" ".join(source.answer_texts).lower()))
    pool = find_names(source.passage) * 4 + list(source.article_names)
    return [name for name in pool if (" " in name) == long_form and not taken & set(WORD.findall(name.lower()))]


def swap_name(question: str, source: EditSource, rng: random.Random) -> str | None:
    """Replaces a name of the question by another name of the same article."""
    names = find_names(question)
    if not names:
        return None
    old = rng.choice(names)
    fitting = _fitting_names(old, source, question)
    return _replace_once(question, old, rng.choice(fitting)) if fitting else None


def exchange_names(question: str, source: EditSource, rng: random.Random) -> str | None:
    """Exchanges the two names of the question."""
    names = list(dict.fromkeys(find_names(question)))
    if len(names) != 2 or names[0] in names[1] or names[1] in names[0]:
        return None
    first, second = names
    marked = _replace_once(question, first, "\0")
    return _replace_once(marked, second, first).replace("\0", second)


def _other_number(old: str, source: EditSource, rng: random.Random) -> str | None:
    in_passage: set[str] = set(NUMBER.findall(source.passage))
    pool = [n for n in in_passage if len(n) == len(old) and n != old]
    if pool and rng.random() < 0.6:
        return rng.choice(sorted(pool))
    value = old.replace(",", "")
    if not value.isdigit():
        return None
    is_year = len(value) == 4 and value[:2] in {"15", "16", "17", "18", "19", "20"}
    reach = 30 if is_year else max(3, int(value) // 2)
    changed = max(1, int(value) + rng.choice([-1, 1]) * rng.randint(1, reach))
    new = f"{changed:,}" if "," in old else str(changed)
    return None if new in in_passage else new


def swap_number(question: str, source: EditSource, rng: random.Random) -> str | None:
    """Replaces a number or year by another one of the passage, or by one that the passage does not have."""
    numbers = NUMBER.findall(question)
    if not numbers:
        return None
    old = rng.choice(numbers)
    new = _other_number(old, source, rng)
    answers = " ".join(source.answer_texts)
    if new is None or new == old or new in answers:
        return None
    return _replace_once(question, old, new)


def swap_antonym(question: str, source: EditSource, rng: random.Random) -> str | None:
    """Replaces one word by its opposite."""
    words = [word for word in WORD.findall(question) if word.lower() in OPPOSITES]
    if not words:
        return None
    old = rng.choice(words)
    new = rng.choice(OPPOSITES[old.lower()])
    return _replace_once(question, old, new.capitalize() if old[0].isupper() else new)


def negate(question: str, source: EditSource, rng: random.Random) -> str | None:
    """Negates the question, or removes its negation."""
    if re.search(r"n't\b|\bnot\b|\bnever\b", question):
        positive = re.sub(r"\b(?:not|never) ", "", question.replace("didn't", "did"), count=1)
        positive = re.sub(r"n't\b", "", positive, count=1)
        return positive if positive != question else None
    for word in WORD.findall(question):
        if word in _DO_NOT:
            return _replace_once(question, word, _DO_NOT[word])
        if word in _BE_NOT:
            return _replace_once(question, word, f"{word} {rng.choice(['not', 'not', 'never'])}")
    return re.sub(r"^(Who|Which \w+|What \w+) ", r"\1 never ", question, count=1)


def swap_near_word(question: str, source: EditSource, rng: random.Random) -> str | None:
    """Replaces a content word by a word of the same kind that is not in the passage."""
    passage_words = set(WORD.findall(source.passage.lower()))
    words = [
        word
        for word in WORD.findall(question)
        if len(word) > 3 and word.islower() and word not in _NO_SWAP and word in source.near_words
    ]
    matched = [word for word in words if word in passage_words]
    if not words:
        return None
    old = rng.choice(matched if matched and rng.random() < 0.7 else words)
    fitting = [near for near in source.near_words[old] if near not in passage_words]
    return _replace_once(question, old, rng.choice(fitting)) if fitting else None


EDITS: dict[str, tuple[Edit, float]] = {
    "name": (swap_name, 34.0),
    "exchange": (exchange_names, 4.0),
    "number": (swap_number, 14.0),
    "antonym": (swap_antonym, 18.0),
    "negation": (negate, 9.0),
    "near_word": (swap_near_word, 21.0),
}
"""Each kind of edit with the weight with which it is drawn."""


def edit_question(question: str, source: EditSource, rng: random.Random) -> tuple[str, str] | None:
    """Edits a question with a random kind of edit that applies.

    Args:
        question: The question.
        source: The material for the edit.
        rng: The random numbers.

    Returns:
        The edited question and the kind of the edit; None if no edit applies.
    """
    kinds = list(EDITS)
    while kinds:
        kind = rng.choices(kinds, [EDITS[name][1] for name in kinds])[0]
        kinds.remove(kind)
        edited = EDITS[kind][0](question, source, rng)
        if edited is not None and edited != question:
            return edited, kind
    return None


def swap_in_passage(example_question: str, source: EditSource, rng: random.Random) -> str | None:
    """Replaces a name or number of the question in the passage. The name or number is not part of an answer.

    Args:
        example_question: The question.
        source: The passage and the material for the edit.
        rng: The random numbers.

    Returns:
        The edited passage; None if nothing can be replaced.
    """
    shared = [
        text
        for text in find_names(example_question) + NUMBER.findall(example_question)
        if re.search(rf"(?<!\w){re.escape(text)}(?!\w)", source.passage)
        and not any(text in answer for answer in source.answer_texts)
    ]
    if not shared:
        return None
    old = rng.choice(shared)
    if old[0].isdigit():
        new = _other_number(old, source, rng)
    else:
        fitting = _fitting_names(old, source, example_question)
        new = rng.choice(fitting) if fitting else None
    if new is None or new == old:
        return None
    return re.sub(rf"(?<!\w){re.escape(old)}(?!\w)", lambda _: new, source.passage)
