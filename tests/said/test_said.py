"""All that one person says, each quote exact, and nothing that another of the name says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rag.core.errors import QuestionError
from rag.library import Library
from tests.said.archive import NEWS, build, quotes

VIK = "Mayor Otto Vik said the bridge of Osk would open in June. “It will cost 40 million crowns,” Vik said."


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with build(tmp_path_factory.mktemp("said")) as library:
        yield library


def test_a_persons_statements_come_by_date_the_newest_last(library: Library) -> None:
    said = library.said("Otto Vik")
    assert [(one.published, one.quote) for one in said.statements] == [
        (None, "Otto Vik said the old mill was haunted."),
        ("2024-03-01", VIK),
        ("2024-03-01", "He added that no tree would be felled."),
        ("2024-05-10", "Mr. Otto Vik told the council that the ferry needed a second crew."),
        ("2024-09-15", NEWS["pay"][2]),
    ]
    assert [one.number for one in said.statements] == [1, 2, 3, 4, 5]
    assert (said.name, said.more, said.others) == ("Otto Vik", False, ("Runa Vik",))


def test_every_quote_and_its_words_stand_in_the_article(library: Library) -> None:
    said = library.said("Otto Vik")
    for one in (*said.statements, *said.unclear):
        text = library.article(one.article_id, one.content_hash).text
        assert text[one.start : one.end] == one.quote
        assert one.said_by is not None and one.said_by.name == text[one.said_by.start : one.said_by.end]
        assert all(one.start <= place.start < place.end <= one.end for place in one.words)
        assert library.edition(one).state == "current"


def test_quoted_and_reported_words_are_told_apart(library: Library) -> None:
    said = {one.quote: one for one in library.said("Otto Vik").statements}
    assert said[VIK].direct
    assert not said["Otto Vik said the old mill was haunted."].direct
    text = library.article(said[VIK].article_id).text
    assert [text[place.start : place.end] for place in said[VIK].words] == [
        "the bridge of Osk would open in June.",
        "“It will cost 40 million crowns,”",
    ]


def test_a_pronoun_is_a_guess_and_only_for_who_has_just_spoken(library: Library) -> None:
    (guess,) = [one for one in library.said("Otto Vik").statements if one.said_by and one.said_by.guessed]
    assert guess.quote == "He added that no tree would be felled."
    assert "our guess" in str(library.said("Otto Vik"))


def test_two_people_of_one_name_are_never_joined(library: Library) -> None:
    otto, runa = library.said("Otto Vik"), library.said("Runa Vik")
    assert quotes(runa) == [
        "Runa Vik, who leads the school of Mell, said the roof leaked. “We put out buckets,” Vik said."
    ]
    assert not set(quotes(otto)) & set(quotes(runa))
    for one in (otto, runa):
        assert [each.quote for each in one.unclear] == [
            "Vik said the soup was cold.",
            "Vik said the harbour would be dredged.",
        ]
    assert "don't tell which Vik says it" in str(otto)


def test_who_speaks_for_a_person_is_not_the_person(library: Library) -> None:
    assert not any("spokesman" in quote or "office" in quote for quote in quotes(library.said("Otto Vik")))


def test_the_same_words_stand_once_with_the_articles_that_have_them(library: Library) -> None:
    said = {one.quote: one for one in library.said("Otto Vik").statements}
    assert said[VIK].source == "Osk Gazette"
    assert [(one.source, one.published) for one in said[VIK].same] == [("Mell Times", "2024-03-02")]
    assert "the same words in 1 more article: Mell Times" in str(library.said("Otto Vik"))


@pytest.mark.parametrize("name", ["otto vik", "Mayor Otto Vik", "Mr. Otto Vik", " Otto  Vik ", "OTTO VIK"])
def test_titles_and_case_make_no_difference(library: Library, name: str) -> None:
    assert quotes(library.said(name)) == quotes(library.said("Otto Vik"))


def test_those_who_speak_together_both_say_it(library: Library) -> None:
    assert "needed more beds" in quotes(library.said("Tora Lind"))[-1]


def test_a_family_name_of_one_person_is_enough(library: Library) -> None:
    said = library.said("Lind")
    assert said.name == "Tora Lind"
    assert quotes(said) == quotes(library.said("Tora Lind"))


def test_who_is_named_in_full_and_speaks_under_the_family_name_is_found_by_it(tmp_path: Path) -> None:
    text = "Karl Venn was elected mayor on Sunday. “The town chose to be honest,” Venn told supporters."
    (tmp_path / "election.txt").write_text(text, encoding="utf-8")
    with Library.open(tmp_path / "index", create=True) as library:
        library.update(tmp_path / "election.txt")
        said = library.said("Venn")
        assert said.name == "Karl Venn"
        assert quotes(said) == quotes(library.said("Karl Venn")) != []
        with pytest.raises(QuestionError, match=r"Nobody named 'Wenn'.*'Venn'"):
            library.said("Wenn")


def test_a_family_name_of_several_people_is_an_error_that_names_them(library: Library) -> None:
    with pytest.raises(QuestionError, match="Several people named 'Vik'") as raised:
        library.said("Vik")
    assert raised.value.reason == "several_speakers"
    assert "'Otto Vik', 'Runa Vik'" in str(raised.value)


@pytest.mark.parametrize(
    ("name", "offered"), [("Otto Wik", "'Otto Vik'"), ("Tora Lindt", "'Tora Lind'"), ("Ada Vik", "'Runa Vik'")]
)
def test_a_name_under_which_nobody_speaks_is_an_error_with_the_nearest(
    library: Library, name: str, offered: str
) -> None:
    with pytest.raises(QuestionError, match=f"Nobody named '{name}' speaks") as raised:
        library.said(name)
    assert raised.value.reason == "no_speaker"
    assert offered in str(raised.value)


def test_an_empty_library_has_no_speakers(tmp_path: Path) -> None:
    with Library.open(tmp_path / "index", create=True) as library, pytest.raises(QuestionError, match="Nobody"):
        library.said("Otto Vik")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("",), "No speaker is named"),
        (("the mayor",), "no name of a person"),
        (("Otto Vik", " "), "empty"),
    ],
)
def test_what_is_no_name_or_no_topic_is_refused(library: Library, arguments: tuple[Any, ...], message: str) -> None:
    with pytest.raises(QuestionError, match=message):
        library.said(*arguments)


@pytest.mark.parametrize("limit", [0, 1001, -1, True, 2.5])
def test_an_impossible_limit_is_refused(library: Library, limit: Any) -> None:
    with pytest.raises(QuestionError, match="from 1 to 1,000"):
        library.said("Otto Vik", limit=limit)


def test_the_limit_keeps_the_newest(library: Library) -> None:
    said = library.said("Otto Vik", limit=2)
    assert [one.published for one in said.statements] == ["2024-05-10", "2024-09-15"]
    assert said.more and "the newest" in str(said)


@pytest.mark.parametrize(
    ("topic", "quote"),
    [
        ("the bridge", VIK),
        ("nurses", NEWS["pay"][2]),
        ("salaries", NEWS["pay"][2]),  # the article has "wages"
        ("ghosts", "Otto Vik said the old mill was haunted."),
    ],
)
def test_a_topic_is_met_by_words_or_by_meaning(library: Library, topic: str, quote: str) -> None:
    assert quote in quotes(library.said("Otto Vik", topic))
    assert len(library.said("Otto Vik", topic).statements) < 4


def test_a_topic_of_which_nothing_is_said_gives_an_empty_result(library: Library) -> None:
    said = library.said("Otto Vik", "football transfers")
    assert said.statements == ()
    assert str(said).startswith("These articles attribute no words about football transfers to Otto Vik.")


def test_filters_restrict_the_articles(library: Library) -> None:
    assert [one.published for one in library.said("Otto Vik", since="2024-04").statements] == [
        "2024-05-10",
        "2024-09-15",
    ]
    assert quotes(library.said("Otto Vik", until="2023")) == []
    (one, _) = library.said("Otto Vik", sources=["Mell Times"]).statements
    assert (one.published, one.same) == ("2024-03-02", ())
    with pytest.raises(QuestionError, match="No article is from"):
        library.said("Otto Vik", sources=["Nobody's Gazette"])


def test_what_is_removed_is_said_no_more(tmp_path: Path) -> None:
    with build(tmp_path, {name: NEWS[name] for name in ("ferry", "pay")}) as library:
        (tmp_path / "news" / "pay.md").unlink()
        library.update()
        assert len(library.said("Otto Vik").statements) == 1
        (tmp_path / "news" / "ferry.md").unlink()
        library.update(removed=True)
        with pytest.raises(QuestionError, match="Nobody"):
            library.said("Otto Vik")


OTHER_NAMES = {
    "first": ("2024-01-01", "A", "President Bao Tran met reporters. Bao said the dam was safe. The water rose."),
    "place": ("2024-01-02", "A", "Minister Israel Moe spoke first. Israel said it would close the border for a week."),
    "junior": (
        "2024-01-03",
        "A",
        "Finn Holm said the mine was closed. Finn Holm Jr. said it was open. Holm said the miners were paid.",
    ),
    "woman": ("2024-01-04", "A", "David Berg came with Mrs. Berg. Mrs. Berg said the hall was full."),
    "hyphen": ("2024-01-05", "A", "Ida Lind-Moe said the shop was sold. Lind-Moe said nobody asked her."),
    "king": ("2024-01-06", "A", "Peter King said the tax was high. King said he would vote against it."),
    "both": ("2024-01-07", "A", "Otto Aas and Mark Aas quarrelled. Mark Aas said the dog barked. Aas said it slept."),
}


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with build(tmp_path_factory.mktemp("odd"), OTHER_NAMES) as library:
        yield library


@pytest.mark.parametrize(
    ("name", "said", "unsaid"),
    [
        ("Bao Tran", "the dam was safe", ""),
        ("Finn Holm", "the mine was closed", "it was open"),
        ("Finn Holm", "the miners were paid", ""),
        ("Finn Holm Jr.", "it was open", "the mine was closed"),
        ("Ida Lind-Moe", "nobody asked her", ""),
        ("Lind-Moe", "the shop was sold", ""),
        ("Peter King", "vote against it", ""),
        ("King", "the tax was high", ""),
        ("Mark Aas", "the dog barked", "it slept"),
    ],
)
def test_names_of_many_kinds_are_told_apart(odd: Library, name: str, said: str, unsaid: str) -> None:
    found = " ".join(quotes(odd.said(name)))
    assert said in found
    assert not unsaid or unsaid not in found


@pytest.mark.parametrize("name", ["David Berg", "Israel Moe"])
def test_another_of_the_name_or_a_country_is_not_the_person(odd: Library, name: str) -> None:
    with pytest.raises(QuestionError, match="Nobody"):
        odd.said(name)
