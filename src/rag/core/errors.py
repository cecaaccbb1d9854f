"""Every error a person can meet, in one shallow tree.

`message` says what is wrong, and `remedy` what mends it; as text an error is one line of both. `exit_code` is what the
command line returns. `reason` names what is wrong for callers with words of their own, such as a page in another
language, and `facts` are the numbers and names in the message.
"""

from __future__ import annotations

from typing import Literal

from rag.core.remedies import Remedy

Trouble = Literal[
    "failed",
    # A question
    "question_empty",
    "question_too_long",
    "no_date",
    "dates_reversed",
    # What stands on the disk
    "citation",
    "model",
    "index_missing",
    "index_damaged",
    "index_format",
    "index_busy",
    "index_not_writable",
    "embedder_mismatch",
    # A file, or a record in it
    "unreadable",
    "not_there",
    "no_file",
    "bad_name",
    "link",
    "wrong_kind",
    "binary",
    "bad_encoding",
    "damaged",
    "encrypted",
    "too_large",
    "too_slow",
    "too_much_memory",
    "changed",
    "no_text",
    "only_images",
    "no_article",
    "too_many_pages",
    "bad_json",
    "json_too_deep",
    "no_object",
    "no_text_field",
    "same_id",
    "side_file",
    "more_alike",
]
"""What can be wrong; "failed" is all that has no name of its own."""


Fact = str | int
"""A number or a name of what is wrong, such as a limit."""


class RagError(Exception):
    """Base of all errors raised on purpose by this library.

    Args:
        message: What is wrong, without a full stop.
        reason: The name of what is wrong; by default that of the class.
        remedy: What mends it; a plain text is advice that no action of the library follows.
        **facts: The numbers and names in the message.
    """

    exit_code = 1
    reason: Trouble = "failed"

    def __init__(
        self, message: str, reason: Trouble | None = None, /, *, remedy: Remedy | str = "", **facts: Fact
    ) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = Remedy(remedy) if isinstance(remedy, str) else remedy
        self.reason = reason or self.reason
        self.facts = facts

    def __str__(self) -> str:
        return "; ".join(filter(None, (self.message, str(self.remedy))))


class QuestionError(RagError):
    """The question can't be asked as it stands (empty, too long, not text)."""

    exit_code = 2


class QuestionsFileError(RagError):
    """A file of questions can't be read, or holds none."""

    exit_code = 2


class ArticleError(RagError):
    """One file can't become an article; the batch it came in goes on without it. As text it is a sentence."""

    reason = "unreadable"

    def __str__(self) -> str:
        return f"{super().__str__()}."


class FetchError(RagError):
    """A feed could not be fetched, or may not be."""


class FieldError(RagError):
    """A field of an article was named that there is none of."""

    exit_code = 2


class ModelError(RagError):
    """A model's files are missing, altered or not what they should be."""

    reason = "model"


class IndexMissingError(RagError):
    """There is no index where one was asked for."""

    exit_code = 4
    reason = "index_missing"


class IndexDamagedError(RagError):
    """A file of the index is not what was written there."""

    exit_code = 4
    reason = "index_damaged"


class IndexFormatError(RagError):
    """The index was written by a newer release than this one, or by one too old."""

    exit_code = 4
    reason = "index_format"


class EmbedderMismatchError(RagError):
    """The index was embedded with another model than the one in use."""

    exit_code = 4
    reason = "embedder_mismatch"


class IndexBusyError(RagError):
    """Another process is updating the index."""

    reason = "index_busy"


class IndexNotWritableError(RagError):
    """The index folder can't be written to."""

    reason = "index_not_writable"


class CitationError(RagError):
    """A citation no longer agrees with the stored text it claims to quote."""

    reason = "citation"
