"""The schema of what several collections answer. Python, REST and the client use the same."""

from __future__ import annotations

from pydantic import Field

from rag.core.errors import Fact, RagError, Trouble
from rag.core.schema import Answer, Frozen


class CollectionProblem(Frozen):
    """Why a collection could not be asked."""

    title: str = Field(description="What is wrong.")
    detail: str = Field(default="", description="What to do about it.")
    reason: Trouble = Field(default="failed", description="The name of the fault, for other messages.")
    facts: dict[str, Fact] = Field(default={}, description="The numbers and names in the title.")

    @classmethod
    def of(cls, error: RagError) -> CollectionProblem:
        """Describes an error."""
        return cls(title=error.message, detail=str(error.remedy), reason=error.reason, facts=error.facts)

    @property
    def error(self) -> RagError:
        """The error that is described."""
        return RagError(self.title, self.reason, remedy=self.detail, **self.facts)


class CollectionAnswer(Frozen):
    """What one collection answers."""

    collection: str = Field(description="The name of the collection.")
    answer: Answer | None = Field(default=None, description="Its answer; null if it could not be asked.")
    problem: CollectionProblem | None = Field(default=None, description="Why it could not be asked; null if it could.")

    @property
    def answered(self) -> bool:
        """Whether its articles answer the question."""
        return self.answer is not None and self.answer.answered

    def __str__(self) -> str:
        return f"{self.collection}: {self.problem.error if self.problem else self.answer}"


class CollectionsAnswer(Frozen):
    """What several collections answer: first those that do, the most confident first; then the others by name."""

    question: str = Field(description="The question as it was asked.")
    collections: tuple[CollectionAnswer, ...] = Field(description="What each collection that was asked answers.")

    @property
    def answered(self) -> bool:
        """Whether the articles of any collection answer the question."""
        return any(each.answered for each in self.collections)

    def __str__(self) -> str:
        return "\n\n".join(map(str, self.collections))


def in_order(answers: list[CollectionAnswer]) -> tuple[CollectionAnswer, ...]:
    """Returns answers in the order in which they are shown."""

    def place(each: CollectionAnswer) -> tuple[bool, float, str]:
        confidence = each.answer.confidence if each.answer is not None and each.answered else 0.0
        return not each.answered, -confidence, each.collection

    return tuple(sorted(answers, key=place))
