"""The report of an evaluation on the terminal and as a page, in which hostile text stays text."""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser

import pytest
from rich.console import Console

from rag.core.reports import LibraryStatus
from rag.core.schema import Answer, Citation
from rag.evaluation.judge import judge
from rag.evaluation.page import render_page
from rag.evaluation.run import summarise
from rag.evaluation.schema import Evaluation, Expected, Outcome, Problem
from rag.evaluation.table import print_evaluation

STATUS = LibraryStatus(
    generation=3,
    articles=2,
    passages=9,
    embedder="e",
    reader="r",
    place="index",
    folder="index",
    updated="2025-06-01T12:00:00+00:00",
)
HOSTILE = [
    "<script>alert(1)</script>",
    "</title></style><img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "[bold]loud[/bold] [link=https://example.org]x[/link]",
    ":smile: {{constructor}} &lt;b&gt; &#60;",
    "\u202eesrever\x1b[31m red \x07 \x00",
]


def outcome(confidence: float, *, right: bool, text: str = "Oman") -> Outcome:
    citation = Citation(
        number=1,
        article_id="a",
        content_hash="h",
        title=text,
        path=text,
        url="https://example.org/x",
        start=0,
        end=len(text),
        quote=text,
    )
    answer = Answer(
        question=text,
        status="answered",
        generation=3,
        citations=(citation,),
        text=text,
        confidence=confidence,
        timings={"read": 4.0},
    )
    expected = Expected(question=f"who? {text}", answers=(text if right else f"Qatar {text} of the others",), line=2)
    return judge(expected, answer, None, frozenset())


def evaluation(*outcomes: Outcome, problems: tuple[Problem, ...] = ()) -> Evaluation:
    return summarise(STATUS, 0.4, outcomes, problems)


def abstained(question: str) -> Outcome:
    answer = Answer(
        question=question, status="no_answer", reason="nothing_about_it", generation=3, timings={"read": 1.0}
    )
    return judge(Expected(question=question, answers=("Oman",)), answer, None, frozenset())


class Page(HTMLParser):
    """Collects the tags and the text of a page, without its style."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return "".join(self.words)


def printed(shown: Evaluation) -> str:
    file = io.StringIO()
    print_evaluation(shown, Console(file=file, width=400, force_terminal=False, highlight=False))
    return file.getvalue()


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text: str) -> None:
    wrong = outcome(0.8, right=True).model_copy(update={"failure": text})
    shown = evaluation(
        wrong, outcome(0.7, right=False, text=text), abstained(text), problems=(Problem(line=1, why=text),)
    )
    calm = evaluation(wrong, outcome(0.7, right=False), abstained("Oman"), problems=(Problem(line=1, why="Oman"),))
    page, calm_page = Page(render_page(shown)), Page(render_page(calm))
    assert [tag for tag, _ in page.tags] == [tag for tag, _ in calm_page.tags]
    assert [set(attributes) for _, attributes in page.tags] == [set(attributes) for _, attributes in calm_page.tags]
    if text.isprintable():
        assert page.text.count(text) > 4
        assert text in printed(shown)
    for rendered in (render_page(shown), printed(shown)):
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\u202e]", rendered)


def test_the_page_asks_nothing_of_anyone() -> None:
    html = render_page(evaluation(outcome(0.8, right=True), outcome(0.6, right=False), abstained("Who?")))
    page = Page(html)
    addresses = [
        attributes.get(name) for _, attributes in page.tags for name in ("src", "href", "action", "data", "srcset")
    ]
    assert set(addresses) == {None, "data:,"}
    assert not {tag for tag, _ in page.tags} & {"script", "img", "iframe", "object", "form", "a", "base"}
    assert not any(name.startswith("on") for _, attributes in page.tags for name in attributes)
    assert "url(" not in html and "@import" not in html
    policies = [attributes["content"] for tag, attributes in page.tags if tag == "meta" and "http-equiv" in attributes]
    assert policies == ["default-src 'none'; style-src 'unsafe-inline'; img-src data:"]


def test_both_show_the_figures_the_thresholds_and_the_failures() -> None:
    shown = evaluation(outcome(0.8, right=True), outcome(0.6, right=True), outcome(0.5, right=False), abstained("Who?"))
    for text in (Page(render_page(shown)).text, printed(shown)):
        for said in ("50.0%", "66.7% (2 of 3)", "66.7%", "100.0% (2 of 2)", "0.600"):
            assert said in text
        for said in ("line 2: wrong answer", "not answered", "Nothing in the articles is about this."):
            assert said in text


def test_the_plots_put_a_share_where_it_belongs() -> None:
    html = render_page(evaluation(outcome(0.75, right=True), outcome(0.75, right=False)))
    # The plotted square is 320 wide and high, from (60, 14): x = 60 + 320 * share, y = 14 + 320 * (1 - share).
    assert '<polyline class="line" points="380.0,174.0"/>' in html  # all answered, half of it wrongly
    assert '<circle class="dot" cx="300.0" cy="174.0" r="17.0">' in html  # confidence .75, half of it right
    assert '<circle class="now" cx="380.0" cy="174.0" r="6.0">' in html


def test_nothing_asked_is_a_page_too() -> None:
    assert "polyline" not in render_page(evaluation())
    assert "0 questions" in printed(evaluation())
