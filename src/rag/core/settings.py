"""The settings: what a user may change. Most are numbers, each with its unit, range and default; some are texts.

Each table of settings belongs to one part of the system: `settings.answers` to composing answers, `settings.files` to
reading files. `settings_sources` reads the values from `rag.toml` and from environment variables, and
`settings_reference` describes every setting.

Left out on purpose: numbers that were measured together with the shipped models (weights, cosines, window sizes), and
numbers that protect the contract or the server. They are constants beside their code.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from rag.core.errors import QuestionError
from rag.core.settings_written import STRICT, AuditSettings, StandingSettings, Unit

MEBIBYTE = 1024 * 1024
"""Bytes of a megabyte in all settings and messages. Operating systems count memory and files in the same way."""

LEAST_WORDS, MOST_WORDS = 20, 2000
"""Limits of the number of words of quotes in an answer."""


class AnswerSettings(BaseModel):
    """How many passages are read for an answer, and how much an answer shows."""

    model_config = STRICT

    passages_read: Annotated[
        int,
        Unit("passages"),
        Field(ge=1, le=100, description="Passages read for a question; more passages take more time."),
    ] = 8
    threshold: Annotated[
        float | None,
        Unit("probability", unset="calibrated"),
        Field(
            ge=0, le=1, description='Least confidence of an answer; below it, the answer is "the articles don\'t say".'
        ),
    ] = None
    further_passages: Annotated[
        int,
        Unit("passages"),
        Field(ge=0, le=100, description="Passages read in addition if the first ones leave the answer unsure."),
    ] = 12
    citations: Annotated[
        int, Unit("quotes"), Field(ge=1, le=20, description="At most this many quotes in an answer.")
    ] = 5
    words: Annotated[
        int,
        Unit("words"),
        Field(ge=LEAST_WORDS, le=MOST_WORDS, description="At most this many words of quotes in an answer."),
    ] = 120
    other_answers: Annotated[
        int, Unit("answers"), Field(ge=0, le=20, description="At most this many other answers beside the best one.")
    ] = 3
    items: Annotated[
        int, Unit("items"), Field(ge=1, le=100, description="At most this many items if a list is asked for.")
    ] = 12
    near_misses: Annotated[
        int, Unit("articles"), Field(ge=0, le=20, description="Closest quotes are from at most this many articles.")
    ] = 6

    def with_words(self, most: int) -> AnswerSettings:
        """Returns these settings with another limit of words. With more words there may be more quotes too.

        Args:
            most: Most words of quotes in an answer.

        Raises:
            QuestionError: If it is not from LEAST_WORDS to MOST_WORDS.
        """
        if isinstance(most, bool) or not isinstance(most, int) or not LEAST_WORDS <= most <= MOST_WORDS:
            allowed = f"from {LEAST_WORDS} to {MOST_WORDS:,}"
            raise QuestionError(f"Quotes of {most!r} words are not possible", remedy=f"give a whole number {allowed}")
        quotes = max(self.citations, round(self.citations * most / self.words))
        return self.model_copy(update={"words": most, "citations": quotes})


class SearchSettings(BaseModel):
    """How passages are retrieved."""

    model_config = STRICT

    hits_per_ranking: Annotated[
        int,
        Unit("passages"),
        Field(
            ge=1,
            le=1000,
            description="Best passages taken from each search (by meaning, by words) before both are merged.",
        ),
    ] = 50


class FileSettings(BaseModel):
    """Limits for reading one file. A file that exceeds a limit is skipped and reported."""

    model_config = STRICT

    max_megabytes: Annotated[
        int,
        Unit("MB"),
        Field(ge=1, le=1024, description="Largest file of one article, feed, or line of JSON Lines, unpacked."),
    ] = 32
    max_json_megabytes: Annotated[
        int,
        Unit("MB"),
        Field(ge=1, le=4096, description="Largest JSON file or web archive, unpacked; it is held in memory."),
    ] = 128
    max_json_lines_megabytes: Annotated[
        int,
        Unit("MB"),
        Field(ge=1, le=1_048_576, description="Largest JSON Lines file, unpacked; it is read line by line."),
    ] = 2048
    seconds: Annotated[
        int, Unit("seconds"), Field(ge=1, le=3600, description="Longest wall-clock time to read one file.")
    ] = 60
    scan_seconds: Annotated[
        int,
        Unit("seconds"),
        Field(
            ge=1,
            le=86_400,
            description="Longest wall-clock time to read one PDF with scans, or web archive.",
        ),
    ] = 1800
    processor_seconds: Annotated[
        int, Unit("seconds"), Field(ge=1, le=3600, description="Longest processor time to read one file.")
    ] = 20
    memory_megabytes: Annotated[
        int,
        Unit("MB"),
        Field(ge=512, le=65_536, description="Most memory of the process that reads files."),
    ] = 1536
    unpublished: Annotated[
        int,
        Unit("0 or 1"),
        Field(ge=0, le=1, description="1 takes in drafts, private and deleted items as articles; 0 leaves them out."),
    ] = 0


class UpdateSettings(BaseModel):
    """How long updates wait, and how often a long update is committed."""

    model_config = STRICT

    wait_seconds: Annotated[
        float, Unit("seconds"), Field(ge=0, le=3600, description="Longest wait for another update to end.")
    ] = 10.0
    settle_seconds: Annotated[
        float,
        Unit("seconds"),
        Field(ge=0, le=600, description="Time without a write after which a watched file is read."),
    ] = 1.0
    batch_passages: Annotated[
        int,
        Unit("passages"),
        Field(ge=100, le=1_000_000, description="New passages after which a long update commits what it has."),
    ] = 10_000
    feed_seconds: Annotated[
        float, Unit("seconds"), Field(ge=1, le=600, description="Longest time to fetch one feed, redirects included.")
    ] = 30.0


class PageSettings(BaseModel):
    """Limits of the page for uploads and requests."""

    model_config = STRICT

    upload_files: Annotated[
        int, Unit("files"), Field(ge=1, le=10_000, description="At most this many files in one upload.")
    ] = 200
    upload_megabytes: Annotated[
        int, Unit("MB"), Field(ge=1, le=65_536, description="Largest upload, all its files together.")
    ] = 256
    stored_megabytes: Annotated[
        int, Unit("MB"), Field(ge=1, le=1_048_576, description="Most disk space for all files added on the page.")
    ] = 4096
    addresses: Annotated[
        Literal["public", "all", "none"],
        Unit("kind"),
        Field(description="What the page may fetch articles from: public addresses, private networks too, or nothing."),
    ] = "public"
    request_burst: Annotated[
        int,
        Unit("requests"),
        Field(ge=1, le=100_000, description="Questions and uploads that one address may send at once."),
    ] = 300
    requests_per_second: Annotated[
        float,
        Unit("requests per second"),
        Field(
            ge=0.01,
            le=10_000,
            description="Questions and uploads that one address may send per second, after its burst.",
        ),
    ] = 5.0
    answered_at_once: Annotated[
        int, Unit("questions"), Field(ge=1, le=256, description="Questions answered at the same time.")
    ] = 8
    queue_length: Annotated[
        int, Unit("questions"), Field(ge=1, le=10_000, description="Most questions that wait; more are refused.")
    ] = 128
    sessions: Annotated[
        int,
        Unit("pages"),
        Field(ge=1, le=100_000, description="Most pages whose conversation is kept in memory, those used last."),
    ] = 500


class Settings(BaseModel):
    """All settings. Each table is passed to the part of the system that needs it."""

    model_config = STRICT

    answers: AnswerSettings = AnswerSettings()
    search: SearchSettings = SearchSettings()
    files: FileSettings = FileSettings()
    updates: UpdateSettings = UpdateSettings()
    page: PageSettings = PageSettings()
    standing: StandingSettings = StandingSettings()
    audit: AuditSettings = AuditSettings()


DEFAULTS = Settings()
"""The default of every setting."""
