"""The page's own texts in a language, to compare languages and to find texts on a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from rag_ui.language.words import Words

PLACEHOLDER = re.compile(r"\{[^{}]*\}")


def words_of(words: Words) -> dict[str, Any]:
    """The texts of a language by name; those of a part of the page have its name before theirs."""
    own = {field.name: getattr(words, field.name) for field in fields(words)}
    parts = {name: part for name, part in own.items() if is_dataclass(part)}
    inner = {
        f"{name}.{field.name}": getattr(part, field.name) for name, part in parts.items() for field in fields(part)
    }
    return {**{name: text for name, text in own.items() if name not in parts}, **inner}


def _texts(words: Any) -> Iterator[str]:
    if isinstance(words, str):
        yield words
    else:
        for part in words.values() if isinstance(words, dict) else words:
            yield from _texts(part)


def pieces_of(words: Words) -> set[str]:
    """What stands on the page word for word: the pieces of all texts of a language between their placeholders."""
    return {piece.strip() for text in _texts(words_of(words)) for piece in PLACEHOLDER.split(text)}
