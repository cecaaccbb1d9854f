"""What the tools of agents return: quotes with their places, each with a line that can be printed."""

from __future__ import annotations

from pydantic import Field

from rag.client.schemas import StoredArticle
from rag.core.answer_kinds import REASONS
from rag.core.citation import Citation, day_told
from rag.core.schema import Answer, Frozen, tell_count
from rag.core.search_results import FoundArticle, SearchResult
from rag.doors.citation_line import citation_line
from rag.drafts.results import CheckedStatement, DraftCheck, PartStatus, Verdict, note_of
from rag.said.results import Said, Statement
from rag.verification.results import QuoteDifference, QuotePlace, QuoteStatus, Verification

SILENT = "The articles don't say. Tell the user so, and give no answer from elsewhere as if it came from here."
"""What an agent is told where there is no answer."""


class AgentQuote(Frozen):
    """Words of an article, letter for letter, and where they stand."""

    quote: str = Field(description="The words. Repeat them to the letter, or not at all.")
    citation: str = Field(description="The quote, who says it, and the article, as a line fit to print.")
    said_by: str | None = Field(
        default=None, description="Who says the words in the article; null for its own words or an unknown speaker."
    )
    article_id: str = Field(description="The article's id, for read_article.")
    content_hash: str = Field(description="The version of the article that has these words.")
    start: int = Field(description="Start offset in the article's text, in characters.")
    end: int = Field(description="End offset, exclusive.")
    published: str | None = Field(default=None, description="The article's date.")


class AskResult(Frozen):
    """The answer to a question."""

    answered: bool = Field(description="Whether the articles answer the question. If not, say so and stop.")
    note: str = Field(description="What to do with this result.")
    short_answer: str | None = Field(default=None, description="The answer in a few words, from the first quote.")
    day: str | None = Field(default=None, description="The day that a relative short answer (`yesterday`) means.")
    confidence: float = Field(description="The probability that the quotes tell what is asked.")
    quotes: tuple[AgentQuote, ...] = Field(default=(), description="The answer.")
    other_answers: tuple[AgentQuote, ...] = Field(
        default=(), description="Quotes that answer otherwise. Tell the user of them too."
    )
    nearest: tuple[AgentQuote, ...] = Field(
        default=(), description="Quotes near the question. They are no answer; never present them as one."
    )


class AgentSearch(Frozen):
    """The articles that a search found."""

    articles: int = Field(description="Number of articles that fit.")
    quotes: tuple[AgentQuote, ...] = Field(description="Their best places, those of the best article first.")


class AgentStatement(AgentQuote):
    """Words of a person."""

    direct: bool = Field(description="Whether words stand in quotation marks. Otherwise the article reports them.")


class AgentSaid(Frozen):
    """What a person says."""

    name: str = Field(description="The person's name.")
    note: str = Field(description="What to do with this result.")
    statements: tuple[AgentStatement, ...] = Field(description="The person's statements, the newest last.")
    unclear: tuple[AgentStatement, ...] = Field(
        default=(), description="Statements by someone of this family name. Never present them as the person's."
    )
    more: bool = Field(description="Whether there are older statements, or with a topic lesser ones.")
    others: tuple[str, ...] = Field(default=(), description="Other people of this family name who speak.")


class AgentArticle(Frozen):
    """A part of an article's text."""

    article: StoredArticle = Field(description="The article. Its text is the part from `start` to `end`.")
    citation: str = Field(description="The first words of this part and the article, as a line fit to print.")
    start: int = Field(description="Start offset of this part in the whole text, in characters.")
    end: int = Field(description="End offset of this part.")
    length: int = Field(description="Characters of the whole text.")


class AgentVerification(Frozen):
    """What is true of a quote."""

    quote: str = Field(description="The quote that was checked.")
    may_be_used: bool = Field(description="Whether an article says this now, letter for letter. If not, do not use it.")
    status: QuoteStatus = Field(description="`exact`, `moved`, `changed`, `nearly` or `absent`.")
    note: str = Field(description="The result as a sentence.")
    places: tuple[AgentQuote, ...] = Field(description="The article's own words: the quote's, or the most similar.")
    differences: tuple[QuoteDifference, ...] = Field(description="How the quote differs from them.")


class AgentVerifications(Frozen):
    """The results of a check."""

    all_may_be_used: bool = Field(description="Whether all of the quotes may be used.")
    results: tuple[AgentVerification, ...] = Field(description="A result for each quote, in their order.")


class AgentPart(Frozen):
    """A part of a statement that the archive does not have, or has otherwise."""

    words: str = Field(description="The words of the draft.")
    status: PartStatus = Field(description="`otherwise` or `not_found`.")
    stated: str | None = Field(default=None, description="What the first quote says instead.")


class AgentStatementCheck(Frozen):
    """What the archive says of a sentence of a draft."""

    statement: str = Field(description="The sentence.")
    verdict: Verdict = Field(description="`stated`, `stated_otherwise`, `partly` or `not_found`.")
    note: str = Field(description="The result in a few sentences.")
    parts: tuple[AgentPart, ...] = Field(default=(), description="What differs, and what is not there.")
    quotes: tuple[AgentQuote, ...] = Field(default=(), description="The archive's own words, the best first.")


class AgentDraft(Frozen):
    """The result of a check of a draft."""

    note: str = Field(description="How many sentences have each verdict.")
    statements: tuple[AgentStatementCheck, ...] = Field(description="The sentences that state something, in order.")


def draft_result(checked: DraftCheck) -> AgentDraft:
    """Makes the result of a check of a draft."""
    return AgentDraft(note=checked.summary, statements=tuple(map(_checked_statement, checked.statements)))


def _checked_statement(checked: CheckedStatement) -> AgentStatementCheck:
    return AgentStatementCheck(
        statement=checked.statement,
        verdict=checked.verdict,
        note=note_of(checked),
        parts=tuple(
            AgentPart(words=part.words, status=part.status, stated=part.stated)
            for part in checked.parts
            if part.status != "stated"
        ),
        quotes=tuple(map(quote_of, checked.citations)),
    )


def quote_of(quoted: Citation | QuotePlace) -> AgentQuote:
    """Makes the quote of a citation or a place."""
    said_by = quoted.said_by if isinstance(quoted, Citation) else None
    return AgentQuote(
        quote=quoted.quote,
        citation=citation_line(quoted),
        said_by=said_by.name if said_by and not said_by.guessed else None,
        article_id=quoted.article_id,
        content_hash=quoted.content_hash,
        start=quoted.start,
        end=quoted.end,
        published=quoted.published,
    )


def ask_result(answer: Answer) -> AskResult:
    """Makes the result of a question. Several questions in one text are told as one."""
    parts = answer.parts or (answer,)
    if not any(part.answered for part in parts):
        reason = tell_count(answer) or REASONS[answer.reason or "below_threshold"]
        nearest = tuple(quote_of(citation) for part in parts for citation in part.near_misses)
        return AskResult(answered=False, note=f"{SILENT} ({reason})", confidence=answer.confidence, nearest=nearest)
    silent = [part.question for part in parts if not part.answered]
    note = "Answer with these quotes and their citations. Change no letter of a quote, and add nothing to what it says."
    if silent:
        note += f" The articles don't say: {' '.join(silent)}"
    others = (citation for part in parts for other in part.other_answers for citation in other.citations)
    return AskResult(
        answered=True,
        note=" ".join(filter(None, (tell_count(answer), note))),
        short_answer=answer.short_answer,
        day=day_told(answer.citations),
        confidence=answer.confidence,
        quotes=tuple(quote_of(citation) for part in parts for citation in part.citations),
        other_answers=tuple(map(quote_of, others)),
    )


def search_result(result: SearchResult) -> AgentSearch:
    """Makes the result of a search."""
    return AgentSearch(
        articles=result.articles, quotes=tuple(quote for found in result.found for quote in _snippets(found))
    )


def said_result(said: Said) -> AgentSaid:
    """Makes the result of a question for a person's statements."""
    note = "Repeat the quotes to the letter, with their citations."
    if not said.statements:
        whose = f"about {said.name}" if said.by_others else f"of {said.name}"
        note = f"The articles have no statement {whose} here. Say so, and give none from elsewhere."
    return AgentSaid(
        name=said.name,
        note=note,
        statements=tuple(map(_statement, said.statements)),
        unclear=tuple(map(_statement, said.unclear)),
        more=said.more,
        others=said.others,
    )


def _statement(statement: Statement) -> AgentStatement:
    return AgentStatement(**dict(quote_of(statement)), direct=statement.direct)


def _snippets(found: FoundArticle) -> list[AgentQuote]:
    shared = found.model_dump(include={"article_id", "content_hash", "title", "path", "source", "url", "byline"})
    return [
        quote_of(
            QuotePlace(
                **shared,
                published=found.published,
                page=snippet.page,
                start=snippet.start,
                end=snippet.end,
                quote=snippet.text,
            )
        )
        for snippet in found.snippets
    ]


def part_of(article: StoredArticle, start: int, most: int) -> AgentArticle:
    """Cuts a part out of an article's text, from `start` on, of at most `most` characters."""
    text, length = article.text[start : start + most], len(article.text)
    lead = text.strip().partition("\n")[0]
    at = start + text.find(lead)
    place = QuotePlace(
        **article.model_dump(exclude={"id", "section", "language", "fields", "text", "original"}),
        article_id=article.id,
        start=at,
        end=at + len(lead),
        quote=lead,
    )
    part = article.model_copy(update={"text": text})
    return AgentArticle(
        article=part, citation=citation_line(place), start=start, end=min(start + most, length), length=length
    )


def verification_of(checked: Verification) -> AgentVerification:
    """Makes the result of a check of one quote."""
    places = (checked.now,) if checked.now else checked.places
    return AgentVerification(
        quote=checked.quote,
        may_be_used=checked.stands,
        status=checked.status,
        note=checked.note,
        places=tuple(map(quote_of, places)),
        differences=checked.differences,
    )
