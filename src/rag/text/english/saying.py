"""Verbs of saying, and the words that ask for what someone said."""

from __future__ import annotations

_REPORTING = (
    "say says said|tell tells told|add adds added|warn warns warned|argue argues argued|write writes wrote"
    "|explain explains explained|- notes noted|- states stated|insist insists insisted|- replies replied"
    "|stress stresses stressed|emphasise emphasises emphasised|emphasize emphasizes emphasized|- testifies testified"
    "|report reports reported|acknowledge acknowledges acknowledged|admit admits admitted"
)
_REPORTING_THAT = "claim claims claimed|announce announces announced|- denies denied"
_QUOTING = (
    "ask asks asked|declare declares declared|tweet tweets tweeted|- - posted|recall recalls recalled"
    "|- continues continued|- concludes concluded|remark remarks remarked|comment comments commented"
    "|call calls called|describe describes described|- echoes echoed|urge urges urged|promise promises promised"
    "|vow vows vowed|predict predicts predicted|underline underlines underlined|criticize criticizes criticized"
)


def _forms(table: str) -> tuple[str, ...]:
    """The forms of a table's verbs; a dash stands for a form that is no sign of speech, as "the states"."""
    return tuple(form for verb in table.split("|") for form in verb.split() if form != "-")


REPORTING_FORMS = (*_forms(_REPORTING), *(f"{form} that" for form in _forms(_REPORTING_THAT)))
"""What was said follows, with or without marks around it. Example: "Keller warned that it would rain." """
SAYING_FORMS = (*REPORTING_FORMS, *_forms(_REPORTING_THAT), *_forms(_QUOTING))
"""All that introduces a quotation in marks. Example: '“No,” recalled Keller.' """
BEFORE_SAYING = ("also", "later", "has", "had", "then")
"""What may stand between the speaker and the verb. Example: "Keller later added that it rained." """
GLUED_SAYING = frozenset("said says say saying added adds wrote writes asked asks told tweeted stated".split())
"""Those that a quotation glued to its colon follows. Example: "He said:The talks failed." """
SPEECH_ASKED_FOR = tuple(
    "say said tell told think write written reply replied comment commented tweet tweeted post posted respond"
    " responded".split()
)
"""What the words themselves answer. Example: "What did Keller reply?" """
STATEMENT_ASKED_FOR = (*SAYING_FORMS, "think", "reply", "deny")
"""What a statement answers. Example: "What has Keller promised?" """
VIEW_ASKED_FOR = ("describe", "see", "view", "characterise", "characterize", "call", "comment")
"""What a view answers, after "how". Example: "How does Keller see the deal?" """
OPINIONS = frozenset("say think want demand argue promise claim propose fear".split())
"""Verbs that are of something. Example: "What did the voters think?" """
