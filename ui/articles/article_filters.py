"""The filters above the list of articles: their form, and what the browser sends of them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from rag.core.schema import Scope
from rag.question.search_query import parse_search, write_query
from rag_ui.language.strings import Strings

Sort = Literal["newest", "oldest", "title"]

CHOICES = 200
"""Most authors, and most sections, that can be chosen."""
_NAMES = 10
"""Most people and places that can be chosen."""
_DAY = r"^(\d{4}-\d{2}-\d{2})?$"

_Name = Annotated[str, StringConstraints(min_length=1, max_length=1000)]
_Chosen = Annotated[tuple[_Name, ...], Field(strict=False, max_length=CHOICES)]
"""Names that were chosen. The browser sends a list, which is no tuple."""
_SEVERAL = Field(strict=False, max_length=_NAMES)


class Query(BaseModel):
    """The filters and order of the list, as the browser sends them. They are validated.

    Of several sources an article has one, and so with authors and sections; it names all people and places of `names`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    words: str = Field(default="", max_length=200)
    sources: _Chosen = ()
    authors: _Chosen = ()
    sections: _Chosen = ()
    names: Annotated[tuple[Annotated[str, StringConstraints(min_length=1, max_length=100)], ...], _SEVERAL] = ()
    since: str = Field(default="", pattern=_DAY)
    until: str = Field(default="", pattern=_DAY)
    sort: Sort = "newest"
    limit: int = Field(default=50, ge=1, le=1000)

    @property
    def scope(self) -> Scope | None:
        """The filters as a scope for questions; the words are left out."""
        scope = Scope(
            since=self.since or None,
            until=self.until or None,
            sources=self.sources,
            authors=self.authors,
            sections=self.sections,
            naming=self.names,
        )
        return None if scope == Scope() else scope

    @property
    def stated(self) -> Scope:
        """The filters by what articles state; the names are left out, which `sought` has."""
        return (self.scope or Scope()).model_copy(update={"naming": ()})

    @property
    def sought(self) -> str:
        """What is searched in the texts: the words, and the names as phrases. Empty if there are neither.

        Raises:
            QuestionError: If there are names, and the words can't be read as a search.
        """
        names = " AND ".join(f'"{name.replace(chr(34), " ")}"' for name in self.names)
        if not names or not self.words.strip():
            return names or self.words
        return f"({write_query(parse_search(self.words))}) AND {names}"


def read_query(sent: object) -> Query:
    """Reads the query that the browser sent. An invalid one asks for the newest articles."""
    try:
        return Query.model_validate(sent)
    except ValidationError:
        return Query()


def form(strings: Strings) -> str:
    """Renders the filters. They have no words of articles."""
    words = strings.words
    sorts = "".join(f'<option value="{name}">{words}</option>' for name, words in words.sorts.items())
    return f"""<form class="articles-filters" role="search">
    <label>{words.search_articles}
      <input type="search" name="words" maxlength="200" autocomplete="off" placeholder="{words.search_placeholder}">
    </label>
    <div class="row">
    {_choice("sources", words.source, words.all_sources, strings)}
    {_choice("authors", words.author, words.all_authors, strings, "hidden")}
    {_choice("sections", words.section, words.all_sections, strings, "hidden")}
    </div>
    <div class="row">
    <label>{words.since}<input type="date" name="since"></label>
    <label>{words.until}<input type="date" name="until"></label>
    <label>{words.sort}<select name="sort">{sorts}</select></label>
    </div>
  </form>"""


def _choice(field: str, label: str, every: str, strings: Strings, hidden: str = "") -> str:
    """A list of names of which several can be chosen. The browser fills it."""
    find = strings.words.list.find_name.format(list=label)
    return f"""<div class="choice" data-field="{field}" {hidden}>
      <span id="choice-{field}">{label}</span>
      <details>
        <summary aria-labelledby="choice-{field} chosen-{field}">
          <span id="chosen-{field}" class="choice-chosen" data-every="{every}" dir="auto">{every}</span>
        </summary>
        <div class="choice-list" role="group" aria-labelledby="choice-{field}">
          <input type="search" class="choice-find" aria-label="{find}" placeholder="{find}" autocomplete="off" hidden>
          <button type="button" class="choice-every" hidden>{every}</button>
          <ul></ul>
        </div>
      </details>
    </div>"""
