"""What flows through the pipeline: article, sentence, passage, hit, span.

All offsets are half-open `[start, end)` in Python characters of `Article.text`, and the text is the file as decoded,
or as its format's reader gave it: nothing is ever cleaned in place, so that `article.text[start:end]` is what the
reader of the file sees.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

SentenceKind = Literal["sentence", "fragment", "heading", "pull_quote", "boilerplate"]
"""What a stretch of text is.

`sentence`: running text that can be quoted alone. `fragment`: running text that the scrape cut off, at its start or
its end; never quoted as if whole. `heading`: a title or subhead. `pull_quote`: a quotation set apart from the body,
torn from its speaker. `boilerplate`: photo credits, share bars, "Read more": kept in the text, left out of passages.
"""

SENTENCE_KINDS: tuple[SentenceKind, ...] = ("sentence", "fragment", "heading", "pull_quote", "boilerplate")

QUOTABLE: frozenset[SentenceKind] = frozenset({"sentence", "pull_quote"})
"""The kinds that can be an answer by themselves."""


class Sentence(NamedTuple):
    """One sentence, or one stretch that stands in a sentence's place, at `text[start:end]`.

    A tuple, as an article has hundreds and all are made when one of its passages is found.
    """

    start: int
    end: int
    kind: SentenceKind = "sentence"


@dataclass(frozen=True, slots=True)
class Article:
    """One article as stored: its text, what is known about it, and where its sentences are.

    `path` is the file's; where that holds many articles, `#` and the article's key follow. `published` is an ISO 8601
    date that may be partial (`2025-04`). What the file does not state is derived from its first lines, and its name
    is then listed in `derived` ("title", "published", "source", "url", "byline"). Articles that are copies of one text,
    or parts of it, have the same `group`; it is None for what is not in a library now.
    """

    id: str
    path: str
    content_hash: str
    text: str
    title: str
    published: str | None = None
    source: str | None = None
    url: str | None = None
    byline: str | None = None
    language: str | None = None
    derived: frozenset[str] = frozenset()
    sentences: tuple[Sentence, ...] = ()
    group: int | None = None

    @property
    def voice(self) -> object:
        """Who speaks: the same for all copies of one text, which together say no more than one of them."""
        return self.content_hash if self.group is None else self.group

    def page_of(self, offset: int) -> int | None:
        """The page that a character is on, from 1; None for a text without pages. A form feed ends each page."""
        return self.text.count("\f", 0, offset) + 1 if "\f" in self.text else None


@dataclass(frozen=True, slots=True)
class Passage:
    """Consecutive sentences of one article: what is embedded, retrieved and read.

    `sentences` is the part of `article.sentences` inside `[start, end)`.
    """

    id: int
    article: Article = field(repr=False)
    start: int
    end: int
    sentences: tuple[Sentence, ...] = field(repr=False)

    @property
    def text(self) -> str:
        """The passage's own text, verbatim."""
        return self.article.text[self.start : self.end]

    @property
    def sentence_texts(self) -> list[str]:
        """The words of each sentence, in order."""
        return [self.article.text[sentence.start : sentence.end] for sentence in self.sentences]


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that the retriever returned for a question, best rank 1.

    `score` is the fused score the ranking is by; `similarity` the cosine of question and passage in [-1, 1].
    """

    passage: Passage
    rank: int
    score: float
    similarity: float


@dataclass(frozen=True, slots=True)
class Span:
    """The exact words that a reader takes for the answer, at `article.text[start:end]`.

    `score` is the log-odds, natural logarithm, that the passage answers the question with these words rather than
    not at all; comparable across the passages of one question, not across readers.
    """

    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader found in one hit: spans best first, and how likely each sentence is evidence.

    `evidence[i]` in [0, 1] belongs to `hit.passage.sentences[i]`.
    """

    hit: Hit
    spans: tuple[Span, ...]
    evidence: tuple[float, ...]
