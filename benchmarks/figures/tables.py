"""The tables of docs/figures.md, by section: what each row measures, and how its figures are told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from benchmarks.figures import telling
from benchmarks.figures.telling import Figures, number, part, percent


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table.

    Attributes:
        what: What is measured.
        measure: The name of the measurement, of `measures.MEASURES`.
        tell: Tells the figures that the measurement's command wrote.
        in_readme: What the README calls it; None if it does not have the row.
    """

    what: str
    measure: str
    tell: Callable[[Figures], str]
    in_readme: str | None = None


def _of_file(name: str, tell: Callable[[Figures], str]) -> Callable[[Figures], str]:
    """Tells the report about one of the files that a command measured."""
    return lambda reports: tell(next(report for report in reports if name in report["file"]))


_READER = (
    Row(
        "SQuAD 1.1 dev",
        "reading",
        _of_file("squad11", telling.spans),
        "The reader on SQuAD 1.1 dev, of articles it was not trained on",
    ),
    Row(
        "SQuAD 2.0 dev, harder articles, at the shipped threshold", "reading", _of_file("squad20", telling.unanswerable)
    ),
    Row("Searchers' questions (QED)", "reading", _of_file("qed", telling.spans)),
    Row("Questions on whole news stories", "reading", _of_file("stories", telling.spans)),
    Row(
        'Ranking TREC-QA dev sentences by the reader\'s score for "has an answer"',
        "ranking",
        lambda found: f"MAP {part(found[0]['reader']['map'])} (the embedder alone {part(found[0]['embedder']['map'])})",
    ),
)
_ANSWERS = (
    Row(
        "57 questions about the seed article; 20 of them have no answer there",
        "seed questions",
        telling.seed_questions,
        "57 questions about the seed article",
    ),
    Row(
        "400 typed questions over the passages of nq_oracle that were kept aside",
        "typed",
        telling.typed,
        "400 typed questions over 1,079 passages",
    ),
    Row(
        "Sentences quoted against those marked by people: CLAP NQ dev (long answers)",
        "evidence",
        lambda found: telling.marked(found[0]),
    ),
    Row(
        "The same, QED dev (kept aside), where one sentence is marked",
        "evidence",
        lambda found: telling.marked(found[1]),
    ),
    Row(
        "Values of several articles counted right, questions written for it",
        "several",
        lambda found: f"{found['counted_right']} of {found['values']} ({found['questions']} questions)",
    ),
    Row(
        "60 quiz questions with two or more articles that hold the answer; then articles added that say something else",
        "disagreement",
        telling.disagreement,
    ),
    Row(
        "Why there is no answer, questions written for it",
        "unanswered",
        lambda found: f"{found['right']} of {found['questions']} right",
    ),
)
_NEWSROOM = (
    Row(
        "Cross-validated",
        "newsroom crossed",
        telling.crossed,
        "132 questions as reporters ask them, over 1,500 articles (cross-validated)",
    ),
    Row("The confidence there", "newsroom crossed", telling.surely),
    Row(
        "The shipped weights, on the questions that they were fitted on",
        "newsroom",
        lambda found: telling.newsroom(found["all"]),
    ),
    *(
        Row(
            f"Of these: {told}", "newsroom", partial(lambda kind, found: f"{percent(found[kind]['right'])} right", kind)
        )
        for kind, told in (("said", "someone's words"), ("timeline", "timelines"), ("follow-up", "follow-ups"))
    ),
)
_ARCHIVES = (
    Row(
        "400 quiz questions over the news articles of 2022 to 2024, each asked as on its own day. About half have an"
        " article that holds the answer's words",
        "large",
        telling.large,
        "400 quiz questions over the news of three years",
    ),
    Row(
        "TIME 1963, upper case, 83 topics: a relevant article among the first five; MRR",
        "time",
        lambda found: telling.retrieved(found["relevant_article"]),
    ),
)
_CONFIDENCE = (
    Row(
        "2,000 open questions. Each fifth is judged by weights and a threshold fitted on the other four",
        "confidence",
        telling.confidence,
        "The short answers' confidence, on 2,000 open questions",
    ),
    Row(
        "What someone said, questions made from articles' own quotations: the right words",
        "confidence",
        lambda found: f"{percent(found['spoken'])} of {found['spoken_questions']}",
    ),
)
_FOLLOWUPS = (
    *(
        Row(
            f"Follow-ups of CAsT {name[4:]} dev: MRR of what the completed question retrieves from people's rewritings",
            "followups",
            partial(telling.completed, name),
        )
        for name in ("cast2019", "cast2020")
    ),
    Row("Quiz questions that stand alone, left untouched among others", "followups", telling.untouched),
)
_TEXT = (
    Row("Sentence ends in running text, as written", "sentences", partial(telling.sentences, "as written")),
    Row("The same with glued sentences", "sentences", partial(telling.sentences, "glued")),
    *(
        Row(f"{what}, marked by people in election news (PolNeAR dev){how}", measure, partial(telling.attributed, kind))
        for what, kind in (("Who says a quotation", "direct"), ("Who says what is reported", "reported"))
        for how, measure in (("", "attribution"), (". Grammar alone", "attribution by grammar"))
    ),
    Row(
        "Article text from 181 web pages",
        "html",
        lambda found: f"F1 {part(found['ours']['f1'])} (trafilatura alone {part(found['trafilatura']['f1'])})",
    ),
    Row("The embedder in int8, dense index alone: TIME", "embedding", lambda found: telling.forms(found[0])),
    Row("The same: typed questions", "embedding", lambda found: telling.forms(found[1])),
)
_STANDING = (
    Row("100 articles, news of four days in June 2022, 25 questions followed", "standing", telling.standing),
    Row("1,000 articles of 2022, 10 questions followed", "standing, 1,000 articles", telling.standing),
    Row(
        "From an article's arrival in a followed folder until the questions were checked, then",
        "standing, 1,000 articles",
        telling.arrivals,
    ),
)
_SPEED = (
    Row("The seed article: index built", "seed", lambda found: f"{found['build_s']:.1f} s"),
    Row("A first answer from a cold command line", "seed", lambda found: f"{found['cold_answer_s']:.1f} s"),
    Row(
        "A question then, median and 95th percentile; most memory",
        "seed",
        lambda found: (
            f"{number(found['warm_p50_ms'])} and {number(found['warm_p95_ms'])} ms; {found['peak_memory_mb']:,} MB"
        ),
        "A question on the seed article: median, 95th percentile; most memory",
    ),
    Row("Five passages of 200 tokens, reading alone", "passages", lambda found: f"{number(found['p50_ms'])} ms"),
    Row(
        "A question over the reporters' archive, median",
        "stages",
        telling.stages,
        "A question over 1,500 news articles, median",
    ),
    Row(
        "50 pages that ask 20 questions each at once",
        "pages",
        telling.pages,
        "50 pages that ask 20 questions each at once",
    ),
    Row("50 programs that post 8 questions each to `/v1/ask` at once", "programs", telling.pages),
    Row("The page in Chromium, 150 articles, opened for the first time", "page", telling.page),
    Row("Reporters' questions from a file, over 1,500 news articles", "file", telling.file),
)

SECTIONS = {
    "reader": _READER,
    "answers": _ANSWERS,
    "newsroom": _NEWSROOM,
    "archives": _ARCHIVES,
    "confidence": _CONFIDENCE,
    "followups": _FOLLOWUPS,
    "text": _TEXT,
    "standing": _STANDING,
    "speed": _SPEED,
}
"""The rows by section of the page."""
