"""Lost sentence ends, sign by sign: what cuts a text alone, what only beside two sure signs, and what never does."""

from __future__ import annotations

import pytest

from rag.text.glued_sentences import Cut, Quotes, find_lost_boundaries, find_separators, is_title_before

TWO_SURE = "It rose in years.This fell.Then "
"""Text with two sure signs, beside which the weak ones count."""


def cuts(text: str) -> list[Cut]:
    return find_lost_boundaries(text, Quotes(text))


def strength(text: str) -> str:
    """How sure the one sign of a text is."""
    alone, beside = len(cuts(text)), len(cuts(TWO_SURE + text)) - 2
    assert (alone, beside) in ((1, 1), (0, 1), (0, 0)), "a text of one sign at most"
    return "sure" if alone else "weak" if beside else "none"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a lower-case word behind a full stop
        ("nobody saw it.then they left", "sure"),
        ("nobody came.it rained", "sure"),
        ("he got a B.then he left", "none"),
        ("the Acme Inc.is gone", "none"),
        ("they saw Mr.who again", "none"),
        ("see archive.is today", "none"),
        ("the price fell.rain came", "weak"),
        ("the price fell.oil rose", "none"),
        ("see example.news today", "none"),
        ("nobody came?it rained", "none"),
        ("nobody came..it rained", "none"),
        ("nobody came.it’s late", "sure"),
        ("nobody came.it) rained", "none"),
        ("nobody came.it", "none"),
        ("“nobody came.”he said", "none"),
        ("“nobody came.”nobody left", "sure"),
        # a capital behind a stop
        ("nobody came.Bob left", "sure"),
        ("nobody came?Bob left", "sure"),
        ("nobody came?B left", "none"),
        ("nobody came?I left", "sure"),
        ("it fell (hard).Bob left", "sure"),
        ("it fell (hard).B left", "none"),
        ("it fell (hard).U.S. troops left", "none"),
        ("nobody came?Al left", "sure"),
        ("did they say No?The end", "sure"),
        ("he met Mr.Smith", "none"),
        ("he met Mt.The", "none"),
        ("it is No.The", "none"),
        ("it is Nos.The", "none"),
        ("he said no.The end", "sure"),
        ("some, e.g.The end", "none"),
        ("that, i.e.The end", "none"),
        ("e.g.The end", "none"),
        ("that, I.E.The end", "none"),
        ("in the U.S.The end", "sure"),
        ("in the U.S.Trump won", "none"),
        ("in the U.S.A man", "none"),
        ("in the U.S.It rained", "sure"),
        ("the Acme Inc.The end", "sure"),
        ("the Acme Inc.Trump won", "none"),
        ("it was 7.The end", "sure"),
        ("it was 7.Trump won", "sure"),
        ("for years.U.S. troops", "sure"),
        ("for years.A man", "sure"),
        ("for years.B man", "none"),
        ("for years.X marks", "none"),
        ("for years.A1 roads", "none"),
        ("for years.I left", "sure"),
        ("use Node.JS daily", "none"),
        ('use ".NET" daily', "none"),
        ("the U.S.’s man", "none"),
        ("it fell.“(We lost", "sure"),
        ("he left .The end", "sure"),
        ("the X.The end", "sure"),
        ("the X.Bob left", "none"),
        ("A.The end", "sure"),
        # several stops
        ("nobody came...Bob left", "sure"),
        ("he met Mr...Bob", "none"),
        ("it is No..The end", "none"),
        # an address
        ("it is over.https://a.example/b", "sure"),
        ("it is B.https://a.example/b", "none"),
        ("it is OK.www.a.example", "sure"),
        ("see www.example.com.The end", "sure"),
        ("see www.example.com.the end", "none"),
        ("see www.example.info.The end", "none"),
        ("see itThe_end now", "none"),
        ("see #.The end", "none"),
        ("ask a@b.example .The end", "sure"),
        # a colon
        ("he said:The end", "sure"),
        ("they say:The end", "sure"),
        ("his note:The end", "weak"),
        ("the war:The end", "weak"),
        ("it is to:The end", "none"),
        ("his note:the end", "none"),
        ("his Note:The end", "none"),
        # a stop that begins a word
        ("big .NET shop", "none"),
        ("buys .News names", "none"),
        ("we use the .Ruby platform", "none"),
        ("the .UN post", "none"),
        ("the asleep .Rain fell", "sure"),
        ("he came.NATO met", "sure"),
        # a comma
        ("the region,as planned", "weak"),
        ("we,as planned", "weak"),
        ("it cost 9 crowns for men,Tora Vik said", "none"),
        ("it cost much for men,said Tora Vik", "none"),
        ("it cost much for men,Tora Vik left", "weak"),
        ("a,as planned", "none"),
        ("the region,a plan", "none"),
        ("see a@b.example,as planned", "none"),
        # a capital inside a word
        ("described asIn an", "sure"),
        ("aIn an", "none"),
        ("described asUnIT an", "none"),
        ("on PredictIt now", "none"),
        ("many wordsTrump said", "weak"),
        ("one wordTrump said", "weak"),
        ("the eduTrump said", "none"),
        ("many wordsBo said", "none"),
        ("many wordsBob said", "weak"),
        ("by b2bIn an", "weak"),
        ("in 2018In an", "weak"),
        ("in 2018The end", "sure"),
        ("in 20In an", "none"),
        ("the NATOIn an", "none"),
        ("the NATOThe end", "sure"),
        ("the USThe end", "sure"),
        ("the XThe end", "none"),
        ("with BobIn an", "weak"),
        ("with BoIn an", "none"),
        ("by 20%The end", "sure"),
        ("by 20%Bob said", "none"),
        ("(in Rome)The end", "sure"),
        ("(in Rome-)The end", "none"),
        ('"we won,"The end', "sure"),
        ('he wrote"The end', "none"),
        ('"we won"The end', "sure"),
        ("see @someThe end", "none"),
    ],
)
def test_how_sure_a_sign_is(text: str, expected: str) -> None:
    assert strength(text) == expected


@pytest.mark.parametrize(
    ("text", "left", "lost_stop"),
    [
        ("He came.The end.", "He came.", False),
        ('"He came."The end.', '"He came."', False),
        ("“(He came.)”The end.", "“(He came.)”", False),
        ('He came."The end," he said.', "He came.", False),
        ("He came...The end.", "He came...", False),
        ("He said:The end.", "He said:", True),
        ("They met asThe end.", "They met as", True),
    ],
)
def test_where_a_text_is_cut_and_whether_its_left_side_lost_a_full_stop(text: str, left: str, lost_stop: bool) -> None:
    assert cuts(text) == [Cut(len(left), lost_stop)]


def test_cuts_are_in_order_and_weak_ones_count_beside_two_sure_ones() -> None:
    text = "They met in Rome,as wordsTrump said:The end.This fell."
    left = ("They met in Rome,", "They met in Rome,as words", "They met in Rome,as wordsTrump said:", text[:-10])
    assert cuts(text) == [Cut(len(words), not words.endswith(".")) for words in left]
    assert cuts(text.replace(".This", ". This")) == [Cut(len(left[2]), lost_stop=True)]


@pytest.mark.parametrize("text", ["..The end.", "#itThe end", "He left.(", "He left.“"])
def test_no_boundary_at_the_edges_of_a_text(text: str) -> None:
    assert cuts(text) == []


def test_a_word_or_address_is_followed_sixty_characters_far() -> None:
    assert strength("x" * 59 + "The end") == "sure"
    assert strength("see www." + "x" * 50 + ".The end") == "none"
    assert strength("see www." + "x" * 60 + ".The end") == "sure"


def test_every_second_straight_mark_closes_and_so_does_one_before_white_space() -> None:
    quotes = Quotes('"a" "b "c')
    assert [quotes.closes(position) for position in (0, 2, 4, 7)] == [False, True, False, True]
    assert Quotes('a" b').closes(1)
    assert Quotes('a"').closes(1)
    assert not Quotes('a "b c').closes(2)
    assert not Quotes('"" x').closes(0)


def test_closers_are_skipped_up_to_a_mark_that_opens() -> None:
    assert Quotes("a.)]}”’» b").skip_closers(2) == 8
    assert Quotes('a."b c').skip_closers(2) == 2
    assert Quotes('a.)"b c').skip_closers(2) == 3
    assert Quotes('"a." b').skip_closers(3) == 4
    assert Quotes("a.)").skip_closers(2) == 3
    assert Quotes("a.x)").skip_closers(2) == 2


@pytest.mark.parametrize(
    ("text", "separators"),
    [
        ("It fell. *** It rose.", ["***"]),
        ("It fell. * * * It rose.", ["* * *"]),
        ("It fell.\n-----\nIt rose.", ["-----"]),
        ("It fell. ***", ["***"]),
        ("*** It fell. ___ It rose.", ["***", "___"]),
        ("It fell. ** It rose.", []),
        ("It fell. ---- It rose.", []),
        ("What the f***, he said.", []),
    ],
)
def test_separators(text: str, separators: list[str]) -> None:
    assert [text[start:end] for start, end in find_separators(text)] == separators


@pytest.mark.parametrize(
    ("text", "is_title"),
    [
        ("Ms. Jones", True),
        ("then-Sen. Kerry", True),
        ("Trump vs. Cruz", True),
        ("Trump Vs. Cruz", True),
        ("the ms. of it", False),
        ("Mr! Smith", False),
        ("He left. She", False),
    ],
)
def test_the_full_stop_of_a_title(text: str, is_title: bool) -> None:
    stop = max(text.find("."), text.find("!"))
    assert is_title_before(text, stop) == is_title
