"""How the page tells how many articles mention something, and what an article's fields state."""

from __future__ import annotations

from rag.core.schema import ArchiveCount, Period, StatedField
from rag_ui.chat.card import Cards
from rag_ui.language.strings import ENGLISH
from tests.ui.answers import Markup, answered

CARDS = Cards(ENGLISH)


def test_what_a_field_states_stands_above_the_quotes() -> None:
    told = StatedField(field="published", value="2024-10-01", article_id="a")
    markup = Markup(CARDS.answer_card(answered(form="article", stated=(told,))))
    assert f"Published: {ENGLISH.date('2024-10-01')}. The article’s text doesn’t say it" in markup.text


def test_a_count_stands_above_the_quotes_with_what_narrowed_it() -> None:
    counted = ArchiveCount(words='"Otto Keller"', author="Jane Doe", articles=12, mentions=31)
    period = Period(since="2024-10-01")
    markup = Markup(CARDS.answer_card(answered(form="count", count=counted, period=period)))
    since = ENGLISH.date("2024-10-01")
    assert f'12 articles mention "Otto Keller", by Jane Doe, since {since}, 31 times in all' in markup.text
    assert "mention" not in Markup(CARDS.answer_card(answered())).text
