"""All errors that this library raises on purpose, in one shallow tree."""

from __future__ import annotations

from typing import Literal

from rag.core.remedies import Remedy

Trouble = Literal[
    "failed",
    # Questions
    "question_empty",
    "no_word",
    "question_too_long",
    "no_date",
    "dates_reversed",
    "no_source",
    "no_name",
    "not_named",
    "no_speaker",
    "several_speakers",
    # The index and the models
    "citation",
    "no_such_article",
    "no_title",
    "details_too_long",
    "bad_correction",
    "model",
    "index_missing",
    "index_damaged",
    "index_format",
    "index_busy",
    "index_not_writable",
    "index_unreachable",
    "embedder_mismatch",
    "changed_since",
    # What is fetched
    "bad_address",
    "private_network",
    "not_fetched",
    "late_reply",
    "bad_status",
    "insecure_redirect",
    "many_redirects",
    "large_reply",
    "no_feed",
    "no_page",
    # Files, and the records in them
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
    "scanned_pages",
    "no_article",
    "too_many_pages",
    "too_many_lines",
    "bad_json",
    "cut_off",
    "json_too_deep",
    "no_object",
    "no_text_field",
    "same_id",
    "unpublished",
    "withdrawn",
    "side_file",
    "more_alike",
    "files_missing",
    "program_fault",
]
"""The names of faults. "failed" is any fault without its own name."""

Fact = str | int
"""A number or a name that a message contains, such as a limit or a path."""


class RagError(Exception):
    """Base of all errors that this library raises on purpose.

    As text, an error is one line: the message, "; " and the remedy.

    Args:
        message: What is wrong, without a full stop.
        reason: The name of the fault; None takes the one of the class.
        remedy: What to do about it. A plain text is advice without an action.
        **facts: The numbers and names in the message.

    Attributes:
        message: What is wrong.
        remedy: What to do about it.
        reason: The name of the fault, for callers that have their own messages, such as a page in another language.
        facts: The numbers and names in the message.
        exit_code: The exit code of the command line.
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
    """The question is empty, too long or not text, a date is not valid, or no article fits a filter.

    It is also raised if a question can't be followed, or no followed question has the id.
    """

    exit_code = 2


class StandingError(RagError):
    """The file of the followed questions is damaged, or a change in an answer can't be sent."""


class QuestionsFileError(RagError):
    """A file of questions can't be read, or it has no questions."""

    exit_code = 2


class ArticleError(RagError):
    """A file or record can't become an article. Updates skip it and go on. As text the error is a sentence."""

    reason: Trouble = "unreadable"

    def __str__(self) -> str:
        return f"{super().__str__()}."


class ArticleNameError(RagError):
    """No article has this name, several have it, or the article was withdrawn already."""

    exit_code = 2
    reason = "no_such_article"


class CorrectionError(RagError):
    """A title, date or source that a person corrected is not possible, or the file of corrections can't be read."""

    exit_code = 2


class CollectionError(RagError):
    """There is no collection of this name, or a folder or a name can't be one."""

    exit_code = 2


class FetchError(RagError):
    """A feed or a page can't be fetched, or its address is not allowed."""


class FieldError(RagError):
    """The name of a field is unknown."""

    exit_code = 2


class SettingsError(RagError):
    """A setting is unknown, or its value is not allowed."""

    exit_code = 2


class ModelError(RagError):
    """The files of a model are missing or altered."""

    reason = "model"


class IndexMissingError(RagError):
    """There is no index in the folder."""

    exit_code = 4
    reason = "index_missing"


class IndexDamagedError(RagError):
    """A file of the index is damaged."""

    exit_code = 4
    reason = "index_damaged"


class IndexFormatError(RagError):
    """The index was written by a release whose format this one can't read."""

    exit_code = 4
    reason = "index_format"


class EmbedderMismatchError(RagError):
    """The vectors of the index were made by another embedder."""

    exit_code = 4
    reason = "embedder_mismatch"


class IndexBusyError(RagError):
    """Another process is updating the index."""

    reason = "index_busy"


class UndoError(RagError):
    """An update can't be undone, because the library changed since."""

    reason = "changed_since"


class BackupError(RagError):
    """A backup can't be written, read or restored."""


class IndexNotWritableError(RagError):
    """The index folder can't be written."""

    reason = "index_not_writable"


class DatabaseUnreachableError(RagError):
    """The database of the library can't be reached, or the connection to it was lost."""

    exit_code = 4
    reason = "index_unreachable"


class PlaceError(RagError):
    """The address of a library is not possible."""

    exit_code = 2


class CitationError(RagError):
    """A citation does not match the stored text, or its article is unknown."""

    reason = "citation"
