"""Remembers what a conversation is about, so that a pronoun or "the deal" can be resolved.

Phrases are ranked by salience. A later question comes before an earlier one. Within a question the order is: what is
asked for, the subject, the object, and last what is inside other phrases. A name that surely fits a pronoun comes
before one that may fit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rag.conversation.persons import is_told_person
from rag.conversation.phrases import Phrase, answer_phrase, phrases_of, topic_of
from rag.conversation.sexes import ToldSexes
from rag.conversation.tags import tag
from rag.text.english.places import COMPANIES, LANDS
from rag.text.terms import terms

REACH = 6
"""Number of earlier questions that are remembered."""
_FULL_NAME = re.compile(r"[A-ZÀ-Þ][\w.’'-]*(?: [A-ZÀ-Þ][\w’'-]*)+")


@dataclass(frozen=True, slots=True)
class Exchange:
    """An earlier question and its answer.

    Attributes:
        question: The question, completed.
        answer: Its short answer; None without one.
        quotes: The quotes of the answer.
    """

    question: str
    answer: str | None = None
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """The phrases of one exchange.

    Attributes:
        phrases: The phrases of the question, in order.
        answer: What the short answer names, if anything.
        quoted: The people named in the quotes, and names that may be people's.
        date: The date that the answer or the question names, if any.
        asked: The question's text.
    """

    phrases: tuple[Phrase, ...]
    answer: Phrase | None
    quoted: tuple[Phrase, ...]
    date: Phrase | None
    asked: str


def said_in(exchange: Exchange) -> Said:
    """Finds the phrases of an exchange.

    Of the quotes only people are kept, because pronouns seldom refer to other things in a quote.

    Args:
        exchange: The exchange.
    """
    answer = answer_phrase(exchange.answer, exchange.question) if exchange.answer else None
    phrases = tuple(phrases_of(exchange.question))
    quotes = exchange.quotes if phrases or answer else ()  # what a question about nothing found is not talked about
    people = (p for quote in quotes for p in _names_in(quote) if p.fits & {"he", "she"})
    return Said(phrases, answer, tuple(people), _date(exchange), exchange.question)


def _names_in(quote: str) -> Iterator[Phrase]:
    """The names in a quote, also those beside a noun: `the thief Toma Selk`. Of two joined names, each is one."""
    for phrase in phrases_of(f", {quote}"):
        inside = _FULL_NAME.findall(phrase.text) if " and " in phrase.text or not phrase.named else [phrase.text]
        yield from (name for text in inside for name in phrases_of(f", {text}") if name.named)


def _date(exchange: Exchange) -> Phrase | None:
    """The day, month or year that the answer names, or else the question."""
    for text in filter(None, (exchange.answer, exchange.question)):
        times = [token for token in tag(f", {text}") if token.tag == "time"]
        if times and any(character.isdigit() for token in times for character in token.text):
            start, end = times[0].start - 2, times[-1].end - 2
            return Phrase(text[start:end], times[-1].text, frozenset(), "inner", (0, 0))
    return None


class Memory:
    """The latest exchanges of a conversation, as phrases.

    Args:
        history: The exchanges, oldest first. The last REACH are used.
        sexes: Tells by the articles who is a man or a woman.
    """

    def __init__(self, history: Sequence[Exchange], sexes: ToldSexes) -> None:
        self._said = [said_in(exchange) for exchange in reversed(history[-REACH:])]
        self._texts = [text for past in history[-REACH:] for text in (past.question, *past.quotes)]
        self._sexes = sexes

    @property
    def answer(self) -> Phrase | None:
        """What the latest short answer names, if anything."""
        return self._said[0].answer if self._said else None

    def antecedent(self, pronoun: str, used: Sequence[Phrase]) -> Phrase | None:
        """Finds what a pronoun most probably refers to.

        Args:
            pronoun: "he", "she", "it", "they" or "there".
            used: Phrases that other pronouns of the question refer to; they are left out.

        Returns:
            The phrase; None if none fits.
        """
        taken = {phrase.text for phrase in used}
        every = map(self._with_sexes, self._said) if pronoun in ("he", "she", "it") else self._said
        for said in every:
            fitting = [p for p in _ranked(said, pronoun) if pronoun in p.fits and p.text not in taken]
            if pronoun == "it":
                fitting = [p for p in fitting if not self._is_person(p)]
            if fitting:
                return fitting[0]
        return None

    def _is_person(self, phrase: Phrase) -> bool:
        """Whether a phrase is surely a person: by its words, or by what is told of the name."""
        if not phrase.fits & {"he", "she"}:
            return False
        return "it" not in phrase.fits or (phrase.named and is_told_person(phrase.text, self._texts))

    def _with_sexes(self, said: Said) -> Said:
        """The same, where a person whose sex the articles tell fits only that pronoun."""
        answer = said.answer and self._with_sex(said.answer)
        quoted = (phrase for phrase in map(self._with_sex, said.quoted) if phrase.fits <= {"he", "she"})
        return replace(said, phrases=tuple(map(self._with_sex, said.phrases)), answer=answer, quoted=tuple(quoted))

    def _with_sex(self, phrase: Phrase) -> Phrase:
        sex = self._sexes.of(phrase.text) if phrase.named and phrase.fits & {"he", "she"} else None
        return replace(phrase, fits=frozenset({sex})) if sex else phrase

    def headed(self, head: str) -> Phrase | None:
        """Finds the phrase that a noun is short for: "the deal" for "the fishing deal".

        Args:
            head: The noun, in lower case.

        Returns:
            The latest phrase that fits; None if there is none. If the noun was asked for and the answer names it, the
            phrase is the answer.
        """
        wanted = terms(head)
        for said in self._said:
            asked = any(p.role == "asked" and terms(p.head) == wanted for p in said.phrases)
            if asked and said.answer is not None and said.answer.named:
                return said.answer
            every = [p for p in (*said.phrases, said.answer) if p is not None]
            same = [p for p in every if p.head.lower() == head.lower() and " " in p.text]
            if same:
                return max(same, key=lambda p: len(p.text))
        return self._of_class(head)

    def counted(self) -> str | None:
        """Returns what the latest question counted: "people" of "how many people"; None if it counted nothing."""
        asked = [p for said in self._said[:1] for p in said.phrases if p.role == "asked" and "they" in p.fits]
        return asked[0].text if asked else None

    def matter(self) -> Phrase | None:
        """Finds the topic of the conversation: the latest definite thing that is not a person.

        Returns:
            The phrase. Without a definite thing, what the latest question found, or else the main phrase of the latest
            question that has one; None without a thing.
        """
        for said in self._said:
            things = [p for p in said.phrases if p.definite and not p.fits & {"he", "she"} and p.says_much]
            if things:
                return max(things, key=lambda p: (not p.named or " of " in p.text, p.role != "inner", len(p.text)))
        for said in self._said:
            things = [p for p in said.phrases if not self._is_person(p) and not _may_be_person(p)]
            if (topic := topic_of(things)) is not None:
                return topic
        return None

    def found(self) -> Phrase | None:
        """Returns the thing that the latest question asked for and the answer names: "a new pier"; None without one."""
        answer = self.answer
        if answer is None or answer.fits & {"he", "she"} or "it" not in answer.fits or "there" in answer.fits:
            return None
        asked = self._said[0].asked.lower().startswith(("what", "which"))
        is_thing = answer.definite or answer.text.lower().startswith(("a ", "an "))
        return answer if asked and is_thing else None

    def date(self) -> Phrase | None:
        """Returns the latest date of the conversation, as it was written; None without one."""
        return next((said.date for said in self._said if said.date is not None), None)

    def gist(self, question: str) -> str:
        """Lists the latest things of the conversation, without those in this question: "the court, the abortion pill".

        Args:
            question: The text of this question.

        Returns:
            The things, with commas; empty if the conversation has none.
        """
        for said in self._said:
            outer = [p for p in said.phrases if p.says_much and p.role != "asked" and p.text not in question]
            texts = [p.text for p in outer if not any(p is not q and p.text in q.text for q in said.phrases)]
            if texts:
                return ", ".join(dict.fromkeys(texts))
        return ""

    def _of_class(self, head: str) -> Phrase | None:
        """The latest company for a noun such as "company", or the latest place for a noun such as "city"."""
        for said in self._said:
            for phrase in (*said.phrases, *([said.answer] if said.answer else [])):
                place = "there" in phrase.fits
                if phrase.named and ((head in LANDS and place) or (head in COMPANIES and _is_company(phrase))):
                    return phrase
        return None


def _is_company(phrase: Phrase) -> bool:
    return "it" in phrase.fits and "there" not in phrase.fits


def _ranked(said: Said, pronoun: str) -> Iterator[Phrase]:
    """Yields the phrases of an exchange, the most probable for the pronoun first."""
    rows = [(_weight(p, said, pronoun), number, p) for number, p in enumerate(said.phrases)]
    if said.answer is not None:
        rows.append((_answer_weight(said, pronoun), len(rows), said.answer))
    rows += [(9.0, 100 + number, p) for number, p in enumerate(said.quoted)]
    for _, _, phrase in sorted(rows, key=lambda row: (row[0], row[1])):
        yield replace(phrase, text=f"the {phrase.text}") if _counted(phrase, said) else phrase


def _weight(phrase: Phrase, said: Said, pronoun: str) -> float:
    weight = {"asked": 0.0, "subject": 1.0, "object": 2.0, "inner": 4.0}[phrase.role]
    if pronoun == "there":
        return 4.0 - weight
    if phrase.role == "asked" and said.answer is not None and said.answer.named:
        weight = 8.0
    # In "Iran's fleet" the owner stays the topic.
    owning = 3.0 * (phrase.role != "asked" and any(mark in phrase.text for mark in ("'s ", "’s ", "s' ")))
    unsure = len(phrase.fits & {"he", "she", "it", "they"}) > 1 and "it" in phrase.fits and pronoun in ("he", "she")
    plain = not phrase.named and pronoun in ("he", "she")
    place = "there" in phrase.fits and pronoun == "it" and phrase.role == "inner"
    # In "homes lost power" the noun belongs to the verb.
    bare = 3.0 * (pronoun == "it" and phrase.role == "object" and not phrase.named and _is_bare(phrase))
    demoted = 6.0 * (not phrase.says_much) + 6.0 * (pronoun == "it" and _may_be_person(phrase))
    return weight + owning + 2.5 * unsure + 2.0 * place + plain + bare + demoted


def _is_bare(phrase: Phrase) -> bool:
    """Whether a noun has no article or other word before it."""
    return phrase.text.split()[0].lower() == phrase.head.lower()


def _may_be_person(phrase: Phrase) -> bool:
    """Whether a person may have the name: it has several words and no "the". Then "it" stands for others first."""
    return phrase.named and not phrase.definite and " " in phrase.text and bool(phrase.fits & {"he", "she"})


def _answer_weight(said: Said, pronoun: str) -> float:
    """The rank of the answer: before what a noun asked for ("which vaccine"), otherwise after the subject."""
    if pronoun == "there" or any(p.role == "asked" and pronoun in p.fits for p in said.phrases):
        return -1.0
    return 1.5 if pronoun in ("he", "she") else 3.0


def _counted(phrase: Phrase, said: Said) -> bool:
    """Whether the phrase was counted: after "how many refugees" it is "the refugees"."""
    return phrase.role == "asked" and "they" in phrase.fits and not phrase.definite
