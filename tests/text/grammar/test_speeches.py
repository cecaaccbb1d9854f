"""Who says what: the speaker that the grammar gives, and none where it gives none."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.core.article import Sentence
from rag.text.grammar.antecedents import person_before
from rag.text.grammar.quotations import find_quotations
from rag.text.grammar.speeches import Speech, find_speeches
from rag.text.segment import segment
from tests.any_text import any_text


def speeches(text: str) -> list[Speech]:
    return list(find_speeches(text, segment(text)))


def speaker_of(text: str, words: str) -> str | None:
    """The speaker of the smallest speech that holds the words."""
    start = text.index(words)
    held = [one for one in speeches(text) if one.start <= start and start + len(words) <= one.end]
    if not held:
        return None
    speech = min(held, key=lambda one: one.end - one.start)
    return text[slice(*speech.speaker)] if speech.speaker else None


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ('"We sail at noon," skipper Tora Vik said on Monday.', "We sail", "Tora Vik"),
        ('According to diver Finn Aune, however, "the hull is sound".', "the hull", "Finn Aune"),
        ("The hull is sound, according to a report by the guild.", "The hull", "a report by the guild"),
        ('"No," said Vik. "The hull is sound. We sail."', "We sail", "Vik"),
        ("The two senators said the pier is closed.", "the pier", "The two senators"),
        ("Vik says he warned the skipper twice.", "he warned the skipper", "Vik"),
        ('"It is over," said Senators Vik and Aune.', "It is over", "Senators Vik and Aune"),
        ("In the old port, officials said, nine boats sank.", "nine boats", "officials"),
        ("Vik, who had met Aune in Osk, said the pier is closed.", "the pier", "Vik"),
        ("The harbour's chief, Tora Vik, said the pier is closed.", "the pier", "Tora Vik"),
        ("The guild's lawyer, Prof. Tora Vik Ph.D., said the pier is closed.", "the pier", "Prof. Tora Vik Ph.D."),
        ("Vik, the mayor of Osk, Norway, said the pier is closed.", "the pier", "Vik"),
        ('Vik continued:\n\n"The pier is closed. Nobody sails."', "Nobody sails", "Vik"),
        ('"Is the pier open?" Vik asked.', "Is the pier", "Vik"),
        ('"One day it will open.\n\n"It is a promise," said Vik.', "One day", "Vik"),
        ("''It is late,'' Mr. Vik said. ''We sail.''", "We sail", "Mr. Vik"),
        ("“He told me ‘the pier is shut’ in May,” Vik said.", "in May", "Vik"),
        ("Vik denied the report, adding that the pier is closed.", "the pier is", None),
        ("Vik said it was late, and added that the pier is closed.", "the pier is", "Vik"),
        ("Lund said Vik, who met Aune, told reporters that the pier is closed.", "the pier is", None),
        ('Vik said: "We sail at noon." Aune said: "Not yet."', "We sail", "Vik"),
        ('Vik said: "We sail at noon." Aune said: "Not yet."', "Not yet", "Aune"),
        ('Asked about it, Vik said: "No." Aune, her deputy, said the pier is closed.', "No.", "Vik"),
        ('Asked about it, Vik said: "No." Aune, her deputy, said the pier is closed.', "the pier", "Aune"),
        ('Vik wrote: "Never!" Aune, 61, said she was wrong.', "Never", "Vik"),
        ('"The hull is sound." Vik said.', "The hull", "Vik"),
        ("The agency quoted Tora Vik as saying that the pier is closed.", "the pier", "Tora Vik"),
        ("Vik was quoted by the agency as saying the pier is closed.", "the pier", "Vik"),
        ('"The pier is closed," Vik was quoted as saying by the Post.', "The pier", "Vik"),
        ("A spokesman for the Liens, Finn Aune, said the pier is closed.", "the pier", "Finn Aune"),
        ("The mayor of Osk, North Norway, said the pier is closed.", "the pier", "The mayor of Osk"),
        ("The pier is closed, Amir Said said.", "The pier", "Amir Said"),
        ('"The pier is closed," Amir Said told the guild.', "The pier", "Amir Said"),
    ],
)
def test_the_grammar_gives_the_speaker(text: str, words: str, name: str | None) -> None:
    assert speaker_of(f"It was a long day in the port. {text}", words) == name


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('Tora Vik shook her head. "Never," she said, and left with Finn Aune.', "Never"),
        ('The man who met Tora Vik said, "It is late."', "It is late"),
        ('Tora Vik was asked, "Is it late?"', "Is it late"),
        ('Vik won the vote with a dual promise to "get it done".', "get it done"),
        ("The boats added for May were old, and the pilots sailed more seats.", "for May"),
        ("Vik added more seats than expected and scored points.", "more seats"),
        ('When Vik said it was late, a man hissed "Go home!"', "Go home"),
        ('"I am staying," Vik said, and her brother cut in. "Then go alone."', "Then go"),
        ("A toll reported by Norway is nine.", "nine"),
        ('Others said, "It is late."', "It is late"),
        ('"The pier will hold." Aune disagreed.', "The pier"),
        ("Neither Vik nor Aune said the pier is closed.", "the pier"),
        ("If Vik said the pier is closed, she was wrong.", "the pier"),
        ("Contrary to what Tora Vik said, the pier is closed.", "the pier"),
    ],
)
def test_where_the_grammar_gives_no_speaker_none_is_named(text: str, words: str) -> None:
    assert speaker_of(f"It was a long day in the port. {text}", words) is None


def test_a_sentence_of_the_narrator_between_quotations_is_no_speech() -> None:
    text = 'It was late. "I stay," she told reporters. Her rival, Finn Aune, left in May. Vik said Aune "has lost".'
    start = text.index("Her rival")
    assert not [one for one in speeches(text) if one.start <= start < one.end]


def test_who_is_called_she_before_a_name_is_not_its_bearer() -> None:
    text = 'Ida Berg left in May. She was replaced by Per Moe. "I am tired," she said.'
    place = person_before(text, segment(text), text.index("she said"))
    assert place is None or text[slice(*place)] == "Ida Berg"


def test_a_common_word_that_the_text_has_in_lower_case_is_nobody() -> None:
    text = 'Bigger boats. MORE: Tunnel in pictures. "I like it," he said of the tunnel.'
    assert person_before(text, segment(text), text.index(" he ") + 1) is None


def test_one_person_before_a_pronoun_is_meant_and_of_two_nobody() -> None:
    def meant(text: str) -> str | None:
        place = person_before(text, segment(text), text.index(" she ") + 1)
        return text[slice(*place)] if place else None

    assert meant('Asked about it, Tora Vik shook her head. "Never," she said.') == "Tora Vik"
    assert meant('Tora Vik met Petra Holm on Monday. "Never," she said.') is None
    assert meant('Mr. Vik shook his head. "Never," she said.') is None
    assert meant('It was late. "Never," she said.') is None


@pytest.mark.parametrize(
    ("named", "is_person"),
    [
        ("House Minority Leader Kevin Moe", True),
        ("Senate Speaker Holm", True),
        ("Bill Holm", True),
        ("The White House", False),
        ("The United Nations General Assembly", False),
        ("The Bill Holm Foundation", False),
    ],
)
def test_a_person_whose_title_names_a_group_is_a_second_person(named: str, is_person: bool) -> None:
    text = f'{named} slammed Vik. "It is shameful," he said.'
    place = person_before(text, segment(text), text.index(" he ") + 1)
    assert (place is None) == is_person
    assert place is None or text[slice(*place)] == "Vik"


def test_marks_are_paired_by_their_kind_and_an_open_quotation_ends_with_its_paragraph() -> None:
    text = 'A “b ‘c’ d” e "f" g.\n“Open.\n\n“Closed.” Don\'t.'
    found = find_quotations(text)
    assert [text[q.start : q.end] for q in found] == ["“b ‘c’ d”", '"f"', "“Open.", "“Closed.”"]
    assert [q.goes_on for q in found] == [False, False, True, False]


@given(any_text())
def test_speeches_of_any_text_lie_in_it_in_order(text: str) -> None:
    found = find_speeches(text, segment(text))
    assert list(found) == sorted(found, key=lambda one: (one.start, -one.end))
    for one in found:
        assert 0 <= one.start <= one.end <= len(text)
        for place in (one.speaker, one.pronoun):
            assert place is None or 0 <= place[0] < place[1] <= len(text)


@given(st.lists(st.sampled_from(['"', "“", "”", "Vik", "said", "that", ",", ".", "he", "\n", "and"]), max_size=40))
def test_speeches_of_any_order_of_marks_and_verbs_lie_in_it(parts: list[str]) -> None:
    text = " ".join(parts)
    for one in find_speeches(text, segment(text)):
        assert 0 <= one.start <= one.end <= len(text)


@pytest.mark.parametrize("part", ['"a" ', "said, ", "Vik said ", '"A," said Vik. ', "“", "Vik, ", "(", ". "])
def test_the_work_grows_with_the_length_alone(part: str) -> None:
    def calls(count: int) -> int:
        text = part * count
        whole = (Sentence(0, len(text)),)
        made = 0

        def count_one(*_: object) -> None:
            nonlocal made
            made += 1

        sys.setprofile(count_one)
        try:
            find_speeches(text, whole)
        finally:
            sys.setprofile(None)
        return made

    assert calls(1600) < 12 * calls(200)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Otto Vik, from Osk, on Tuesday admitted his guilt in eight murders.", "his guilt"),
        ("Otto Vik told the Gazette. It was late.", "the Gazette"),
        ("Otto Vik announced on Monday the arrest of two men.", "the arrest"),
        ("A police officer responded to a call at the port.", "a call"),
        ("VIK URGES WALL IN MELL, SAYS THE PIER IS CLOSED", "THE PIER"),
        ("The tower approved the flight to Mell, said Vik.", "The tower"),
    ],
)
def test_a_mere_thing_and_a_heading_are_nobodys_words(text: str, words: str) -> None:
    assert speaker_of(text, words) in (None, "Vik")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("According to a household survey separate from it, the pier is closed.", "a household survey"),
        ("According to a Gazette survey published on Friday, the pier is closed.", "a Gazette survey"),
        ("According to the injured, the pier is closed.", "the injured"),
    ],
)
def test_a_speaker_ends_before_a_word_that_goes_on(text: str, name: str) -> None:
    assert speaker_of(text, "the pier") == name


@pytest.mark.parametrize(
    "text",
    [
        "The latest test, Vik said, was the biggest yet.",
        "Vik said parents still want schools.",
        "Vik explained why he backs the pier.",
        "Vik said they face charges.",
        "Vik admitted that he killed two.",
    ],
)
def test_a_clause_is_said(text: str) -> None:
    assert any(one.speaker and text[slice(*one.speaker)] == "Vik" for one in speeches(text))
