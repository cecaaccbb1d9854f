"""Replays a dated archive: `python -m benchmarks.standing --articles FILE --questions FILE [--json OUT]`.

The articles from before the week of the first questions, or from before the day that is given, are the archive at the
start, and the first questions from then on are followed.
Then the articles of each day come, and after each day the library reports what changed. A second library gets the same
articles and asks every question anew after each day. Reports:
- precision and recall of the changes that the first one reports, against those of the second;
- the share of questions that the first one asked again, and the seconds that both spent on the questions;
- the seconds from an article's arrival in a followed folder until the followed questions were checked.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path

from benchmarks.corpus import OpenQuestion, SourceArticle, read_articles, read_questions, write_articles
from rag.core.errors import QuestionError
from rag.ingest.watch import watch
from rag.library import Library
from rag.standing.results import StandingChange

_BEFORE = timedelta(days=7)
"""How long before the first question the replay begins: a quiz asks about the week before it."""
_PATIENCE = 120.0
"""Most seconds to wait for one of them."""
Key = tuple[object, ...]


class Replayed(Library):
    """A library that measures its checks. It asks again only where that is needed."""

    every = False
    asked = kept = 0
    seconds = 0.0

    def _after_change(self) -> None:
        begun = time.perf_counter()
        check = self.check_standing(every=self.every)
        self.seconds += time.perf_counter() - begun
        self.asked += check.asked
        self.kept += check.kept


class AskedAnew(Replayed):
    """A library that asks every followed question after each update."""

    every = True


@dataclass(frozen=True)
class Figures:
    """What a replay measured.

    Attributes:
        articles: Articles at the start, and at the end.
        days: Days that were replayed.
        questions: Followed questions.
        changes: Changes that were reported.
        changes_anew: Changes that asking everything anew reports.
        precision: Share of the reported changes that asking anew reports too.
        recall: Share of the changes that asking anew reports that were reported.
        asked: Share of the questions that were asked again, over all days.
        seconds: Seconds per day for the followed questions.
        seconds_anew: Seconds per day for asking all of them.
        arrival: Seconds from an article's arrival until the questions were checked: median, 95th percentile and most.
    """

    articles: tuple[int, int]
    days: int
    questions: int
    changes: int
    changes_anew: int
    precision: float
    recall: float
    asked: float
    seconds: float
    seconds_anew: float
    arrival: tuple[float, float, float]


@dataclass(frozen=True)
class Size:
    """How much is replayed.

    Attributes:
        first: Number of articles at the start.
        days: Number of days with articles that are replayed after them.
        count: Most questions that are followed.
        last: Number of articles that come one by one at the end, into a followed folder.
    """

    first: int
    days: int
    count: int
    last: int = 10


def main() -> None:
    """Replays the archive and prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=Path, required=True, help="JSON Lines of dated articles")
    parser.add_argument("--questions", type=Path, required=True, help="JSON Lines of dated questions")
    parser.add_argument("--first", type=int, default=600, help="articles at the start, the newest")
    parser.add_argument("--days", type=int, default=14, help="days that are replayed")
    parser.add_argument("--count", type=int, default=50, help="questions that are followed")
    parser.add_argument("--last", type=int, default=10, help="articles that come one by one at the end")
    parser.add_argument("--begin", help="the day on which the replay begins, such as 2022-10-01")
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    arguments = parser.parse_args()
    size = Size(arguments.first, arguments.days, arguments.count, arguments.last)
    figures = replay(arguments.articles, arguments.questions, size, arguments.begin)
    told = json.dumps(asdict(figures), indent=1)
    print(told)
    if arguments.json:
        arguments.json.write_text(f"{told}\n", encoding="utf-8")


def replay(articles: Path, questions: Path, size: Size, begin: str | None = None) -> Figures:
    """Replays an archive in a temporary folder.

    Args:
        articles: The file of articles.
        questions: The file of questions.
        size: How much is replayed.
        begin: The day on which it begins; None for a week before the first question.
    """
    dated = sorted((each for each in read_articles(articles) if len(each.date) == 10), key=lambda each: each.date)
    every = sorted((one for one in read_questions(questions) if one.date), key=lambda one: one.date)
    begin = begin or (date.fromisoformat(every[0].date) - _BEFORE).isoformat()
    start = [each for each in dated if each.date < begin][-size.first :]
    by_day: dict[str, list[SourceArticle]] = defaultdict(list)
    for article in dated:
        if article.date >= begin:
            by_day[article.date].append(article)
    replayed, later = list(by_day)[: size.days], list(by_day)[size.days :]
    asked = [one for one in every if one.date >= begin][: size.count]
    last = [article for day in later for article in by_day[day]][: size.last]
    if not last:
        raise ValueError("no article is left to arrive by itself; replay fewer days")
    with tempfile.TemporaryDirectory() as folder:
        return _replay(Path(folder), [start, *(by_day[day] for day in replayed)], asked, last)


def _replay(
    folder: Path, parts: Sequence[Sequence[SourceArticle]], asked: Sequence[OpenQuestion], last: Sequence[SourceArticle]
) -> Figures:
    news = folder / "news"
    _arrive(news, "start", parts[0])
    with Replayed.open(folder / "index", create=True) as library:
        library.update(news)
        followed = _follow(library, asked)
    shutil.copytree(folder / "index", folder / "anew")
    with Replayed.open(folder / "index") as short, AskedAnew.open(folder / "anew") as anew:
        assert isinstance(short, Replayed) and isinstance(anew, Replayed)
        for number, day in enumerate(parts[1:]):
            _arrive(news, f"day-{number:03}", day)
            short.update(news)
            anew.update(news)
        found, expected = ([_key(each) for each in one.standing(most=100_000).changes] for one in (short, anew))
        days, both = len(parts) - 1, len(set(found) & set(expected))
        rates = short.asked / max(short.asked + short.kept, 1), short.seconds / days, anew.seconds / days
        arrivals = _arrivals(short, news, last)
        return Figures(
            articles=(len(parts[0]), short.status().articles),
            days=days,
            questions=followed,
            changes=len(found),
            changes_anew=len(expected),
            precision=round(both / len(found), 4) if found else 1.0,
            recall=round(both / len(expected), 4) if expected else 1.0,
            asked=round(rates[0], 4),
            seconds=round(rates[1], 3),
            seconds_anew=round(rates[2], 3),
            arrival=_spread(arrivals),
        )


def _spread(seconds: Sequence[float]) -> tuple[float, float, float]:
    """The median, the 95th percentile (the value that at most one in twenty exceeds) and the most."""
    ordered = sorted(seconds)
    most = ordered[-1]
    return round(statistics.median(ordered), 2), round(ordered[-1 - len(ordered) // 20], 2), round(most, 2)


def _arrive(news: Path, name: str, articles: Sequence[SourceArticle]) -> None:
    """Writes articles to a folder of their own."""
    (news / name).mkdir(parents=True)
    write_articles(list(articles), news / name)


def _follow(library: Library, asked: Sequence[OpenQuestion]) -> int:
    """Follows questions, and returns their number. What is no single question is left out."""
    for one in asked:
        try:
            library.follow(one.question)
        except QuestionError:
            continue
    return len(library.standing().questions)


def _key(change: StandingChange) -> Key:
    """What a report says, without its time and its number."""
    quotes = tuple((quote.article_id, quote.content_hash, quote.start, quote.end) for quote in change.new)
    return change.question_id, change.now.generation, change.kinds, change.now.values, change.now.others, quotes


def _arrivals(library: Library, news: Path, articles: Sequence[SourceArticle]) -> list[float]:
    """Measures the seconds from the arrival of each article in a followed folder until the questions were checked."""
    done, stop, seconds = threading.Event(), threading.Event(), []
    thread = threading.Thread(
        target=watch, args=(library, [news]), kwargs={"on_report": lambda report: done.set(), "stop": stop}
    )
    thread.start()
    time.sleep(5)  # the folder is watched from now on
    for number, article in enumerate(articles):
        done.clear()
        begun = time.perf_counter()
        _arrive(news, f"last-{number:03}", [article])
        if done.wait(_PATIENCE):
            seconds.append(time.perf_counter() - begun)
    stop.set()
    thread.join()
    return seconds


if __name__ == "__main__":
    main()
