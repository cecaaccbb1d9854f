"""Reads the words of a full-text search: phrases in quotation marks, AND, OR, NOT, `-word` and parentheses.

Words side by side must all be there. `NOT` binds more than `AND`, and `AND` more than `OR`. Operators are written in
capitals. What is not well-formed is read as plain words: a quotation mark or a parenthesis without its partner, and an
AND or OR with nothing on one side. What could mean the opposite of what was meant is refused: a NOT with nothing
behind it, and a search that only leaves out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from rag.core.errors import QuestionError
from rag.core.plain_text import one_line
from rag.text.terms import fold, terms

MAX_CHARACTERS = 2000
"""Most characters of a search."""
_DEEPEST = 50
"""Most parentheses inside one another."""
_MARKS = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
"""Quotation marks that begin or end a phrase."""
_TOKEN = re.compile(r'(?P<minus>(?<![^\s(])-(?=["(\w]))|"(?P<phrase>[^"]*)"|(?P<bracket>[()])|(?P<word>[^\s()"]+)')
_OWNER = re.compile(r"['’]s\Z", re.IGNORECASE)
"""The ending of "mayor's". The mayor is found with and without it."""


@dataclass(frozen=True, slots=True)
class Sought:
    """A word or phrase to find.

    Attributes:
        words: The words as they were given.
        exact: Whether they are found only as they are written, in this order. Otherwise a word has any inflection.
    """

    words: str
    exact: bool = False


@dataclass(frozen=True, slots=True)
class AllOf:
    """Articles that fit all parts."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Articles that fit at least one part."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Without:
    """Articles that don't fit the part."""

    part: Query


Query: TypeAlias = Sought | AllOf | AnyOf | Without


def parse_search(written: str) -> Query:
    """Reads the words of a search.

    Stop words outside of a phrase are left out, unless there are no others.

    Args:
        written: The words, with or without operators.

    Returns:
        What is to be found. At least one word of it is in every article that fits.

    Raises:
        QuestionError: If there is no word, or only words to leave out, or a NOT has nothing behind it, or the text is
            too long or too deeply nested.
    """
    text = _checked(written)
    tokens = _paired(list(_tokens(text)))
    query = _Parser(tokens).parse() or _plain(text)
    if query is None:
        raise _empty()
    without_stop_words = _pruned(query)
    if without_stop_words is not None and must_hold_a_word(without_stop_words):
        query = without_stop_words
    if not must_hold_a_word(query):
        raise QuestionError(
            "The search only says what to leave out", "question_empty", remedy="add a word to find: fire NOT harbour"
        )
    return query


def must_hold_a_word(query: Query) -> bool:
    """Returns whether each article that fits holds one of the words that are not left out."""
    match query:
        case Sought():
            return True
        case AllOf(parts):
            return any(map(must_hold_a_word, parts))
        case AnyOf(parts):
            return all(map(must_hold_a_word, parts))
        case Without():
            return False


def words_to_find(query: Query) -> list[Sought]:
    """Returns the words and phrases that are not left out, each once, in their order."""
    match query:
        case Sought():
            return [query]
        case AllOf(parts) | AnyOf(parts):
            return list(dict.fromkeys(sought for part in parts for sought in words_to_find(part)))
        case Without():
            return []


def write_query(query: Query, *, inside: bool = False) -> str:
    """Writes a query with all its operators, as it was read.

    Args:
        query: The query.
        inside: Whether it stands inside another one and needs parentheses.
    """
    match query:
        case Sought(words, exact):
            return f'"{words}"' if exact else words
        case Without(part):
            return f"NOT {write_query(part, inside=True)}"
        case AllOf(parts):
            written = " AND ".join(write_query(part, inside=True) for part in parts)
        case AnyOf(parts):
            written = " OR ".join(write_query(part, inside=True) for part in parts)
    return f"({written})" if inside else written


@dataclass(frozen=True, slots=True)
class _Token:
    """A token: "word", "phrase", "(", ")", "AND", "OR" or "NOT"; and its words."""

    kind: str
    words: str = ""


def _checked(written: str) -> str:
    """The text on one line, with one kind of quotation mark. Raises QuestionError if it is empty or too long."""
    if not isinstance(written, str):
        raise QuestionError(
            f"A search is text, not {type(written).__name__}", "question_empty", remedy="give the words to find"
        )
    text = one_line(written.translate(_MARKS))
    if len(text) > MAX_CHARACTERS:
        raise QuestionError(
            f"The search has {len(text):,} characters",
            "question_too_long",
            remedy=f"use at most {MAX_CHARACTERS:,}",
            characters=len(text),
            most=MAX_CHARACTERS,
        )
    if text.count('"') % 2:  # the last quotation mark has no partner
        before, _, after = text.rpartition('"')
        text = f"{before} {after}"
    return text


def _empty() -> QuestionError:
    return QuestionError(
        "The search has no word", "question_empty", remedy='give the words to find, for example: "red flag" AND harbour'
    )


def _tokens(text: str) -> Iterator[_Token]:
    for match in _TOKEN.finditer(text):
        word = match["word"]
        if match["minus"]:
            yield _Token("NOT", "-")
        elif match["bracket"]:
            yield _Token(match["bracket"])
        elif word in ("AND", "OR", "NOT"):
            yield _Token(word, word)
        elif fold(match["phrase"] or word or ""):
            yield _Token("word", _OWNER.sub("", word)) if word else _Token("phrase", match["phrase"].strip())


def _paired(tokens: Sequence[_Token]) -> list[_Token]:
    """The tokens without parentheses that have no partner. Raises QuestionError if they are too deeply nested."""
    opened: list[int] = []
    paired: set[int] = set()
    for number, token in enumerate(tokens):
        if token.kind == "(":
            opened.append(number)
        elif token.kind == ")" and opened:
            paired |= {opened.pop(), number}
    depth = deepest = 0
    for number in sorted(paired):
        depth += 1 if tokens[number].kind == "(" else -1
        deepest = max(deepest, depth)
    if deepest > _DEEPEST:
        raise QuestionError(
            f"The search has {deepest} parentheses inside one another",
            "question_too_long",
            remedy=f"use at most {_DEEPEST}",
            characters=deepest,
            most=_DEEPEST,
        )
    return [token for number, token in enumerate(tokens) if token.kind not in ("(", ")") or number in paired]


class _Parser:
    """Reads tokens by recursive descent."""

    def __init__(self, tokens: Sequence[_Token]) -> None:
        self._tokens = tokens
        self._at = 0

    def parse(self) -> Query | None:
        """The query; None if there is no word."""
        return self._any_of()

    @property
    def _kind(self) -> str:
        return self._tokens[self._at].kind if self._at < len(self._tokens) else ""

    def _any_of(self) -> Query | None:
        parts = [self._all_of()]
        while self._kind == "OR":
            self._at += 1
            parts.append(self._all_of())
        return _join(AnyOf, [part for part in parts if part is not None])

    def _all_of(self) -> Query | None:
        parts: list[Query] = []
        while self._kind not in ("OR", ")", ""):
            if self._kind == "AND":
                self._at += 1
                continue
            part = self._one()
            parts += [] if part is None else [part]
        return _join(AllOf, parts)

    def _one(self) -> Query | None:
        is_left_out = False
        written = ""
        while self._kind == "NOT":
            is_left_out = not is_left_out
            written = self._tokens[self._at].words
            self._at += 1
        if written and self._kind in ("AND", "OR", ")", ""):
            raise QuestionError(
                f"{written} has no word behind it",
                "question_empty",
                remedy="write the word to leave out behind it: fire NOT harbour",
            )
        token = self._tokens[self._at]
        self._at += 1
        if token.kind != "(":
            found: Query | None = Sought(token.words, exact=token.kind == "phrase")
        else:
            found = self._any_of()
            self._at += 1  # the closing parenthesis
        if not is_left_out or found is None:
            return found
        return found.part if isinstance(found, Without) else Without(found)


def _join(kind: type[AllOf] | type[AnyOf], parts: Sequence[Query]) -> Query | None:
    """Joins parts, each once. Parts of the same kind are taken apart."""
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, kind) else (part,))]
    each = tuple(dict.fromkeys(flat))
    if not each:
        return None
    return each[0] if len(each) == 1 else kind(each)


def _plain(text: str) -> Query | None:
    """All words of a text, operators too."""
    return _join(AllOf, [Sought(word) for word in re.findall(r'[^\s()"]+', text) if fold(word)])


def _pruned(query: Query) -> Query | None:
    """The query without stop words; None if nothing is left."""
    match query:
        case Sought(words, exact):
            return query if exact or terms(words) else None
        case Without(part):
            kept = _pruned(part)
            return None if kept is None else Without(kept)
        case AllOf(parts):
            return _join(AllOf, [kept for part in parts if (kept := _pruned(part)) is not None])
        case AnyOf(parts):
            return _join(AnyOf, [kept for part in parts if (kept := _pruned(part)) is not None])
