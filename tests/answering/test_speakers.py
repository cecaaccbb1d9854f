"""The speaker of a quotation: stated if the text names one, guessed and marked if it nearly does, else unknown."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answering.asked_speaker import is_said_by, is_someone_else
from rag.answering.speakers import attribution_beside, attribution_of, with_introduction
from rag.core.article import Article
from rag.core.schema import Attribution
from rag.library import Library
from rag.text.segment import segment
from tests.any_text import any_text
from tests.libraries import write


def an_article(text: str) -> Article:
    return Article("id", "a.txt", "hash", text, "A title", sentences=segment(text))


MEETING = an_article("Anna Keller met Otto Lund, the mayor, and Otto Keller at the White House.")


def said_by(text: str, words: str) -> Attribution | None:
    start = text.index(words)
    found = attribution_of(an_article(text), start, start + len(words))
    assert found is None or found.name is None or text[found.start : found.end] == found.name
    return found


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ('Maria Keller said: "The bridge will open in May."', "The bridge", "Maria Keller"),
        ('"The bridge will open in May," said Maria Keller.', "The bridge", "Maria Keller"),
        (
            '"The bridge will open in May," Mayor Anna van der Berg told reporters.',
            "The bridge",
            "Mayor Anna van der Berg",
        ),
        ("Keller, the mayor since 2019, said that the bridge will open in May.", "the bridge will", "Keller"),
        ("According to the Harbour Board, the bridge will open in May.", "the bridge will", "the Harbour Board"),
        ("On Friday Keller said the bridge will open.", "the bridge", "Keller"),
        ('The ministry is wrong, Keller warned: "It will not open."', "It will", "Keller"),
        (
            'Keller said: "It opens in May. Nobody doubts that. We are ready." The crowd left.',
            "Nobody doubts",
            "Keller",
        ),
        ("In a letter, Keller writes that the bridge was lost.", "In a letter, Keller writes that", "Keller"),
        ('The White House described the plan as "very constructive".', "very", "The White House"),
    ],
)
def test_the_subject_of_a_verb_of_saying_is_the_speaker(text: str, words: str, name: str) -> None:
    found = said_by(f"It was a long day in the town. {text}", words)
    assert found is not None
    assert (found.name, found.guessed) == (name, False)


@pytest.mark.parametrize(
    "text",
    [
        "The bridge will open in May, after three years of work.",
        "But his record with Keller reported in the file is long.",
        'The "Old Bridge" was closed in March.',
        "An earlier version of this article said the bridge cost 14 million; it cost 12 million.",
        "We said on Monday that the bridge cost 14 million when we should have said 12 million.",
        "We should have said that the bridge cost 12 million, not 14 million.",
        "Correction: a previous version stated that the bridge opened in 1934.",
    ],
)
def test_the_article_speaks_in_its_own_voice(text: str) -> None:
    assert said_by(f"It was a long day in the town. {text}", text) is None


def test_what_an_article_says_of_another_one_has_a_speaker() -> None:
    found = said_by("The report said that the bridge cost 14 million. It was late.", "the bridge")
    assert found is not None
    assert found.name == "The report"
    assert said_by("We said that the bridge cost 14 million. It was late.", "the bridge") == Attribution()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Hotel owner Mari Dahl said the alarm worked.", "Mari Dahl"),
        ("The fire chief Eva Krog said it worked.", "Eva Krog"),
    ],
)
def test_a_role_before_the_name_hides_no_speaker(text: str, name: str) -> None:
    assert said_by(text, text) == Attribution(name=name, start=text.index(name), end=text.index(name) + len(name))


def test_a_pronoun_is_the_last_one_who_spoke_and_that_is_a_guess() -> None:
    text = 'Anna Keller said the bridge is safe. The work took years. "It opens in May," she added.'
    found = said_by(text, "It opens")
    assert found is not None
    assert (found.name, found.guessed) == ("Anna Keller", True)
    nobody = said_by('The work took three years. "It opens in May," she added.', "It opens")
    assert nobody == Attribution()


def test_a_torn_pull_quote_is_paired_with_the_sentence_that_breaks_off(seed_library: Library) -> None:
    article = seed_library.article(seed_library.articles()[0].id)
    found = []
    for words in ("They were held in a calm", "But nothing matters", "very positive and constructive"):
        start = article.text.index(words)
        found.append(attribution_of(article, start, start + len(words)))
    interview, endorsement, statement = found
    assert interview is not None
    assert (interview.name, interview.guessed) == ("Araghchi", True)
    assert interview.introduction == "In an interview with Iranian state television, he said:"
    assert endorsement is not None
    assert endorsement.name is None
    assert endorsement.introduction is not None
    assert endorsement.introduction.endswith("offered a guarded endorsement:")
    assert statement is not None
    assert (statement.name, statement.guessed) == ("The White House", False)


def test_only_a_speaker_named_by_the_text_is_someone_else() -> None:
    assert is_someone_else("Anna Keller", MEETING, Attribution(name="The White House"))
    assert not is_someone_else("Anna Keller", MEETING, Attribution(name="Mayor Keller"))
    assert is_someone_else("Anna Keller", MEETING, Attribution(name="Otto Lund", guessed=True))
    assert not is_someone_else(
        "Anna Keller", MEETING, Attribution(name="Otto Lund", guessed=True, introduction="He said:")
    )
    assert not is_someone_else("Anna Keller", MEETING, Attribution(name="the mayor"))
    assert not is_someone_else("Anna Keller", MEETING, Attribution())
    assert not is_someone_else("Anna Keller", MEETING, None)


def test_a_quotation_is_quoted_from_where_it_is_introduced() -> None:
    text = 'The day was long. Keller said: "It opens in May. Nobody doubts that." The crowd left.'
    article = an_article(text)
    start = text.index("Nobody")
    first, last = with_introduction(article, start, start + len('Nobody doubts that."'))
    assert text[first:last] == 'Keller said: "It opens in May. Nobody doubts that."'
    own = text.index("The crowd")
    assert with_introduction(article, own, len(text)) == (own, len(text))


@given(
    st.one_of(st.text(alphabet='ABa b.“”"\n:,said', max_size=120), any_text()), st.integers(0, 120), st.integers(0, 120)
)
def test_any_place_in_any_text_has_an_attribution_that_stands_in_it(text: str, one: int, other: int) -> None:
    article = an_article(text)
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    found = attribution_of(article, start, end)
    if found is not None and found.name is not None:
        assert text[found.start : found.end] == found.name
    first, last = with_introduction(article, start, end)
    assert (first <= start, last) == (True, end)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('"We open in May," said Humber company director Anna Keller.', "Anna Keller"),
        ('"We open in May," said engineer Anna Keller on Friday.', "Anna Keller"),
        ('"We open in May", said Anna Keller.', "Anna Keller"),
        ('"We open in May," said Anna Keller of the Hull–York Guild.', "Anna Keller of the Hull–York Guild"),
        ('"We open in May," said Keller late Friday.', "Keller"),
    ],
)
def test_the_speaker_behind_the_verb_is_found_behind_a_role(text: str, name: str) -> None:
    found = said_by(f"It was a long day. {text}", "We open")
    assert found is not None
    assert found.name == name


def test_words_are_someone_s_where_the_text_names_them_by_all_of_one_name() -> None:
    assert is_said_by("Anna Keller", MEETING, Attribution(name="Keller"))
    assert is_said_by("Mayor Keller", MEETING, Attribution(name="Anna Keller"))
    assert not is_said_by("Anna Keller", MEETING, Attribution(name="Otto Keller"))
    assert not is_said_by("Anna Keller", MEETING, Attribution(name="Keller", guessed=True))
    assert not is_said_by("Anna Keller", MEETING, Attribution())
    assert not is_said_by("Anna Keller", MEETING, None)


BRIDGE = """Bridge to open in May

The bridge over the Lune was closed for three years. The county paid for the work.

"This is the day we waited for," said county engineer Anna Keller. "Nobody was hurt."

"It cost too much," said Otto Keller, a councillor.
"""


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("What did Anna Keller say about the bridge?", '"This is the day we waited for," said county engineer'),
        ("What did Otto Keller say about the cost?", '"It cost too much," said Otto Keller, a councillor.'),
    ],
)
def test_what_someone_said_is_answered_with_their_words(tmp_path: Path, question: str, quote: str) -> None:
    write(tmp_path / "news" / "bridge.txt", BRIDGE)
    with Library.open(tmp_path / "index", create=True) as library:
        library.update(tmp_path / "news")
        answer = library.answer(question)
        nothing = library.answer("What did Anna Keller say about taxes in Portugal?")
    assert answer.answered, str(answer)
    assert answer.text.startswith(quote)
    assert answer.short_answer is None
    assert not nothing.answered


def test_two_pull_quotes_have_no_one_speaker(seed_library: Library) -> None:
    (summary,) = seed_library.articles()
    article = seed_library.article(summary.id)
    torn = [sentence for sentence in article.sentences if sentence.kind == "pull_quote"]
    first = attribution_of(article, torn[0].start, torn[0].end)
    both = attribution_of(article, torn[0].start, torn[-1].end)
    assert first is not None and first.name == "Araghchi"
    assert both is not None and (both.name, both.introduction) == (None, None)


@pytest.mark.parametrize(
    "between", ["The virus came from China.", "It hit North Korea.", "SARS was worse.", "The Harbour Council met."]
)
def test_a_pronoun_stands_for_no_place_organisation_or_acronym(between: str) -> None:
    found = said_by(f"Ada Voss spoke on Monday. {between} It spreads like flu, she said.", "It spreads")
    assert found is not None and (found.name, found.guessed) == ("Ada Voss", True)


def test_a_place_whose_name_people_have_may_be_a_person() -> None:
    found = said_by("Ada Voss spoke on Monday. At noon Jordan left. It spreads like flu, she said.", "It spreads")
    assert found is not None and found.name != "Ada Voss"


TOLD = (
    "The mill burnt down on Friday. The fire began in the roof, the police said. The owner wept. "
    'Mayor Ada Voss came at noon. "It is a loss," she said. Keller said that he would pay.'
)


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        ("The fire", "police said.", "the police"),
        ("The mill", "police said.", None),
        ("The mill", "The owner wept.", None),
        ("Mayor Ada", "she said.", "Mayor Ada Voss"),
        ("Keller said", "would pay.", "Keller"),
    ],
)
def test_a_line_beside_a_quote_claims_only_what_the_person_said(first: str, last: str, name: str | None) -> None:
    article = an_article(TOLD)
    found = attribution_beside(article, TOLD.index(first), TOLD.index(last) + len(last))
    assert (found and found.name) == name


def test_a_quote_of_two_named_speakers_names_nobody_beside_it() -> None:
    article = an_article(TOLD)
    assert attribution_beside(article, TOLD.index("Mayor Ada"), len(TOLD)) is None
