"""Finds out whether an answer to "Who is the director of Norvik?" holds that office at another firm or country.

The owner of the noun phrase that names the answer decides: `Ostra's director, Karin Stolt`. Without such a phrase, the
answer is held back only if the whole sentence has the office, and not the body that is asked about.
"""

from __future__ import annotations

import re

from rag.question.spelling import sound
from rag.text.english.patterns import any_of, capitalised
from rag.text.english.people import CAPITAL_TITLES
from rag.text.grammar.names import NAME, bare

_ASKED = re.compile(
    r"\b[Ww]ho(?:[’']s| is| was| are| were| became) (?:now )?"
    rf"(?:(?:the )?(?P<office>[a-z]+(?:[ -][a-z]+){{0,3}}) (?:of|at|for) (?:the )?(?P<name>{NAME})"
    rf"|(?P<owner>{NAME})[’']s? (?P<owned>[a-z]+(?:[ -][a-z]+){{0,3}}?)(?=\W*\Z| (?:now|in|at|on)\b))"
)
_TITLE = rf"(?:(?:[A-ZÀ-Þ][a-z]{{1,3}}\.?|{any_of(capitalised(CAPITAL_TITLES))}) )?"
_ADJECTIVES = r"(?:(?!(?:who|which|whose|and|but|as|with|former|previous|then)\b)[\w-]+ ){0,3}?"
_LINK = r"(?:,? (?:who )?(?:is|was|are|were)(?: now)?|,| –| —|:)"
"""What stands between an office and its holder: `the chairman, `, `the chairman is `."""
_ROLE = re.compile(
    rf"(?:{NAME}[’']s?|\b(?:[Tt]he|[Ii]ts|[Tt]heir)) (?P<role>(?:[\w-]+ ){{0,3}}?[a-z-]+)"
    rf"(?: (?:of|at|for) [^,;.]{{1,30}})?{_LINK} {_TITLE}\Z"
)
"""Someone's office before its holder: `Norvik's cashier is `."""
_CHOOSES = re.compile(rf"(?P<name>{NAME})(?: on [A-Z]\w+)? (?:named|appoint(?:s|ed)|hire[sd]|chose|picked)\b")


def is_office_elsewhere(question: str, words: str, start: int, end: int) -> bool:
    """Returns whether a sentence gives the asked office to the answer at another body, or gives it another office.

    - `Ostra's director, Karin Stolt, met Ida Lund of Norvik`: Karin Stolt is not the director of Norvik.
    - `Ostra's chairman is Per Moe; Norvik's cashier is Ida Lund`: Ida Lund is not the chairman of Norvik.

    Args:
        question: The question's text.
        words: The text of the answer's sentence.
        start: Start of the answer in the sentence, in characters.
        end: Its end, exclusive.
    """
    asked = _ASKED.search(question)
    name = bare(asked["name"] or asked["owner"]) if asked else []
    if asked is None or not name:
        return False
    office = re.escape((asked["office"] or asked["owned"]).split()[-1])
    owner = _owner_beside(office, words, start, end)
    if owner is not None:
        return not _are_one(name, owner)
    others = [body for body in _bodies(office, words) if not _are_one(name, body)]
    role = _ROLE.search(words[:start]) if others else None
    if role is not None and not re.search(rf"\b{office}\b", role["role"]):
        return True
    has = {sound(word) for word in re.findall(r"[\w-]+", words)}
    bodies = others or [bare(match["name"]) for match in _CHOOSES.finditer(words)]
    return any(bodies) and {sound(word) for word in name}.isdisjoint(has)


def _owner_beside(office: str, words: str, start: int, end: int) -> list[str] | None:
    """The body whose office the answer holds, by the words directly around the answer; None if they don't tell."""
    before = re.search(
        rf"(?:(?P<owner>{NAME})[’']s? (?:[\w-]+ ){{0,3}}?{office}|\b{office} (?:of|at|for) (?:the )?(?P<of>{NAME}))"
        rf"{_LINK}? {_TITLE}\Z",
        words[:start],
    )
    behind = re.compile(
        rf"(?:,| is| was) (?:(?P<owner>{NAME})[’']s? (?:[\w-]+ ){{0,3}}?{office}\b"
        rf"|(?:an? |the )?{_ADJECTIVES}{office} (?:of|at|for) (?:the )?(?P<of>{NAME}))"
    ).match(words, end)
    for found in (before, behind):
        owner = bare(found["owner"] or found["of"]) if found else []
        if owner:
            return owner
    return None


def _are_one(name: list[str], owner: list[str]) -> bool:
    """Whether two names of bodies may be of one: Merit Bank is not Alden Bank, but may be Merit."""
    own, other = ({sound(word) for word in words} for words in (name, owner))
    initials = {"".join(word[0] for word in words).lower() for words in (name, owner)}
    if own <= other or other <= own or initials & {"".join(words).replace(".", "").lower() for words in (name, owner)}:
        return True
    is_last_only = own & other == {sound(name[-1])} == {sound(owner[-1])}
    return not own.isdisjoint(other) and not is_last_only


def _bodies(office: str, words: str) -> list[list[str]]:
    """The firms or countries that a sentence has the office of."""
    told = re.compile(
        rf"\b{office} (?:of|at|for) (?:the )?(?P<of>{NAME})|(?P<owner>{NAME})[’']s? (?:[\w-]+ ){{0,3}}?{office}\b"
    )
    return [body for match in told.finditer(words) if (body := bare(match["of"] or match["owner"]))]
