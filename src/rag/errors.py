"""Every error a person can meet, in one shallow tree.

Each message is one line that ends in what to do about it. `exit_code` is what the command line returns.
"""

from __future__ import annotations


class RagError(Exception):
    """Base of all errors raised on purpose by this library."""

    exit_code = 1


class QuestionError(RagError):
    """The question can't be asked as it stands (empty, too long, not text)."""

    exit_code = 2


class QuestionsFileError(RagError):
    """A file of questions can't be read, or holds none."""

    exit_code = 2


class ArticleError(RagError):
    """One file can't become an article; the batch it came in goes on without it."""


class FetchError(RagError):
    """A feed could not be fetched, or may not be."""


class FieldError(RagError):
    """A field of an article was named that there is none of."""

    exit_code = 2


class ModelError(RagError):
    """A model's files are missing, altered or not what they should be."""


class IndexMissingError(RagError):
    """There is no index where one was asked for."""

    exit_code = 4


class IndexDamagedError(RagError):
    """A file of the index is not what was written there."""

    exit_code = 4


class IndexFormatError(RagError):
    """The index was written by a newer release than this one, or by one too old."""

    exit_code = 4


class EmbedderMismatchError(RagError):
    """The index was embedded with another model than the one in use."""

    exit_code = 4


class IndexBusyError(RagError):
    """Another process is updating the index."""


class IndexNotWritableError(RagError):
    """The index folder can't be written to."""


class CitationError(RagError):
    """A citation no longer agrees with the stored text it claims to quote."""
