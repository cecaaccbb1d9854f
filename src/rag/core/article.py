"""The data of the pipeline: article, sentence, passage, hit, span, reading.

All offsets are half-open `[start, end)` in Python characters of `Article.text`. The text is the file as decoded, or as
the reader of its format gave it. It is never changed in place, so `article.text[start:end]` is what a person sees who
reads the file.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

SentenceKind = Literal["sentence", "fragment", "heading", "pull_quote", "boilerplate"]
"""The kind of a stretch of text.

- `sentence`: running text that can be quoted alone.
- `fragment`: running text that was cut off at its start or end; never quoted as if it were whole.
- `heading`: a title or subhead.
- `pull_quote`: a quotation set apart from the body, without its speaker.
- `boilerplate`: photo credits, share bars, "Read more"; kept in the text, left out of passages.
"""

SENTENCE_KINDS: tuple[SentenceKind, ...] = ("sentence", "fragment", "heading", "pull_quote", "boilerplate")
"""All kinds. The store packs a kind as its index here, so the order must not change."""

QUOTABLE: frozenset[SentenceKind] = frozenset({"sentence", "pull_quote"})
"""The kinds that can be an answer by themselves."""


class Sentence(NamedTuple):
    """A sentence or another stretch of text, at `text[start:end]`.

    It is a tuple because that is fast: an article has hundreds, and all are made when one of its passages is found.
    """

    start: int
    end: int
    kind: SentenceKind = "sentence"


class TaggedSpeech(NamedTuple):
    """Words that the speaker tagger surely gives to a source, at `text[start:end]`.

    Attributes:
        start: Start offset in the article's text, in characters.
        end: End offset, exclusive.
        source_start: Start offset of the words for who says it.
        source_end: End offset of these words, exclusive.
    """

    start: int
    end: int
    source_start: int
    source_end: int


class Details(NamedTuple):
    """What a person can correct about an article, as its file has it.

    Attributes:
        title: The title.
        published: An ISO 8601 date, which may be partial.
        source: The publisher.
        derived: Which of these three were derived from the first lines.
    """

    title: str
    published: str | None
    source: str | None
    derived: frozenset[str]


CORRECTABLE = Details._fields[:3]
"""The fields of an article that a person can correct."""


@dataclass(frozen=True, slots=True)
class Article:
    """An article as stored: its text, what is known about it, and its sentences.

    Attributes:
        id: 12 hexadecimal digits; the same for all versions of the article.
        path: The file's path. In a file of many articles, `#` and the article's key follow.
        content_hash: The sha256 of the text in UTF-8, in hexadecimal digits.
        text: The text that all offsets refer to.
        title: The title.
        published: An ISO 8601 date, which may be partial (`2025-04`).
        source: The publisher.
        url: The web address.
        byline: The names of the authors.
        language: A language tag, as the file states it.
        section: The section or the category, as the file states it; several are separated by commas.
        fields: Further fields that the file states, as pairs of name and value, sorted. Names have only lower-case
            letters and digits. A field with several values has several pairs.
        derived: The fields that were derived from the first lines, because the file does not state them: "title",
            "published", "source", "url" or "byline".
        sentences: The sentences, in order.
        speeches: What the speaker tagger found; None if it did not read the text.
        original: What the file has, if a person corrected title, date or source; None if nobody did.
        group: A number that all copies of one text share; None if the article is not in a library now.
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
    section: str | None = None
    fields: tuple[tuple[str, str], ...] = ()
    derived: frozenset[str] = frozenset()
    sentences: tuple[Sentence, ...] = ()
    speeches: tuple[TaggedSpeech, ...] | None = None
    original: Details | None = None
    group: int | None = None

    @property
    def details(self) -> Details:
        """Title, date and source as they are shown."""
        return Details(self.title, self.published, self.source, self.derived & frozenset(CORRECTABLE))

    def as_filed(self) -> Article:
        """Returns the article as its file has it, without corrections."""
        if self.original is None:
            return self
        title, published, source, derived = self.original
        others = self.derived - frozenset(CORRECTABLE)
        return replace(self, title=title, published=published, source=source, derived=others | derived, original=None)

    @property
    def voice(self) -> object:
        """Who speaks: equal for all copies of one text, which together count as one source."""
        return self.content_hash if self.group is None else self.group

    def page_of(self, offset: int) -> int | None:
        """Returns the number of the page that holds a character.

        A form feed ends each page.

        Args:
            offset: The character's offset in the text.

        Returns:
            The page, from 1; None for a text without pages.
        """
        return self.text.count("\f", 0, offset) + 1 if "\f" in self.text else None


@dataclass(frozen=True, slots=True)
class Passage:
    """Consecutive sentences of one article, which are embedded, retrieved and read together.

    Attributes:
        id: The id in the store and in both indexes.
        article: The article.
        start: Start offset in the article's text, in characters.
        end: End offset, exclusive.
        sentences: The sentences of the article inside `[start, end)`.
    """

    id: int
    article: Article = field(repr=False)
    start: int
    end: int
    sentences: tuple[Sentence, ...] = field(repr=False)

    @property
    def text(self) -> str:
        """The passage's text, verbatim."""
        return self.article.text[self.start : self.end]

    @property
    def sentence_texts(self) -> list[str]:
        """The text of each sentence, in order."""
        return [self.article.text[sentence.start : sentence.end] for sentence in self.sentences]


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that the retriever returned for a question.

    Attributes:
        passage: The passage.
        rank: The rank; 1 is the best.
        score: The fused score, by which hits are ranked.
        similarity: The cosine of question and passage, in [-1, 1].
    """

    passage: Passage
    rank: int
    score: float
    similarity: float


@dataclass(frozen=True, slots=True)
class Span:
    """The exact words that a reader found as the answer, at `article.text[start:end]`.

    Attributes:
        start: Start offset in the article's text, in characters.
        end: End offset, exclusive.
        score: The log-odds (natural logarithm) that these words answer the question, over no answer in the passage.
            Scores are comparable across the passages of one question, but not across readers.
    """

    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader found in one hit.

    Attributes:
        hit: The hit.
        spans: The spans, best first.
        evidence: For each of `hit.passage.sentences`, the probability in [0, 1] that it is evidence.
    """

    hit: Hit
    spans: tuple[Span, ...]
    evidence: tuple[float, ...]
