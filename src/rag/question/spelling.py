"""Corrects words of a question to the spelling of the passages found for it.

It corrects typing errors, missing accents and apostrophes, other transcriptions of names (Soleymani, Soleimani), and
words that the passages write as two. Only words that are neither common English nor in the articles are corrected, and
a name is never read as a word in lower case. Each correction is shown with the answer, because a similar name may be
another person's.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence

from rag.core.schema import Correction
from rag.text.english.spelling import SAME_SOUND, common_words
from rag.text.terms import terms

SHORTEST = 4
"""Least number of letters of a word that is corrected. Shorter words have too many similar words."""
LONG = 8
"""Number of letters from which two errors are allowed instead of one."""
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"[’'][sS]?\Z")
_JOINT = re.compile(r"[’'-]")
_DOUBLED = re.compile(r"(.)\1+")


def correct(question: str, texts: Sequence[str], known: Container[str] = ()) -> tuple[str, tuple[Correction, ...]]:
    """Corrects the unknown words of a question.

    Args:
        question: The question's text.
        texts: The passages found for it.
        known: Words that are right although these texts don't have them.

    Returns:
        The question in the spelling of the texts, and the corrections. Without corrections, the question is unchanged.
    """
    unknown = [word for word in unknown_words(question, texts) if word not in known]
    if not unknown:
        return question, ()
    vocabulary = _Vocabulary(texts)
    names = _names_in(question)
    corrections = []
    for word in unknown:
        # A part of a word stays, such as the letters of "2nd".
        whole = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)")
        if whole.search(question) and (better := _read(word, vocabulary, word in names)):
            corrections.append(Correction(word=word, read_as=better))
            question = whole.sub(better, question)
    return question, tuple(corrections)


def _read(word: str, vocabulary: _Vocabulary, is_name: bool) -> str | None:
    """What a word is read as; None if it stays. Its possessive ending stays whatever the word is read as.

    A word with a hyphen whose parts are all right is only written in another way: "rial-based" is not "rial-backed".
    """
    bare = _POSSESSIVE.sub("", word)
    better = vocabulary.nearest(bare, is_name=is_name)
    if better is None or better == bare:
        return None
    parts = _JOINT.split(bare)
    if (
        len(parts) > 1
        and fold(better) != fold(bare)
        and all(vocabulary.has(part) or not _is_odd(part) for part in parts)
    ):
        return None
    return better + word[len(bare) :]


def unknown_words(question: str, texts: Iterable[str]) -> list[str]:
    """Finds the words of a question that are neither common nor, in any inflection, in the texts.

    Args:
        question: The question's text.
        texts: The passages found for it.

    Returns:
        The distinct words, in the order of the question.
    """
    odd = [word for word in dict.fromkeys(_WORD.findall(question)) if _is_odd(word)]
    here = {term for text in texts for term in terms(text)} if odd else set()
    return [word for word in odd if not here.issuperset(terms(word))]


def _names_in(question: str) -> frozenset[str]:
    """The capitalised words of a question that are names: not its first word, unless another name follows."""
    words = _WORD.findall(question)
    capitals = [word[:1].isupper() for word in words]
    if not words or (len(words) > 1 and all(capitals)):
        return frozenset()  # in a title and in capitals, a capital tells nothing
    opens = len(words) == 1 or capitals[1]
    return frozenset(word for n, word in enumerate(words) if capitals[n] and (n > 0 or opens))


def _is_odd(word: str) -> bool:
    letters, common = fold(word), common_words()
    return len(letters) >= SHORTEST and common.isdisjoint(_bases(letters, word.istitle()))


def _bases(letters: str, is_name: bool) -> Iterator[str]:
    """Yields the word and its possible base forms: slumping, slump, slumpe. Of a name only the s is removed."""
    yield letters
    for ending in ("s",) if is_name else ("s", "es", "d", "ed", "r", "er", "ing", "ly"):
        stem = letters.removesuffix(ending)
        if stem != letters and len(stem) >= SHORTEST:
            yield from (stem, stem + "e", stem[:-1] if stem[-1] == stem[-2] else stem)


def fold(word: str) -> str:
    """Returns only the letters of a word, in lower case and without accents."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    return plain if plain.isalpha() else "".join(letter for letter in plain if letter.isalpha())


def sound(word: str) -> str:
    """Returns the letters of a word in one spelling for all transcriptions: c becomes k, ou becomes u, ss becomes s."""
    letters = fold(word)
    for spelled, same in SAME_SOUND:
        letters = letters.replace(spelled, same)
    return _DOUBLED.sub(r"\1", letters)


class _Vocabulary:
    """The words of some texts, which can be searched by letters, by sound and as pairs written together."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = [[_POSSESSIVE.sub("", word) for word in _WORD.findall(text)] for text in texts]
        self._terms = frozenset(term for words in self._texts for word in words for term in terms(word))
        every = Counter(itertools.chain.from_iterable(self._texts))
        self._folded = {word: fold(word) for word in every}
        self._words = Counter({word: n for word, n in every.items() if len(self._folded[word]) >= SHORTEST})
        self._no_names = frozenset(self._folded[word] for word in self._words if word.islower())
        self._letters: dict[str, str] = {}
        for word in sorted(self._words, key=self._rareness):
            self._letters.setdefault(self._folded[word], word)

    def nearest(self, word: str, *, is_name: bool) -> str | None:
        """Returns the most probable correction of a word; None if no word is near enough.

        Args:
            word: The word.
            is_name: Whether it is a name, which is not read as a word that the texts have in lower case.
        """
        letters = fold(word)
        barred = self._no_names if is_name else frozenset[str]()
        return (
            self._letters.get(letters)
            or self._written_apart(letters)
            or self._sounding_like(sound(word), barred)
            or self._with_errors(letters, barred)
        )

    def has(self, word: str) -> bool:
        """Returns whether the texts have a word, in any inflection."""
        return self._terms.issuperset(terms(word))

    def _rareness(self, word: str) -> tuple[int, str]:
        """Sort key: the most frequent word first, then by alphabet."""
        return -self._words[word], word

    def _written_apart(self, letters: str) -> str | None:
        folded = self._folded
        pairs = Counter(
            f"{first} {second}"
            for words in self._texts
            for first, second in itertools.pairwise(words)
            if letters.startswith(folded[first]) and letters == folded[first] + folded[second]
        )
        return min(pairs, key=lambda pair: (-pairs[pair], pair), default=None)

    def _sounding_like(self, heard: str, barred: Container[str]) -> str | None:
        alike = (word for word in self._words if sound(word) == heard and self._folded[word] not in barred)
        return min(alike, key=self._rareness, default=None)

    def _with_errors(self, letters: str, barred: Container[str]) -> str | None:
        from rapidfuzz.distance import OSA

        allowed = 1 if len(letters) < LONG else 2
        near = [
            (OSA.distance(letters, other, score_cutoff=allowed), -self._words[word], word)
            for other, word in self._letters.items()
            if other[0] == letters[0] and abs(len(other) - len(letters)) <= allowed and other not in barred
        ]
        distance, _, word = min(near, default=(allowed + 1, 0, ""))
        return word if distance <= allowed else None
