"""Questions to which nothing new matters are not asked again, and the reports are the same as if they were."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from rag.core.schema import Scope
from rag.library import Library
from rag.question.question import parse_question
from rag.standing.register import Register
from rag.standing.traces import still_holds
from rag.store.backends import backend_of
from tests.standing.news import MAYOR, SERIES, TOLL, build, put, put_older_news, take

QUESTIONS = (
    TOLL,
    MAYOR,
    "How many articles mention Osk?",
    "What did the mayor say?",
    "When will the tram of Sund run again?",
)


class Noting(Library):
    """A library that counts which followed questions are asked again."""

    every = False
    asked = kept = 0

    def _after_change(self) -> None:
        check = self.check_standing(every=self.every)
        assert not check.failed
        self.asked += check.asked
        self.kept += check.kept


class Thorough(Noting):
    """A library that asks every followed question after each change."""

    every = True


@pytest.mark.slow
def test_the_shortcut_reports_what_asking_everything_reports(tmp_path: Path) -> None:
    put_older_news(tmp_path)
    build(tmp_path).close()
    with Noting.open(tmp_path / "index") as short, Thorough.open(tmp_path / "other", create=True) as thorough:
        thorough.update(tmp_path / "news")
        for library in (short, thorough):
            for question in QUESTIONS:
                library.follow(question)
        for number, day in enumerate(SERIES):
            take(tmp_path, number, day)
            for library in (short, thorough):
                library.update(tmp_path / "news", removed=True)
        told = [
            [change.model_copy(update={"found": ""}) for change in library.standing().changes]
            for library in (short, thorough)
        ]
        assert told[0] == told[1]
        assert len(told[0]) > 5
        assert isinstance(short, Noting) and isinstance(thorough, Noting)
        assert (thorough.asked, thorough.kept) == (len(QUESTIONS) * len(SERIES), 0)
        assert short.kept > 10 and short.kept + short.asked == thorough.asked


@pytest.mark.slow
def test_what_cannot_matter_is_not_asked_again_and_what_can_is(tmp_path: Path) -> None:
    put_older_news(tmp_path)
    build(tmp_path).close()
    with Noting.open(tmp_path / "index") as library:
        assert isinstance(library, Noting)
        library.follow(TOLL)
        library.follow("How many lamps did the choir of Mell get?")
        put(tmp_path, "new", "2025-03-02", "Sund Post", "Forty geese flew over the hills on Tuesday.")
        library.update(tmp_path / "news")
        assert (library.asked, library.kept) == (0, 2)
        put(tmp_path, "more", "2025-03-03", "Sund Post", "Three people died in the flood in Osk, a doctor said.")
        library.update(tmp_path / "news")
        assert (library.asked, library.kept) == (1, 3)
        assert [change.kinds for change in library.standing().changes] == [("changed",)]
        check = library.check_standing()
        assert (check.asked, check.kept) == (0, 2)
        library.withdraw("News more")
        assert library.asked == 2


def test_a_trace_holds_only_if_all_that_was_found_is_the_same(tmp_path: Path) -> None:
    with build(tmp_path) as library:
        library.follow(TOLL)
        (entry,) = Register(backend_of(tmp_path / "index")).entries()
        serving, question = library._newest.serving(), parse_question(TOLL, date(2025, 3, 1))
        found = serving.search_all(question, None)
        trace = entry.trace
        assert trace.alike and trace.depth is None  # there are few passages, so all of them matter
        assert still_holds(trace, serving, question, None, found)
        sentence, told = trace.alike[0]
        others = {
            "asker": "0",
            "found": "0",
            "alike": ((sentence, told[::-1]),),
        }
        for name, other in others.items():
            assert not still_holds(trace.model_copy(update={name: other}), serving, question, None, found)
        assert not still_holds(trace, serving, question, Scope(since="2020"), found)
        assert not still_holds(trace, serving, question, None, replace(found, hits=found.hits[::-1]))
        counting = parse_question("How many articles mention Osk?", date(2025, 3, 1))
        assert not still_holds(trace, serving, counting, None, found)


@pytest.mark.slow
def test_other_settings_ask_all_anew(tmp_path: Path) -> None:
    put_older_news(tmp_path)
    build(tmp_path).close()
    with Noting.open(tmp_path / "index") as library:
        library.follow(TOLL)
        assert library.check_standing().kept == 1
    (tmp_path / "index" / "rag.toml").write_text("[answers]\nwords = 60\n")
    with Noting.open(tmp_path / "index") as library:
        assert library.check_standing().asked == 1
        assert library.check_standing().kept == 1
