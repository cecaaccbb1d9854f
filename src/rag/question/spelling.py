"""Words of a question that no article has as they are spelled, brought to the spelling of the passages found for it.

Typing errors, missing accents and apostrophes, names written as another alphabet is transcribed elsewhere (Soleymani,
Soleimani), words written apart or together. Only a word that is neither common English nor in those passages is
looked at, and what it is read as is told with the answer: a name that is nearly the same may be another person's.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from rag.core.schema import Correction
from rag.text.english.spelling import SAME_SOUND, common_words
from rag.text.terms import terms

SHORTEST = 4
"""Letters; a shorter word has too many neighbours."""
LONG = 8
"""Letters from which on two errors are allowed instead of one."""
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_DOUBLED = re.compile(r"(.)\1+")


def correct(question: str, texts: Sequence[str]) -> tuple[str, tuple[Correction, ...]]:
    """The question in the spelling of these texts, and what was changed; the question itself where nothing was."""
    unknown = unknown_words(question, texts)
    if not unknown:
        return question, ()
    vocabulary = _Vocabulary(texts)
    corrections = tuple(
        Correction(word=word, read_as=better) for word in unknown if (better := vocabulary.nearest(word))
    )
    for correction in corrections:
        question = re.sub(rf"(?<!\w){re.escape(correction.word)}(?!\w)", correction.read_as, question)
    return question, corrections


def unknown_words(question: str, texts: Iterable[str]) -> list[str]:
    """The words of the question, each once, that are neither common nor, in any inflection, in these texts."""
    odd = [word for word in dict.fromkeys(_WORD.findall(question)) if _is_odd(word)]
    here = {term for text in texts for term in terms(text)} if odd else set()
    return [word for word in odd if not here.issuperset(terms(word))]


def _is_odd(word: str) -> bool:
    letters, common = fold(word), common_words()
    return len(letters) >= SHORTEST and common.isdisjoint(_bases(letters, word.istitle()))


def _bases(letters: str, is_name: bool) -> Iterator[str]:
    """What the word may be an inflection of, itself first: slumping, slump, slumpe; a name has none but the s."""
    yield letters
    for ending in ("s",) if is_name else ("s", "es", "d", "ed", "r", "er", "ing", "ly"):
        stem = letters.removesuffix(ending)
        if stem != letters and len(stem) >= SHORTEST:
            yield from (stem, stem + "e", stem[:-1] if stem[-1] == stem[-2] else stem)


def fold(word: str) -> str:
    """The letters alone, in lower case, without accents."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    return plain if plain.isalpha() else "".join(letter for letter in plain if letter.isalpha())


def sound(word: str) -> str:
    """The letters in one of the spellings that transcription gives the same sound; first letter c and k alike."""
    letters = fold(word)
    for spelled, same in SAME_SOUND:
        letters = letters.replace(spelled, same)
    return _DOUBLED.sub(r"\1", letters)


class _Vocabulary:
    """The words of some texts, and pairs of neighbours written as one, by their letters and by their sound."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = [_WORD.findall(text) for text in texts]
        every = Counter(itertools.chain.from_iterable(self._texts))
        self._folded = {word: fold(word) for word in every}
        self._words = Counter({word: n for word, n in every.items() if len(self._folded[word]) >= SHORTEST})
        self._letters: dict[str, str] = {}
        for word in sorted(self._words, key=self._rareness):
            self._letters.setdefault(self._folded[word], word)

    def nearest(self, word: str) -> str | None:
        """The word here that this one most likely stands for; None where none is near enough."""
        letters = fold(word)
        return (
            self._letters.get(letters)
            or self._written_apart(letters)
            or self._sounding_like(sound(word))
            or self._with_errors(letters)
        )

    def _rareness(self, word: str) -> tuple[int, str]:
        """What the commonest word is the least by; of equals the first in the alphabet."""
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

    def _sounding_like(self, heard: str) -> str | None:
        return min((word for word in self._words if sound(word) == heard), key=self._rareness, default=None)

    def _with_errors(self, letters: str) -> str | None:
        from rapidfuzz.distance import OSA

        allowed = 1 if len(letters) < LONG else 2
        near = [
            (OSA.distance(letters, other, score_cutoff=allowed), -self._words[word], word)
            for other, word in self._letters.items()
            if other[0] == letters[0] and abs(len(other) - len(letters)) <= allowed
        ]
        distance, _, word = min(near, default=(allowed + 1, 0, ""))
        return word if distance <= allowed else None
