"""Sentence boundaries and fragments: each glued or cut sentence of the seed article, and properties of any text."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rag.text.sentences import split_sentences
from tests.any_text import any_text
from tests.places import SEED

WHOLE = [
    "The United States and Iran have reopened high-level diplomatic talks over Tehran's nuclear program, holding their "
    "first indirect negotiations in years.",
    "This marks the highest level of engagement between the two nations since 2018.",
    "the two delegations were housed in separate rooms, with Oman's Foreign Minister Badr bin Hamad al-Busaidi acting "
    "as the go-between.",
    'The White House echoed this sentiment in a brief statement, describing the talks as "very positive and '
    'constructive."',
    "In Tehran, officials have responded with skepticism.",
    "Chief among them: lifting key sanctions - particularly those affecting the energy and banking sectors - "
    "unfreezing Iranian assets held in foreign banks (notably in Europe and East Asia), and securing firm guarantees "
    "against future US or Israeli military strikes.",
    "From Tehran's perspective, the US withdrawal from the 2015 nuclear deal - despite Iran's compliance and its "
    "acknowledgement by US allies like the UK, Germany, and France - stands as proof that Washington's commitments "
    "can't be trusted.",
    "In either case, precision airstrikes involving advanced munitions are expected.",
    "Iran's air defense systems are unlikely to repel such an assault - especially if the US deploys B-2 stealth "
    "bombers or GBU-57 bunker-busting bombs.",
    "In one case, it launched roughly 200 missiles, some of which bypassed Israeli air defenses and hit.",
    "These facilities have already been hit by Iran-backed groups.",
    "However, attacking these countries directly would carry high stakes, particularly in light of Iran's recent "
    "diplomatic thaw with Riyadh in early 2023.",
    "Around 20% of the world's oil exports and more than 30% of all liquefied natural gas passes through this narrow "
    "corridor.",
    "Still, such a move could backfire.",
    "At this point, all eyes are on whether the talks can gain even modest traction.",
    "In a region where the stakes are as high as the distrust is deep, even small steps toward diplomacy might be a "
    "best-case scenario - for now.",
]
CUT_OFF = [
    "Following the session, Araghchi described the meeting as",
    "In an interview with Iranian state television, he said:",
    "when asked about the talks by reporters, offered a guarded endorsement:",
    "Despite his aggressive rhetoric and an expanded US military presence in the region,",
    "as Netanyahu likely anticipated a stronger show of support for possible military action against Iran's nuclear "
    "infrastructure.",
    "signaling either a strategic pause or possibly a broader plan that prioritizes political leverage over immediate "
    "confrontation.",
    "Although Iran has never entirely ruled out dialogue with the West and had hoped for a diplomatic thaw, "
    "state-affiliated media outletboth at home and abroad.",
    "One scenario involves",
    "The other envisions",
    "The US maintains a sprawling military footprint across the Middle East - including",
    "In line with its asymmetric playbook,",
    "Gulf nations such as- key logistical and military allies of the US - could find themselves in the crosshairs.",
    "Another element in Tehran's deterrence playbook is- a critical choke point for global oil and LNG shipments.",
    "Unlike the US,",
]


def read_seed() -> str:
    return SEED.read_text(encoding="utf-8")


def split(text: str) -> list[str]:
    return [text[sentence.start : sentence.end] for sentence in split_sentences(text)]


def kinds(text: str) -> list[tuple[str, str]]:
    return [(sentence.kind, text[sentence.start : sentence.end]) for sentence in split_sentences(text)]


@pytest.mark.parametrize("sentence", WHOLE)
def test_whole_sentences_of_the_seed(sentence: str) -> None:
    assert ("sentence", sentence) in kinds(read_seed())


@pytest.mark.parametrize("fragment", CUT_OFF)
def test_fragments_of_the_seed(fragment: str) -> None:
    assert ("fragment", fragment) in kinds(read_seed())


def test_the_seed_has_no_other_fragments() -> None:
    assert [words for kind, words in kinds(read_seed()) if kind == "fragment"] == CUT_OFF


def test_the_separator_of_the_seed_is_no_sentence() -> None:
    assert ("boilerplate", "***") in kinds(read_seed())


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("He left in years.This is new.", ["He left in years.", "This is new."]),
        ("It was 2018.The talks began.", ["It was 2018.", "The talks began."]),
        ("Nobody came.he said so.", ["Nobody came.", "he said so."]),
        ('"It is done."The end came.', ['"It is done."', "The end came."]),
        ("“It is done.”The end came.", ["“It is done.”", "The end came."]),
        ("It ended badly.“We lost,” he said.", ["It ended badly.", "“We lost,” he said."]),
        ('It ended badly."We lost," he said.', ["It ended badly.", '"We lost," he said.']),
        ('It felt "good".The rest slept.', ['It felt "good".', "The rest slept."]),
        ("Who came?Nobody knows!But they did.", ["Who came?", "Nobody knows!", "But they did."]),
        ("He saw it...But he left.", ["He saw it...", "But he left."]),
        ("It happened in the U.S.The talks failed.", ["It happened in the U.S.", "The talks failed."]),
        ("They met at 5 p.m.The talks failed.", ["They met at 5 p.m.", "The talks failed."]),
        ("Praise for Trump.U.S. officials came.", ["Praise for Trump.", "U.S. officials came."]),
        ("See example.com.The talks failed.", ["See example.com.", "The talks failed."]),
        ("It is over.https://example.com/page?x=1", ["It is over.", "https://example.com/page?x=1"]),
        ("It is over.(Applause.) They left.", ["It is over.", "(Applause.)", "They left."]),
        ("described the meeting asIn an interview", ["described the meeting as", "In an interview"]),
        ("They trust TrumpThe others do not.", ["They trust Trump", "The others do not."]),
        ("It began in 2018The talks failed.", ["It began in 2018", "The talks failed."]),
        ("On Monday he said:The deal is off.", ["On Monday he said:", "The deal is off."]),
        ('On Monday he said:"The deal is off."', ['On Monday he said:"The deal is off."']),
        ("One is done. *** Two is done.", ["One is done.", "***", "Two is done."]),
        ("One is done. * * * Two is done.", ["One is done.", "* * *", "Two is done."]),
        ("Shut the f*** up, he said. They did.", ["Shut the f*** up, he said.", "They did."]),
    ],
)
def test_lost_boundaries(text: str, sentences: list[str]) -> None:
    assert split(text) == sentences


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Smith and Ms. Jones met Gen. B. Obama and then-Sen. Kerry on Jan. 5.",
        "Mr.Smith met J.K.Rowling and George W. Bush.",
        "The U.S.-based firm and the U.N. Security Council agreed.",
        "Sen. Dick Durbin, D-N.Y., and Rep. Ann Lee, R-S.C., agreed.",
        "It grew by 3.5 percent to $1.2 billion, i.e. more than e.g. Iran.",
        "They met at 5 p.m. ET on Monday and at 9 a.m. Tuesday.",
        "He uses Node.js, ASP.NET and README.TXT from example.com and Booking.com daily.",
        "Write to jane.Doe@example.com or see https://www.Example.com/A.Html today.",
        "The iPhone, eBay, YouTube, LinkedIn, McDonald, MacArthur, DeSantis, GmbH, LaTeX and easyJet fell.",
        "Tweets by @realDonaldTrump with #ThisIsIt went on.",
        '"Is it true?" he asked the minister.',
        '"We won!" the president said on Twitter.',
        "Donald Trump Jr.'s emails and the U.S.’s allies came.",
        "It was... well, complicated.",
        "True freedom ... to follow your own convictions is rare.",
        "They met in Paris,Texas last year.",
        "The pre- and post-war years were on- and off-again.",
        "2. Trump vs. Cruz is next.",
    ],
)
def test_no_false_boundaries(text: str) -> None:
    assert kinds(text) == [("sentence", text)]


@pytest.mark.parametrize(
    "text",
    [
        "The report said in its note:² it fell.",
        "They chose part:Ⅷ of it.",
        "It grew by,½ of a point.",
        "See item:① of 5.",
    ],
)
def test_digits_that_are_not_decimal_begin_no_sentence(text: str) -> None:
    assert kinds(text) == [("sentence", text)]


def test_weak_signs_count_only_beside_sure_ones() -> None:
    assert len(split("They met in the region,as planned.")) == 1
    dirty = "It rose in years.This fell.Then they met in the region,as planned by many wordsTrump said."
    assert split(dirty)[2:] == ["Then they met in the region,", "as planned by many words", "Trump said."]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("“We won,” he said. “It was great. We loved it.”", ["“We won,” he said.", "“It was great.", "We loved it.”"]),
        ('He left. "We won," she said. "All of us."', ["He left.", '"We won," she said.', '"All of us."']),
        ('"They came. They went."\n\nHe left.', ['"They came.', 'They went."', "He left."]),
        ('"They came. They went.\n"\n\nHe left.', ['"They came.', 'They went.\n"', "He left."]),
        ("(He left. She came.) They slept.", ["(He left. She came.)", "They slept."]),
    ],
)
def test_quotations_are_split_and_keep_their_marks(text: str, sentences: list[str]) -> None:
    assert split(text) == sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("War scenarios\nThe talks began on Monday.", ["War scenarios", "The talks began on Monday."]),
        ("- one thing\n- another thing", ["- one thing", "- another thing"]),
        ("1. One thing\r\n2. Another thing", ["1. One thing", "2. Another thing"]),
        (
            "The talks between the two nations began on\nMonday in Rome and ended without a result or\n"
            "Agreement of any kind, officials of both the\ncountries said. They will meet again in Oman\nin May.",
            [
                "The talks between the two nations began on\nMonday in Rome and ended without a result or\n"
                "Agreement of any kind, officials of both the\ncountries said.",
                "They will meet again in Oman\nin May.",
            ],
        ),
        ("One line\n\nAnother line", ["One line", "Another line"]),
        ("One line\n \t\nAnother line", ["One line", "Another line"]),
    ],
)
def test_line_ends(text: str, sentences: list[str]) -> None:
    assert split(text) == sentences


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("sentence", "It fell.the two delegations were housed there."),
        ("sentence", "It fell.he was glad."),
        ("fragment", "It fell.the largest buyer of Iranian oil."),
        ("fragment", "It fell.and the two delegations were housed there."),
        ("fragment", "It fell.when asked by reporters, offered an endorsement."),
        ("fragment", "It fell! offered a guarded endorsement."),
        ("sentence", "It fell. al-Qaida and von der Leyen were there."),
        ("sentence", "It fell. von der Leyen was there."),
        ("sentence", "It fell. iPhone sales rose."),
        ("fragment", "He went to the"),
        ("fragment", "He went to Rome,"),
        ("fragment", "The minister praised the. He left for the, and fell."),
        ("fragment", "The story goes on [...]"),
        ("fragment", "The story goes on… [+2345 chars]"),
        ("fragment", ", which fell."),
        ("sentence", "he went to rome and they were there."),
        ("fragment", "and then He went to Rome."),
    ],
)
def test_kind_of_the_last_sentence(kind: str, text: str) -> None:
    assert kinds(text)[-1][0] == kind


def check_offsets(text: str) -> None:
    """Asserts that sentences are in order, do not overlap, are trimmed, and cover all text except white space."""
    sentences = split_sentences(text)
    position = 0
    for sentence in sentences:
        assert not text[position : sentence.start].strip()
        assert position <= sentence.start < sentence.end
        words = text[sentence.start : sentence.end]
        assert words == words.strip()
        position = sentence.end
    assert not text[position:].strip()


PIECES = st.sampled_from(
    [
        *"aB1.!?…,:;-–—*_#@/()[]\"'“”‘’«» \n\r\t\f\v\0\x1c\x85\u2028\u200b\ufeff\ud800😀é",
        "The ",
        "years.This",
        "asIn ",
        "U.S.",
    ]
)


@given(st.lists(PIECES, max_size=60).map("".join))
@example('."')
@example("***")
@example("\ud800.\ud800")
@example(". . .\n. . .")
def test_offsets_hold_in_hostile_text(text: str) -> None:
    check_offsets(text)


@given(any_text())
@example("See note:² and he said:Ⅷ of them,½ of all.")
@example("۱.٢:③,½The")
@example("said:\u0301The said:ǅ")
@example("ﬁ.İt’s.ŉThe")
@example("years.This \u200bnote:\u200b² asIn")
def test_offsets_hold_in_any_text(text: str) -> None:
    check_offsets(text)


@given(st.integers(0, 7100), st.integers(0, 7100))
@settings(max_examples=50)
def test_offsets_hold_in_any_part_of_the_seed(start: int, end: int) -> None:
    check_offsets(read_seed()[min(start, end) : max(start, end)])


@given(st.lists(st.sampled_from([sentence for sentence in WHOLE if sentence[0].isupper()]), min_size=1, max_size=8))
def test_sentences_glued_in_any_order_come_apart(sentences: list[str]) -> None:
    assert kinds("".join(sentences)) == [("sentence", sentence) for sentence in sentences]


@pytest.mark.parametrize("text", ["", " ", "\n\r\n\t"])
def test_white_space_has_no_sentences(text: str) -> None:
    assert split_sentences(text) == []


def test_a_sentence_of_ten_thousand_characters() -> None:
    text = "They went " + "on and on " * 1_000 + "until it ended. Then they slept."
    assert split(text) == [text[:-17], "Then they slept."]


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit", ["“A. ", "«A. ", '"', "years.This", "asIn ", "(a. ", "* ", "x\n", "word ", "Aa.", "\n\n x"]
)
def test_long_texts_of_one_odd_thing_are_covered(unit: str) -> None:
    # Each of these once made a pattern take quadratic time; 80,000 characters would then take minutes.
    text = (unit * (80_000 // len(unit) + 1))[:80_000]
    inside = "".join(text[sentence.start : sentence.end] for sentence in split_sentences(text))
    assert "".join(inside.split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("The guild said the pier  \nwould open. It did.", ["The guild said the pier  \nwould open.", "It did."]),
        ("The guild said the pier\\\nwould open. It did.", ["The guild said the pier\\\nwould open.", "It did."]),
        (
            "The pier was opened on Monday by its old master  \nTora Vik of Osk.",
            ["The pier was opened on Monday by its old master  \nTora Vik of Osk."],
        ),
        ("One pier.  \nThe other pier.", ["One pier.", "The other pier."]),
        ("They use .NET and Java. The .NET team met.", ["They use .NET and Java.", "The .NET team met."]),
        ("He left for the .Net team. It won.", ["He left for the .Net team.", "It won."]),
        ("The pier was closed by  \nTora Vik. It is  \n90 years old.", 2),
        ("The pier,  \nOsk's oldest, was shut\\\nin May.", 1),
        ("The pier was opened  \nMonday by Tora Vik.", 1),
        ("Tora Vik  \nThe Osk Post", 2),
        ("Pier opened  \nThe pier was opened on Monday.", 2),
        ("Tora Vik, master of the pier in the town of Osk  \nPhoto: OP", 2),
        ("One pier was shut.\\\nAnother was not.", 2),
    ],
)
def test_a_hard_line_break_and_a_word_with_a_leading_stop_end_no_sentence(
    text: str, sentences: list[str] | int
) -> None:
    found = [text[s.start : s.end] for s in split_sentences(text)]
    assert (len(found) if isinstance(sentences, int) else found) == sentences


@pytest.mark.parametrize(
    "sentences",
    [
        "The pier is approx. 3.5 km long and weighs approx. a tenth of the old one.|It is new.",
        "It is est. 90 years old, max. $5 a night, min. -20 and max. +5 degrees.|Good.",
        "See vol. 3, vol. IV and fig. 7.|Tel. 555 12 answers.",
        "It costs 5 euros incl. tax and excl. 3 for the bag.|They paid.",
        "It opened in May.|Nobody came.",
        "It opened last May.|“Nobody came,” she said.",
        "“It opened on 3 May.”|Keller left.",
        "It opened in May.|400 people came.",
        "They met Theresa May.|Nobody came.|You may.|I will.",
        "He fell ill.|She loves art.|They met at the ark.|He left.",
        "On May. 5 it opened.|Nobody came.",
        "To the max.|I saw it.",
    ],
)
def test_an_abbreviation_before_a_number_ends_no_sentence_and_a_word_like_one_does(sentences: str) -> None:
    text = sentences.replace("|", " ")
    assert [text[s.start : s.end] for s in split_sentences(text)] == sentences.split("|")
