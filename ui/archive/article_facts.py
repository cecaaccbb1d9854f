"""What stands below the title of an article: authors, source, date and age."""

from __future__ import annotations

import datetime

from rag.core.article import Article
from rag_ui.language.strings import Strings, origin


def facts_of(article: Article, strings: Strings, today: datetime.date) -> list[str]:
    """Returns what is known of an article, in the page's language. Ages are counted from `today`."""
    date = strings.date(article.published) if article.published else None
    age = strings.age(article.published, today) if article.published else None
    facts = (article.byline, origin(article.source, article.path, article.url), date, age)
    return [fact for fact in facts if fact]
