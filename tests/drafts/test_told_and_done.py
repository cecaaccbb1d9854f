"""What an article tells only as planned, hoped or asked states nothing, nor does it if who did what is turned round.

Each row has a sentence of an article, and a statement of a draft.
"""

from __future__ import annotations

import pytest

from rag.core.article import Article
from rag.drafts.comparing import compare
from rag.drafts.draft import read_statements
from rag.drafts.evidence import Window
from rag.drafts.results import Verdict
from rag.drafts.verdicts import Evidence, judge
from rag.text.grammar.unrealised import find_unrealised
from rag.text.segment import segment

CANAL = "Around 20% of the world's tin and more than 30% of all cut timber passes through the canal."
TIMBER_FIRST = "More than 30% of all cut timber and around 20% of the world's tin passes through the canal."
NOT_DONE = """
plans to meet|will meet|is set to meet|is due to meet|hopes to meet|is to meet|refused to meet|is considering meeting
spoke of plans for meeting|cancelled a planned meeting with|is preparing for a meeting with|asked for a meeting with
arrived ahead of a meeting with|denied meeting|denied that he met|was asked whether he met|was accused of meeting
offered to meet|failed to meet|left without meeting|was close to meeting|nearly met|thinks that he met|would have met
"""
"""What Moe did about Vik in place of meeting him."""
TOLD_OTHERWISE = """
Moe predicted that Vik would win the vote in Osk. | Vik won the vote in Osk.
Polls predicted Vik's victory in Osk. | Vik won in Osk.
Moe repeated her prediction of victory for Vik in Osk. | Vik won in Osk.
Vik hopes for a victory in Osk. | Vik won in Osk.
Vik needs a win in Osk. | Vik won in Osk.
Moe urged Vik to sign the bill on guns. | Vik signed the bill on guns.
Moe demanded that Vik resign over the bridge. | Vik resigned over the bridge.
Moe called for the resignation of Vik over the bridge. | Vik resigned over the bridge.
The company threatened to close the plant in Osk. | The company closed the plant in Osk.
The council debated a bill to ban guns in Osk. | The council banned guns in Osk.
Moe plans a visit to Osk in June. | Moe visited Osk in June.
Moe will attack Osk in June. | Moe attacked Osk in June.
Moe came close to winning the vote in Osk. | Moe won the vote in Osk.
Moe left without winning the vote in Osk. | Moe won the vote in Osk.
Moe narrowly missed being elected mayor of Osk. | Moe was elected mayor of Osk.
If Moe wins Osk, Vik will resign. | Vik resigned.
Had Moe won Osk, Vik would have resigned. | Moe won Osk.
Moe was acquitted of killing Vik in Osk. | Moe killed Vik in Osk.
The court's release of Vik is planned for June. | The court released Vik in June.
Vik's defeat to Lind in Osk came late. | Vik defeated Lind in Osk.
Vik's defeat by Lind in Osk came late. | Vik defeated Lind in Osk.
Lind spoke of her defeat to Vik in Osk. | Lind defeated Vik in Osk.
Vik suffered a defeat in Osk against Lind. | Vik defeated Lind in Osk.
The defeat of Vik by Lind in Osk was a surprise. | Vik defeated Lind in Osk.
Lind conceded defeat to Vik in Osk. | Lind defeated Vik in Osk.
Vik was defeated by Lind in Osk. | Vik defeated Lind in Osk.
Vik, who was beaten by Lind in Osk, resigned. | Vik beat Lind in Osk.
Vik's victory over Lind in Osk was close. | Lind's victory over Vik in Osk was close.
Vik won a victory over Lind in Osk. | Lind won in Osk.
Vik lost the vote in Osk to Lind. | Lind lost the vote in Osk to Vik.
The murder of Vik by Lind shocked Osk. | Vik murdered Lind.
Vik was replaced by Lind as mayor of Osk. | Vik replaced Lind as mayor of Osk.
Hours before the polls closed, Vik left Lind, who led the Osk inquiry. | Vik shut down the Osk inquiry.
Osk says it warned the ship ten times. | Osk warned the ship ten times.
"""
STATED = """
Moe met Vik in Osk on Monday. | On Monday Moe met with Vik in Osk.
Moe plans to meet Vik in Osk. | Moe plans to meet Vik in Osk.
Moe was forced to resign in Osk. | Moe resigned in Osk.
Vik went on to win the cup in Osk. | Vik won the cup in Osk.
Moe predicted that Vik would win the vote in Osk. | Moe predicted that Vik would win the vote in Osk.
Vik, who hopes to win in June, visited Osk. | Vik visited Osk.
The plan for a bridge was approved in Osk. | The plan for a bridge was approved in Osk.
Vik planned the attack that killed Lind in Osk. | Vik planned the attack that killed Lind in Osk.
Lind was defeated by Vik in Osk. | Vik defeated Lind in Osk.
Vik's defeat of Lind in Osk came late. | Vik defeated Lind in Osk.
The defeat of Lind by Vik in Osk came late. | Vik defeated Lind in Osk.
Lind's defeat to Vik in Osk was close. | Lind's defeat to Vik in Osk was close.
Vik's victory over Lind in Osk was close. | Vik won over Lind in Osk.
Vik won the vote in Osk after beating Lind. | Vik won the vote in Osk.
Vik closed the Osk inquiry on Monday. | On Monday Vik shut down the Osk inquiry.
The Osk inquiry was closed by Vik. | Vik shut down the Osk inquiry.
In Osk, Lind lost to Vik. | Lind lost to Vik in Osk.
"""


def evidence(stated: str, draft: str) -> Evidence:
    """What one or two sentences of an article say of a statement."""
    article = Article("news", "news", "", stated, "The news", sentences=tuple(segment(stated)))
    (statement,) = read_statements(draft)
    return judge(statement, compare(statement.told, Window(article, 0, len(article.sentences))))


def verdict(stated: str, draft: str) -> Verdict:
    """The verdict on a statement."""
    return evidence(stated, draft).verdict


def rows(table: str) -> list[tuple[str, ...]]:
    return [tuple(part.strip() for part in line.split(" | ")) for line in table.strip().splitlines()]


@pytest.mark.parametrize("words", [words for line in NOT_DONE.strip().splitlines() for words in line.split("|")])
def test_what_was_not_done_is_not_stated_as_done(words: str) -> None:
    sentence = f"Moe {words} Vik in Osk on Monday."
    assert verdict(sentence, "Moe met Vik in Osk on Monday.") != "stated"
    assert verdict(sentence, sentence) == "stated"


@pytest.mark.parametrize(("sentence", "statement"), rows(TOLD_OTHERWISE))
def test_what_is_told_otherwise_is_not_stated(sentence: str, statement: str) -> None:
    assert verdict(sentence, statement) != "stated"


def test_a_denial_ends_with_its_sentence() -> None:
    stated = "Moe denied that the pier was sold. Had they agreed, the bridge would have opened in March."
    article = Article("news", "news", "", stated, "The news", sentences=tuple(segment(stated)))
    (statement,) = read_statements("The bridge opened in March.")
    assert judge(statement, compare(statement.told, Window(article, 0, 2))).verdict == "partly"


@pytest.mark.parametrize(("sentence", "statement"), rows(STATED))
def test_what_is_told_in_other_words_is_stated(sentence: str, statement: str) -> None:
    assert verdict(sentence, statement) == "stated"


@pytest.mark.parametrize(
    ("sentence", "scopes"),
    [
        ("She plans a visit to the port, and he stays.", [" visit to the port"]),
        ("The hope of victory was gone.", [" victory "]),
        ("The plan was approved on Monday.", []),
        ("On Monday her visit was planned for June.", [" June.", "On Monday her visit "]),
        ("He planned the attack that killed two.", [" attack "]),
    ],
)
def test_what_is_not_told_as_done_ends_with_its_clause(sentence: str, scopes: list[str]) -> None:
    assert [sentence[start:end] for start, end in find_unrealised(sentence)] == scopes


@pytest.mark.parametrize("stated", [CANAL, TIMBER_FIRST])
def test_a_figure_is_compared_with_that_of_the_same_thing(stated: str) -> None:
    found = evidence(stated, "Around 25% of the world's tin passes through the canal.")
    (part,) = [part for part in found.parts if part.kind == "figure"]
    assert (found.verdict, part.status) == ("stated_otherwise", "otherwise")
    assert part.place is not None
    assert stated[slice(*part.place)].lower() == "around 20%"
    assert verdict(stated, "Around 20% of the world's tin passes through the canal.") == "stated"


def test_a_word_of_the_statement_alone_makes_no_plan_of_what_is_told() -> None:
    stated = "With Ida Moe fired, Per Vik has become the acting head of the port."
    found = evidence(stated, "Per Vik became acting head of the port after Ida Moe was fired.")
    assert (found.verdict, found.remark) == ("partly", "unclear")


def test_a_condition_in_another_sentence_makes_no_plan_of_what_is_told() -> None:
    stated = "With Ida Moe fired, Per Vik has become the acting head of the port. Vik asked whether it snowed."
    found = evidence(stated, "Per Vik became acting head of the port after Ida Moe was fired.")
    assert (found.verdict, found.remark) == ("partly", "unclear")
