"""How the quotes of an answer are arranged and drawn: by person, by side, by date, folded, with words marked."""

from __future__ import annotations

import html
import re
from datetime import date

import pytest
from hypothesis import given

from rag.core.schema import Answer, Attribution, Citation, OtherAnswer
from rag_ui.chat import answer_forms
from rag_ui.chat.card import Cards
from rag_ui.html.escaping import mark_words
from rag_ui.language.strings import ENGLISH, origin
from tests.any_text import any_text
from tests.fake_library import cite, make_article
from tests.ui.answers import Markup

CARDS = Cards(ENGLISH)
TODAY = date(2026, 6, 10)


def quoted(number: int, quote: str, *, said_by: str | None = None, short: str | None = None, **fields: str) -> Citation:
    """A citation of an article that is its quote. `said_by` is the speaker's name, "" for one without a name."""
    citation = cite(make_article(quote, f"Log {number}", **fields), quote, short, number)
    attribution = None if said_by is None else Attribution(name=said_by or None)
    return citation.model_copy(update={"said_by": attribution, "byline": fields.get("byline")})


def answered(question: str, form: str, *citations: Citation, **fields: object) -> Answer:
    given = {"question": question, "status": "answered", "form": form, "confidence": 0.8, "generation": 1}
    return Answer.model_validate({**given, "citations": citations, **fields})


def numbers(citations: tuple[Citation, ...]) -> list[int]:
    return [citation.number for citation in citations]


def drawn(answer: Answer) -> str:
    return CARDS.answer_card(answer, TODAY)


def test_the_quotes_of_one_person_stand_under_the_persons_name() -> None:
    answer = answered(
        "What did Quill say about the pier?",
        "said",
        quoted(1, "Mayor Ada Quill called the pier a gift.", said_by="Mayor Ada Quill"),
        quoted(2, "The pier opened in May."),
        quoted(3, "Quill said it would stay.", said_by="Quill"),
        quoted(4, "It will fall, Ben Ford said.", said_by="Ben Ford"),
        quoted(5, "It creaks, someone said.", said_by=""),
    )
    groups = [(name, numbers(said)) for name, said in answer_forms.by_person(answer)]
    assert groups == [("Quill", [1, 3]), (None, [2]), ("Ben Ford", [4]), ("", [5])]
    markup = Markup(drawn(answer))
    heads = re.findall(r'class="speaker"[^>]*>(?:<button[^>]*>)?([^<]*)<', drawn(answer))
    assert heads == ["Quill", ENGLISH.words.card.told, "Ben Ford", ENGLISH.words.speaker_unknown]
    assert markup.text.count("Said by") == 1, "only the text's own, other words for the person are said again"
    assert "Said by Mayor Ada Quill" in markup.text


@pytest.mark.parametrize("other", ["Melania Quill", "Ford", "The Quill Company"])
def test_names_that_are_not_the_asked_persons_have_their_own_heading_or_line(other: str) -> None:
    answer = answered(
        "What did Ada Quill say?",
        "said",
        quoted(1, "Ada Quill said no.", said_by="Ada Quill"),
        quoted(2, f"{other} said yes.", said_by=other),
    )
    assert other in Markup(drawn(answer)).text


def test_those_who_speak_for_a_party_each_have_their_own_heading() -> None:
    answer = answered(
        "What did Republicans say?",
        "said",
        quoted(1, "Republican Senator Ada Quill said no.", said_by="Republican Senator Ada Quill"),
        quoted(2, "Republicans said yes.", said_by="Republicans"),
    )
    assert [name for name, _ in answer_forms.by_person(answer)] == ["Republican Senator Ada Quill", "Republicans"]


def test_a_comparison_has_a_column_for_each_side_and_what_names_both_below() -> None:
    answer = answered(
        "Which is longer, the bridge or the tunnel?",
        "compare",
        quoted(1, "The bridge and the tunnel opened in May."),
        quoted(2, "The tunnel has two miles."),
        quoted(3, "The bridge has one mile."),
    )
    comparison = answer_forms.compared(answer)
    assert comparison is not None
    assert [(side.name, numbers(side.citations)) for side in comparison.sides] == [("bridge", [3]), ("tunnel", [2])]
    assert numbers(comparison.rest) == [1]
    assert 'class="beside"' in drawn(answer)
    one_sided = answer.model_copy(update={"citations": answer.citations[:2]})
    assert ENGLISH.words.card.nothing_of_side in drawn(one_sided)
    assert 'class="beside"' not in drawn(one_sided)
    assert answer_forms.compared(answer.model_copy(update={"citations": answer.citations[:1]})) is None


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("Did Ford concede the race?", "Ford has refused to concede."),
        ("Is the pier closed?", "The council would not allow the pier to be closed."),
        ("Was Quill guilty?", "Quill was not guilty."),
        ("Did Ford sell the mill?", "Ford denied that he had sold the mill."),
    ],
)
def test_quotes_that_deny_what_is_asked_stand_apart(question: str, quote: str) -> None:
    other = quoted(2, "Ford and Quill met at the pier.")
    answer = answered(question, "yes_no", quoted(1, quote), other)
    assert [numbers(side) for side in answer_forms.denied(answer)] == [[1], [2]]
    text = Markup(drawn(answer)).text
    assert text.index(ENGLISH.words.card.denying) < text.index(quote) < text.index(ENGLISH.words.card.other_quotes)


@pytest.mark.parametrize("quote", ["Ford barely won the race.", "The race had no end.", "Ford conceded the race."])
def test_a_denial_of_something_else_makes_no_side(quote: str) -> None:
    answer = answered("Did Ford concede?", "yes_no", quoted(1, quote), quoted(2, "Ford spoke."))
    assert answer_forms.denied(answer)[0] == ()
    assert ENGLISH.words.card.denying not in drawn(answer)


def test_a_timeline_is_a_line_with_each_date_once() -> None:
    early, late = (quoted(n, f"{n} boats came.", published=day) for n, day in ((1, "2024-01-02"), (2, "2024-03-04")))
    same, undated = quoted(3, "The pier stood.", published="2024-03-04T08:00"), quoted(4, "It fell.", published="")
    answer = answered("How did the count change?", "timeline", early, late, same, undated)
    assert [(day, numbers(said)) for day, said in answer_forms.by_date(answer)] == [
        ("2024-01-02", [1]),
        ("2024-03-04", [2, 3]),
        ("", [4]),
    ]
    newest_first = answer.model_copy(update={"citations": (late, early)})
    assert [day for day, _ in answer_forms.by_date(newest_first)] == ["2024-03-04", "2024-01-02"]
    markup = Markup(drawn(answer))
    assert markup.tags.count("li") == 3
    assert ENGLISH.words.card.undated in markup.text and "2 January 2024" in markup.text


def test_the_items_of_a_list_are_a_list() -> None:
    items = [quoted(n, f"{name} came.", short=name) for n, name in enumerate(("Ada", "Ben"), start=1)]
    other = OtherAnswer(short_answer="Ben", confidence=0.6, citations=(items[1],))
    answer = answered("Who came?", "list", items[0], short_answer="Ada", other_answers=(other,))
    assert '<ul class="items"><li>' in drawn(answer) and 'class="beside"' not in drawn(answer)


def test_further_sources_of_one_short_answer_are_folded_and_numbered_beside_it() -> None:
    same = [quoted(n, f"Log {n} has 9 boats.", short="9 boats") for n in (1, 2, 3)]
    further = quoted(4, "The boats were red.")
    answer = answered("How many?", "fact", *same, further, short_answer="9 boats", sources=3)
    assert numbers(answer_forms.repeated(answer, answer.citations)) == [2, 3]
    markup = drawn(answer)
    fold = markup[markup.index('<details class="more">') : markup.index('<details class="confidence"')]
    assert "2 more sources" in fold and "Log 2 has" in fold and "Log 3 has" in fold
    assert "The boats were red." in markup[: markup.index(fold)]
    assert re.findall(r'class="ref" data-number="(\d)"', markup) == ["1", "2", "3"]
    alone = answered("How many?", "fact", same[0], further, short_answer="9 boats", sources=1)
    assert "more source" not in drawn(alone) and 'class="ref"' not in drawn(alone)


@pytest.mark.parametrize(("figure", "level"), [(0.95, 3), (0.9, 3), (0.89, 2), (0.7, 2), (0.69, 1), (0.0, 1)])
def test_a_confidence_has_three_levels_and_its_number_on_demand(figure: float, level: int) -> None:
    markup = drawn(answered("Who?", "fact", quoted(1, "Ada came."), confidence=figure))
    assert f'data-level="{level}"' in markup
    markup = markup[markup.index('class="confidence"') :]
    summary = markup[markup.index("<summary>") : markup.index("</summary>")]
    assert ENGLISH.confidence(figure) in summary and "%" not in summary
    assert ENGLISH.percent(figure) in markup[markup.index("</summary>") :]


def test_no_answer_shows_three_passages_with_the_words_of_the_question_and_folds_the_others() -> None:
    near = tuple(quoted(n, f"Crews named fire number {n} after the Camp.") for n in range(1, 6))
    fields = {"question": "Who named the Camp Fire?", "status": "no_answer", "reason": "not_said", "generation": 1}
    markup = drawn(Answer.model_validate({**fields, "near_misses": near}))
    assert "Crews <strong>named</strong> <strong>fire</strong> number 1 after the <strong>Camp</strong>." in markup
    assert "2 more passages" in markup
    assert markup.index("number 3 after") < markup.index("more passages") < markup.index("number 4 after")


@given(any_text(), any_text())
def test_a_passage_with_marked_words_is_the_passage(quote: str, question: str) -> None:
    marked = mark_words(quote, frozenset(question.casefold().split()))
    assert html.unescape(re.sub("</?strong>", "", marked)) == quote


@pytest.mark.parametrize(
    ("byline", "shown"),
    [
        ("Ada Quill", "Ada Quill"),
        ("Ada Quill and Ben Ford", "Ada Quill and Ben Ford"),
        ("Ada Quill, Ben Ford, Cy Dahl", "Ada Quill, Ben Ford and 1 more"),
        ('Ada Quill, "Cortney OBrien", Cy Dahl, Di Moe and Ed Roe', "Ada Quill, Cortney OBrien and 3 more"),
        ("A; B; C", "A, B and 1 more"),
    ],
)
def test_at_most_two_authors_are_named(byline: str, shown: str) -> None:
    assert ENGLISH.authors(byline) == shown
    assert shown in html.unescape(drawn(answered("Who?", "fact", quoted(1, "Ada came.", byline=byline))))


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/x/added/My-diary-0123456789ab.txt", "My-diary.txt"),
        ("/x/added/page-0123456789ab.html.gz", "page.html.gz"),
        ("/x/added/rows-0123456789ab.jsonl#7c77", "rows.jsonl"),
        ("/x/news/My-diary-0123456789ab.txt", "My-diary-0123456789ab.txt"),
        ("/x/posted/My-diary-0123456789ab.json", ""),
        ("/x/feeds/example.org-0123456789ab.rss#1", ""),
    ],
)
def test_no_name_is_shown_that_only_the_program_gave(path: str, shown: str) -> None:
    assert origin(None, path) == shown
    card = html.unescape(drawn(answered("Who?", "fact", quoted(1, "Ada came.", path=path))))
    assert re.findall('<span class="source">(.*?)</span>', card) == ([shown] if shown else [])


@pytest.mark.parametrize(
    ("source", "url", "shown"),
    [
        ("The Courier", "https://courier.example/1", "The Courier"),
        (None, "https://www.courier.example/1", "courier.example"),
        (None, None, "world.jsonl"),
        (None, "http://[broken", "world.jsonl"),
        (None, "no address", "world.jsonl"),
    ],
)
def test_an_article_is_of_its_source_or_domain_or_file(source: str | None, url: str | None, shown: str) -> None:
    assert origin(source, "news/world.jsonl#7c77", url) == shown
