"""Writes the reference of a quote in the styles that people need, as plain text to copy.

Chicago and APA are written in English whatever the page's language, because these styles are.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass

from rag.core.plain_text import visible, visible_json
from rag.core.schema import Citation
from rag.text.english import calendar
from rag_ui.language.bylines import given_and_family, names_of
from rag_ui.language.strings import Strings, origin

_DATE = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?(?:\D|$)")
_SPECIAL = {char: f"\\{char}" for char in "&%$#_{}"} | {"\\": "\\textbackslash{}", "~": "\\textasciitilde{}"}
_SPECIAL["^"] = "\\textasciicircum{}"
_AND_OTHERS = " ".join(("et", "al."))
"""Latin in every language, and so none of the page's own words."""
_CHICAGO_MOST, _CHICAGO_OF_MORE = 10, 7
"""Most authors that Chicago names, and how many of more than these."""


def references(citation: Citation, strings: Strings) -> dict[str, str]:
    """Writes the reference of a quote in each style, by the style's name in `ReferenceWords.styles`."""
    source = _Source.of(citation)
    return {
        "footnote": f"“{visible(citation.quote)}”\n\n{footnote(citation, strings)}",
        "chicago": _chicago(source),
        "apa": _apa(source),
        "bibtex": _bibtex(source),
        "csl": _csl(source),
    }


@dataclass(frozen=True, slots=True)
class _Source:
    """What a reference tells of an article, each on one line. `date` has year, month and day as far as known."""

    names: tuple[str, ...]
    title: str
    paper: str
    date: tuple[int, ...]
    url: str

    @classmethod
    def of(cls, citation: Citation) -> _Source:
        match = _DATE.match(citation.published or "")
        return cls(
            names=tuple(names_of(visible(citation.byline or ""))),
            title=visible(citation.title),
            paper=visible(origin(citation.source, citation.path, citation.url)),
            date=tuple(int(part) for part in match.groups() if part) if match else (),
            url=visible(citation.url or ""),
        )

    @property
    def months(self) -> str:
        return calendar.MONTHS[self.date[1] - 1].capitalize() if len(self.date) > 1 else ""


def footnote(citation: Citation, strings: Strings) -> str:
    """Writes the reference of a quote as a sentence for a footnote."""
    source = _Source.of(citation)
    date = strings.date(citation.published) if citation.published else ""
    page = strings.page(citation.page) if citation.page else ""
    told = (", ".join(source.names), f"“{source.title}”", source.paper, date, page, source.url)
    return f"{', '.join(filter(None, told))}."


def _chicago(source: _Source) -> str:
    names = [source.names[0], *source.names[1:]] if source.names else []
    if names:
        given, family = given_and_family(names[0])
        names[0] = ", ".join(filter(None, (family, given)))
    if len(names) > _CHICAGO_MOST:
        authors = f"{', '.join(names[:_CHICAGO_OF_MORE])}, {_AND_OTHERS}"
    else:
        authors = ", ".join(names[:-1]) + (f", and {names[-1]}" if len(names) > 1 else "".join(names))
    day = f" {source.date[2]}" if len(source.date) > 2 else ""
    year = f"{source.date[0]}" if source.date else "n.d."
    date = f"{source.months}{day}, {year}" if day else f"{source.months} {year}".strip()
    told = (authors, f"“{source.title}.”", ", ".join(filter(None, (source.paper, date))), source.url)
    return " ".join(part if part.endswith((".", ".”")) else f"{part}." for part in told if part)


def _apa(source: _Source) -> str:
    names = []
    for name in source.names:
        given, family = given_and_family(name)
        initials = " ".join(f"{word[0]}." for word in re.split(r"[\s-]+", given) if word)
        names.append(", ".join(filter(None, (family, initials))))
    authors = ", ".join(names[:-1]) + (f", & {names[-1]}" if len(names) > 1 else "".join(names))
    day = f" {source.date[2]}" if len(source.date) > 2 else ""
    date = f"{source.date[0]}" + (f", {source.months}{day}" if source.months else "") if source.date else "n.d."
    ends = "" if source.title.endswith(("?", "!", ".")) else "."
    lead = f"{authors} ({date}). {source.title}{ends}" if authors else f"{source.title}{ends} ({date})."
    return " ".join(filter(None, (lead, source.paper and f"{source.paper}.", source.url)))


def _bibtex(source: _Source) -> str:
    fields = {
        "author": " and ".join(_braced(name) for name in source.names),
        "title": f"{{{_tex(source.title)}}}",
        "journal": _tex(source.paper),
        **dict(zip(("year", "month", "day"), map(str, source.date), strict=False)),
        "url": source.url.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C"),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@article{{{_key(source)},\n{lines}}}"


def _braced(name: str) -> str:
    given, family = given_and_family(name)
    return ", ".join(filter(None, (_tex(family), _tex(given)))) if given else f"{{{_tex(family)}}}"


def _tex(text: str) -> str:
    return "".join(_SPECIAL.get(char, char) for char in text)


def _key(source: _Source) -> str:
    """A key of plain letters and digits: the first family name, the year, and the first long word of the title."""
    family = given_and_family(source.names[0])[1] if source.names else source.paper
    word = next((word for word in source.title.split() if len(word) > 3), "")
    year = str(source.date[0]) if source.date else ""
    plain = unicodedata.normalize("NFKD", f"{family}{year}{word}")
    return "".join(char for char in plain if char.isascii() and char.isalnum()).lower() or "article"


def _csl(source: _Source) -> str:
    authors = [
        {"family": family, "given": given} if given else {"literal": family}
        for given, family in map(given_and_family, source.names)
    ]
    item = {
        "id": _key(source),
        "type": "article-newspaper",
        "title": source.title,
        **({"author": authors} if authors else {}),
        **({"container-title": source.paper} if source.paper else {}),
        **({"issued": {"date-parts": [list(source.date)]}} if source.date else {}),
        **({"URL": source.url} if source.url else {}),
    }
    return visible_json(json.dumps([item], ensure_ascii=False, indent=2))
