"""Tagged speeches name a speaker where the grammar names nobody, and nowhere else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rag.core.article import Article, TaggedSpeech
from rag.text.grammar.tagged_speeches import SpokenPart, speeches_of, spoken_parts
from rag.text.segment import segment
from tests.any_text import any_text

OPENED = "Maria Keller was pleased at the opening. “The bridge is safe and it is dry.” Others left early."


def tagged(text: str, *pairs: tuple[str, str]) -> Article:
    """An article in which these words were tagged with these sources."""
    speeches = []
    for words, source in pairs:
        start, name = text.index(words), text.index(source)
        speeches.append(TaggedSpeech(start, start + len(words), name, name + len(source)))
    return Article("id", "a.txt", "hash", text, "", sentences=segment(text), speeches=tuple(speeches))


def named(article: Article, words: str) -> set[str | None]:
    """The speakers named for these words; None for a speech without one."""
    place = article.text.index(words)
    around = [one for one in speeches_of(article) if one.start <= place < one.end]
    return {article.text[slice(*one.speaker)] if one.speaker else None for one in around}


def test_a_tagged_source_is_named_where_the_grammar_names_nobody() -> None:
    assert named(tagged(OPENED), "bridge is safe") == {None}
    words = "“The bridge is safe and it is dry.”"
    assert named(tagged(OPENED, (words, "Maria Keller")), "bridge is safe") == {"Maria Keller"}


def test_the_grammars_speaker_stays() -> None:
    text = "Keller met Lind. “The bridge is safe and it is dry,” said Lind."
    article = tagged(text, ("“The bridge is safe and it is dry,”", "Keller"))
    assert named(article, "bridge is safe") == {"Lind"}


def test_what_follows_the_name_is_left_out() -> None:
    text = "For Mayor Anna Berg, who opened it on Monday, the bridge is a gift to the town."
    article = tagged(text, ("the bridge is a gift to the town", "Mayor Anna Berg, who opened it on Monday"))
    assert named(article, "a gift") == {"Mayor Anna Berg"}


def test_a_name_is_taken_whole() -> None:
    text = "“A gift to the town” was how Mayor Anna Berg put it."
    assert named(tagged(text, ("“A gift to the town”", "Mayor")), "A gift") == {"Mayor Anna Berg"}


def test_a_tagged_thing_that_was_done_is_nobodys_words() -> None:
    text = "Keller on Tuesday admitted her guilt in eight murders."
    assert speeches_of(tagged(text, ("her guilt in eight murders", "Keller"))) == ()
    wished = "Keller urged the town to mend the bridge."
    assert named(tagged(wished, ("the town to mend the bridge", "Keller")), "the town") == {"Keller"}


def test_what_is_contrary_to_someones_words_is_not_theirs() -> None:
    text = "Contrary to what Keller told the town, the bridge is safe."
    assert speeches_of(tagged(text, ("the bridge is safe", "Keller"))) == ()


def test_a_tagged_pronoun_names_nobody() -> None:
    text = "Keller came late. To her the bridge is a gift to the town."
    (speech,) = speeches_of(tagged(text, ("the bridge is a gift to the town", "her")))
    assert (speech.speaker, speech.pronoun) == (None, (text.index("her"), text.index("her") + 3))


def test_words_in_marks_inside_a_tagged_statement_are_the_same_persons() -> None:
    text = "For Keller the bridge, “a gift that nobody had asked for in all these years”, came too late."
    words = "the bridge, “a gift that nobody had asked for in all these years”, came too late"
    assert named(tagged(text, (words, "Keller")), "nobody had asked") == {"Keller"}


def test_the_parts_have_the_words_of_the_name_without_titles() -> None:
    words = "“The bridge is safe and it is dry.”"
    text = OPENED.replace("Maria Keller", "Mayor Maria Keller")
    start = text.index(words)
    parts = list(spoken_parts(tagged(text, (words, "Mayor Maria Keller"))))
    assert SpokenPart(start, start + len(words), frozenset({"maria", "keller"})) in parts


def test_he_is_the_only_man_named_before() -> None:
    text = "Otto Keller opened the bridge. He said that it is safe."
    (part,) = spoken_parts(tagged(text))
    assert part.words == {"otto", "keller"}


@given(any_text(), st.lists(st.tuples(*[st.integers(0, 90)] * 4), max_size=5))
def test_any_intervals_give_speeches_inside_the_text(text: str, places: list[tuple[int, int, int, int]]) -> None:
    size = len(text)
    speeches = []
    for start, length, source, source_length in places:
        begin, name = min(start, size), min(source, size)
        speeches.append(TaggedSpeech(begin, min(size, begin + length), name, min(size, name + source_length)))
    article = Article("id", "a.txt", "hash", text, "", sentences=segment(text), speeches=tuple(speeches))
    for speech in speeches_of(article):
        assert 0 <= speech.start <= speech.end <= size
        for place in (speech.speaker, speech.pronoun):
            assert place is None or 0 <= place[0] < place[1] <= size
    assert all(0 <= part.start <= part.end <= size for part in spoken_parts(article))


def test_what_a_writer_tells_of_someones_mind_is_not_said() -> None:
    text = "It is odd that Keller really thought the bridge would hold for years."
    assert speeches_of(tagged(text, ("the bridge would hold for years", "Keller"))) == ()
    quoted = "Keller thought “the bridge would hold for years” on that day."
    assert named(tagged(quoted, ("“the bridge would hold for years”", "Keller")), "would hold") == {"Keller"}
