"""Gives every system files and questions that go wrong easily, and judges each answer by one rule.

The answer is the short answer, or the first passage that is shown if the system gives none. Where the files answer a
question, it is right if it has one of the right wordings as whole words, otherwise wrong, and silent if there is none.
Where nothing is right, silence is right and any answer is wrong. If a system can't read a file of the case, or fails on
the question, the outcome is an error.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from benchmarks.newsroom.judge import normalise
from benchmarks.peers.systems import Client, DriverError, System
from benchmarks.peers.weights import Weights

Outcome = Literal["right", "wrong", "silent", "error"]


@dataclass(frozen=True, slots=True)
class Case:
    """Files of one kind of fault.

    Attributes:
        label: The kind, as the table names it.
        folder: The folder of the kind.
        files: Its files that are read.
        questions: By question the wordings of a right answer; none if nothing is right.
    """

    label: str
    folder: str
    files: tuple[str, ...]
    questions: dict[str, tuple[str, ...]]


CASES = (
    Case(
        "a detail of another than was asked",
        "01-wrong-entity",
        ("a2.txt", "a5.txt", "a6.txt", "a7.txt", "a8.txt"),
        {
            "Who designed the New Bridge?": ("Per Moe",),
            "When did Berit Lie join the board?": (),
            "Who stole the painting?": (),
            "How much did the Old Bridge cost?": (),
            "How much is a ticket from Osk to Hult?": (),
            "How many people were injured in Osk?": (),
            "Where was Aksel Bruun born?": (),
        },
    ),
    Case(
        "who said it",
        "03-wrong-speaker",
        ("a3.txt", "s1.txt", "s2.txt"),
        {
            "Who said the roof will fall within five years?": ("Per Moe", "engineer Per Moe"),
            "What did Nils Eik say?": (),
            "Who resigned?": ("Olav Rye",),
        },
    ),
    Case(
        "denied, or called false",
        "04-denied-taken-for-said",
        ("a3.txt", "a5.txt"),
        {
            "Who planned to sell the smelter?": (),
            "When did Petra Holm resign?": (),
            "How many people died in Hult?": ("four", "at least four"),
        },
    ),
    Case("an unpublished draft", "05-drafts-served", ("jekyll.md",), {"Will Priest Nils Orre leave Osk?": ()}),
    Case(
        "a draft with its fields in TOML",
        "27-toml-front-matter",
        ("hugo.md",),
        {"How much was the lighthouse sold for?": ()},
    ),
    Case(
        "Word: hidden text, a deleted row",
        "09-docx-hidden-moved",
        ("tracked.docx",),
        {"Who is the source?": (), "How many jobs are in Hult?": ()},
    ),
    Case(
        "Word: a footnote",
        "10-docx-notes-silent",
        ("footnote.docx",),
        {"On what day did the mine close?": ("14 April 1987",)},
    ),
    Case(
        "PDF: two columns",
        "11-pdf-columns",
        ("rowcols.pdf",),
        {
            "How long had the pilot slept?": ("two hours",),
            "How much did the ferry firm pay Salma Haddad?": ("9,000 crowns", "9,000"),
        },
    ),
    Case(
        "PDF: a sentence over two pages",
        "12-pdf-page-edges",
        ("running.pdf", "pages.pdf"),
        {
            "Who was the architect of the theatre?": ("Elin Brandt",),
            "Who sent the letter five weeks before the accident?": ("coast guard",),
        },
    ),
    Case(
        "text in ISO 8859-2", "14-encoding-one-guess", ("latin2.txt",), {"Kto jest burmistrzem Mell?": ("Łukasz Żak",)}
    ),
    Case(
        "words broken at the line's end",
        "16-hyphenated-lines",
        ("wrapped.txt",),
        {"What will the breakwater cost?": ("12 million", "12 mil-lion")},
    ),
    Case(
        "HTML: caption, text in JSON-LD",
        "18-html-metadata",
        ("gallery.html", "pay.html"),
        {"Who won the 40-mile race?": ("Jon Eide",), "Who is the director of the theatre?": ("Ola Berg",)},
    ),
    Case("HTML: a table", "23-tables", ("table.html",), {"How many seats did Green Pier win in 2025?": ("9",)}),
    Case(
        "Arabic",
        "25-other-languages",
        ("ar.txt",),
        {"متى سيفتح ميناء رانوك؟": ("14 مارس",), "من هو مدير الميناء؟": ("سالم النجار",)},
    ),
)
"""The cases. All is made up; nobody in them exists."""


def measure(
    system: System, weights: Weights, inputs: Path, work: Path, cases: Sequence[Case] = CASES
) -> dict[str, dict[str, int]]:
    """Puts every case to one system, each in an index of its own.

    Args:
        system: The system.
        weights: The weights.
        inputs: Folder of the kinds of faults.
        work: Folder for the indexes. Indexes that are there are added to, so it should be empty.
        cases: The cases.

    Returns:
        For each case's label the number of each outcome.
    """
    found: dict[str, dict[str, int]] = {}
    with Client(system, work / "none", weights) as client:
        for case in cases:
            client.open(work / case.folder)
            unread = _read(client, [inputs / case.folder / name for name in case.files])
            outcomes = ["error" if unread else _ask(client, *one) for one in case.questions.items()]
            found[case.label] = dict(Counter(outcomes))
    return found


def _read(client: Client, files: Sequence[Path]) -> bool:
    """Lets the system read files. Returns whether it couldn't read one of them."""
    try:
        client.call("read", files=[str(path.resolve()) for path in files])
    except DriverError:
        return True
    return False


def _ask(client: Client, question: str, right: Sequence[str]) -> Outcome:
    try:
        (reply,) = client.call("ask", questions=[question])
    except DriverError:
        return "error"
    return outcome(reply["answer"], right)


def outcome(answer: str, right: Sequence[str]) -> Outcome:
    """Judges an answer.

    Args:
        answer: The answer; "" for none.
        right: The wordings of a right answer; none if nothing is right.
    """
    if not answer:
        return "silent" if right else "right"
    padded = f" {normalise(answer)} "
    return "right" if any(f" {normalise(wording)} " in padded for wording in right) else "wrong"
