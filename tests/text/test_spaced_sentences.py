"""Sentence ends before white space: which marks belong to the sentence before, and which stops end none."""

from __future__ import annotations

import pytest

from rag.text.sentences import Stretch, split_sentences, split_stretch


def split(text: str) -> list[str]:
    return [text[sentence.start : sentence.end] for sentence in split_sentences(text)]


@pytest.mark.parametrize(
    "text",
    [
        '"Is it true?" he asked.',
        "“Is it true?” he asked.",
        "‘Is it true?’ he asked.",
        "(Is it true?) he asked.",
        "[Is it true?] he asked.",
        "“(Is it true?)” he asked.",
        "“Is it true?” (he asked) and left.",
        "“Is it true?” [he asked] and left.",
        "“Is it true?” “so” he asked.",
        "“Is it true?”" + " " * 39 + "he asked.",
        "It was… well, over.",
        "It was.. well, over.",
        "It was... (well, nearly) over.",
        "It was.. (well, nearly) over.",
        "It was... (iPhone sales) over.",
        "Am. ET is meant.",
        "He left at “9 pm.” Monday.",
        "The “Amb.” Lund left.",
        "It opens at 9 a.m. Monday.",
        "It opens at 9 AM. Monday.",
        "It opens at 9 p.m. local time.",
        "It opens (at 9 p.m.) Monday.",
        "It was Trump vs. Cruz.",
    ],
)
def test_a_stop_inside_a_sentence(text: str) -> None:
    assert split(text) == [text]


@pytest.mark.parametrize(
    "sentences",
    [
        ["“Is it true?”", "He asked."],
        ["He said “no”!", "She left."],
        ["“Is it true?”", "(He asked.)"],
        ["It opens at 9 a.m.", "The rest is shut."],
        ["It opens at 9 a.m.", "Mondays are bad."],
        ["It was the film.", "Monday is free."],
        ["He left (and she stayed.)", "They slept."],
        ["He left (in time.)", "“They slept.”"],
        ["He left (May.)", "They slept."],
        ["He left (in “time!”)", "They slept."],
        ["He left.", "‘She stayed.’", "They slept."],
        ["He left.”", "“She stayed.”"],
        ['He left."', "She stayed."],
        ['He left "now."', '"She stayed."'],
        ["He left [in May].", "She stayed."],
        ["1. He left.", "2. She stayed."],
        ["a) He left.", "b) She stayed."],
        ["(1) He left.", "(2) She stayed."],
        ["He left in the U.S.", "She stayed."],
        ["It was...", "(Xi left.)"],
        ['"He left.', '"She stayed."', "They slept."],
        ["He left.", "- She stayed."],
        ["He left.”)", "She stayed."],
        ["- - He left.", "She stayed."],
        ["He left?!", "She stayed!!", "They slept."],
        ["He left. . .", "She stayed."],
    ],
)
@pytest.mark.parametrize("space", [" ", "   "])
def test_a_stop_between_sentences(sentences: list[str], space: str) -> None:
    assert split(space + space.join(sentences) + space) == sentences


def test_only_forty_characters_are_looked_at_behind_a_stop() -> None:
    assert split("“Is it true?”" + " " * 40 + "he asked.") == ["“Is it true?”", "he asked."]


def test_a_closing_mark_by_itself_belongs_to_the_sentence_before() -> None:
    assert split('"He left. She stayed. " They slept.') == ['"He left.', 'She stayed. "', "They slept."]
    assert split('He left. "She stayed."') == ["He left.", '"She stayed."']
    assert split('"He left." "She stayed."') == ['"He left."', '"She stayed."']


def test_stray_marks_go_with_the_sentence_before_them_and_behind_a_separator_with_the_next() -> None:
    assert split("*** He left. *** She stayed.") == ["***", "He left.", "***", "She stayed."]
    assert split("He left. *** “! ” She stayed.") == ["He left.", "***", "“! ” She stayed."]
    assert split("It fell. ! ? It rose.") == ["It fell. ! ?", "It rose."]


def test_a_separator_says_nothing_of_the_sentence_before_it() -> None:
    assert [sentence.kind for sentence in split_sentences("The talks began *** They ended soon.")] == [
        "sentence",
        "boilerplate",
        "sentence",
    ]


def test_a_numbered_sentence_that_lost_its_stop_is_a_fragment() -> None:
    text = "2. They trust TrumpThe others do not."
    assert [(text[s.start : s.end], s.kind) for s in split_sentences(text)] == [
        ("2. They trust Trump", "fragment"),
        ("The others do not.", "sentence"),
    ]


def test_a_sentence_is_placed_in_the_whole_text() -> None:
    text = "He left. She stayed.\nThey slept. ***"
    assert [(s.start, s.end, s.kind) for s in split_stretch(text, Stretch(21, 36, 0))] == [
        (21, 32, "sentence"),
        (33, 36, "boilerplate"),
    ]


@pytest.mark.parametrize(
    "unit",
    [
        "The talks went on until 5 p.m. Monday in Rome.",
        "The two met (in time.)",
        "“We won,” he said of it, “and they lost.”",
    ],
)
def test_a_long_paragraph_is_split_like_a_short_one(unit: str) -> None:
    # sentencex gets 10,000 characters at once; no sentence may be torn where one portion ends.
    for shift in range(0, 60, 15):
        sentences = ["A" + "b" * shift + " ended."] + [unit] * 500
        assert split(" ".join(sentences)) == sentences


def test_a_long_paragraph_in_capitals_is_split_and_kept_whole() -> None:
    # No two lower-case words: a portion ends anywhere, and the two sentences there may stay one.
    sentence = "THE TALKS WENT ON IN ROME."
    found = split(" ".join([sentence] * 1000))
    assert " ".join(found) == " ".join([sentence] * 1000)
    assert len(found) >= 998


def test_a_lone_surrogate_moves_no_boundary() -> None:
    assert split("He left\ud800. She \udfff stayed. They slept.") == [
        "He left\ud800.",
        "She \udfff stayed.",
        "They slept.",
    ]
