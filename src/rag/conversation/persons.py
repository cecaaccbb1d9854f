"""Finds out whether a name in a conversation is a person's, so that "it" never stands for one.

A name without a known first name may be a person's or a company's. The words beside it tell: a title or an age, a
relative clause with "who", or what only people do. Left out: `Keller said`, because companies say as much.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from rag.text.english.follow_ups import PERSONS_ARE
from rag.text.english.patterns import any_of
from rag.text.english.people import ABBREVIATED_TITLES, MENS_NOUNS, PERSON_NOUNS, TITLES_BEFORE_NAMES, WOMENS_NOUNS

_TITLED = rf"\b(?:{any_of(TITLES_BEFORE_NAMES | ABBREVIATED_TITLES | PERSON_NOUNS)})\.?,? "
_BEHIND = rf",? (?:who|whose|aged)\b|, \d{{1,3}},|[’']s (?:{any_of(MENS_NOUNS | WOMENS_NOUNS)})\b"
_DOING = rf" (?:(?:is|was|has|had|been|will|ever|be|get|gets|got) ){{0,3}}(?:{PERSONS_ARE})\b"


def is_told_person(name: str, texts: Iterable[str]) -> bool:
    """Returns whether the words beside a name tell that it is a person's.

    Args:
        name: The name.
        texts: Questions and quotes of the conversation.
    """
    here = re.escape(name)
    sign = re.compile(rf"(?i:{_TITLED}){here}\b|\b{here}(?:{_BEHIND}|{_DOING})")
    return any(sign.search(text) for text in texts if name in text)
