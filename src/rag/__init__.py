"""A folder of news articles that answers questions in the articles' own words.

    from rag import Library, answer

    print(answer("Who acted as the go-between?"))

Every answer is a verbatim quote with its place: `article.text[start:end] == quote`. Nothing is generated.
"""

from __future__ import annotations

import logging
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rag.core.article import Article, Hit, Passage, Sentence, Span
    from rag.core.errors import (
        ArticleError,
        CitationError,
        EmbedderMismatchError,
        FieldError,
        IndexBusyError,
        IndexDamagedError,
        IndexFormatError,
        IndexMissingError,
        IndexNotWritableError,
        ModelError,
        QuestionError,
        QuestionsFileError,
        RagError,
    )
    from rag.core.remedies import Remedy
    from rag.core.reports import CheckReport, Edition, FileStep, LibraryStatus, UpdateReport
    from rag.core.schema import Answer, Citation, OtherAnswer
    from rag.evaluation.run import evaluate
    from rag.evaluation.schema import Evaluation, Expected
    from rag.library import Library
    from rag.shortcuts import answer, read

_HOMES = {
    "rag.shortcuts": ("answer", "read"),
    "rag.library": ("Library",),
    "rag.evaluation.run": ("evaluate",),
    "rag.evaluation.schema": ("Evaluation", "Expected"),
    "rag.core.schema": ("Answer", "Citation", "OtherAnswer"),
    "rag.core.reports": ("CheckReport", "Edition", "FileStep", "LibraryStatus", "UpdateReport"),
    "rag.core.remedies": ("Remedy",),
    "rag.core.article": ("Article", "Hit", "Passage", "Sentence", "Span"),
    "rag.core.errors": (
        "ArticleError",
        "CitationError",
        "EmbedderMismatchError",
        "FieldError",
        "IndexBusyError",
        "IndexDamagedError",
        "IndexFormatError",
        "IndexMissingError",
        "IndexNotWritableError",
        "ModelError",
        "QuestionError",
        "QuestionsFileError",
        "RagError",
    ),
}
# Quiet until whoever uses the library asks for its log.
logging.getLogger(__name__).addHandler(logging.NullHandler())

_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    # Ask
    "answer",
    "read",
    "Library",
    # What comes back
    "Answer",
    "Citation",
    "OtherAnswer",
    "Edition",
    "LibraryStatus",
    "UpdateReport",
    "FileStep",
    "CheckReport",
    # Measure
    "evaluate",
    "Expected",
    "Evaluation",
    # What it is made of
    "Article",
    "Passage",
    "Sentence",
    "Hit",
    "Span",
    # What can go wrong
    "RagError",
    "QuestionError",
    "QuestionsFileError",
    "ArticleError",
    "FieldError",
    "ModelError",
    "IndexMissingError",
    "IndexDamagedError",
    "IndexFormatError",
    "IndexBusyError",
    "IndexNotWritableError",
    "EmbedderMismatchError",
    "CitationError",
    "Remedy",
]


def __getattr__(name: str) -> Any:
    # Loaded when first used, so that `import rag` and `rag --help` cost nothing.
    if name in _HOME_OF:
        return getattr(import_module(_HOME_OF[name]), name)
    raise AttributeError(f"module 'rag' has no attribute '{name}'")
