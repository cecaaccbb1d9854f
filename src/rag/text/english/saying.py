"""Verbs of saying, and words that ask for what someone said."""

from __future__ import annotations

_REPORTING = (
    "say says said|tell tells told|add adds added|warn warns warned|argue argues argued|write writes wrote"
    "|explain explains explained|- notes noted|- states stated|insist insists insisted|- replies replied"
    "|stress stresses stressed|emphasise emphasises emphasised|emphasize emphasizes emphasized|- testifies testified"
    "|report reports reported|acknowledge acknowledges acknowledged|admit admits admitted"
    "|respond responds responded|suggest suggests suggested|maintain maintains maintained|contend contends contended"
    "|assert asserts asserted|complain complains complained|caution cautions cautioned|- observes observed"
)
_REPORTING_THAT = (
    "claim claims claimed|announce announces announced|- denies denied|- reveals revealed|- confirms confirmed"
    "|estimate estimates estimated"
)
_QUOTING = (
    "ask asks asked|declare declares declared|tweet tweets tweeted|- - posted|recall recalls recalled"
    "|- continues continued|- concludes concluded|remark remarks remarked|comment comments commented"
    "|call calls called|describe describes described|- echoes echoed|urge urges urged|promise promises promised"
    "|vow vows vowed|predict predicts predicted|underline underlines underlined|criticize criticizes criticized"
    "|- answers answered|agree agrees agreed|disagree disagrees disagreed|joke jokes joked|shout shouts shouted"
    "|yell yells yelled|quip quips quipped|- repeats repeated|- boasts boasted|- laments lamented"
)


def _forms(table: str) -> tuple[str, ...]:
    """The forms of a table's verbs. A dash stands for a form that is not a sign of speech, such as "states"."""
    return tuple(form for verb in table.split("|") for form in verb.split() if form != "-")


REPORTING_FORMS = (*_forms(_REPORTING), *(f"{form} that" for form in _forms(_REPORTING_THAT)))
"""Verbs before reported speech, with or without quotation marks. Example: "Keller warned that it would rain." """
SAYING_FORMS = (*REPORTING_FORMS, *_forms(_REPORTING_THAT), *_forms(_QUOTING))
"""All verbs that introduce a quotation in quotation marks. Example: '“No,” recalled Keller.' """
SAYING_NOUNS = frozenset(
    "state states report reports note notes claim claims call calls comment comments remark remarks promise promises"
    " estimate estimates post posts vow vows tweet tweets joke jokes answer answers".split()
)
"""Forms of verbs of saying that are nouns as often. Example: "the police report" """
SAYING_PARTICIPLES = tuple(
    "saying telling adding warning arguing writing explaining noting stating insisting stressing emphasising"
    " emphasizing acknowledging admitting calling describing claiming announcing tweeting declaring".split()
)
"""Participles of verbs of saying, after a comma. Example: "He denied it, adding that he was abroad." """
BEFORE_SAYING = ("also", "later", "has", "had", "then")
"""Words that may come between the speaker and the verb. Example: "Keller later added that it rained." """
GLUED_SAYING = frozenset("said says say saying added adds wrote writes asked asks told tweeted stated".split())
"""Verbs before a colon that a quotation is glued to. Example: "He said:The talks failed." """
SPEECH_ASKED_FOR = tuple(
    "say said tell told think write written reply replied comment commented tweet tweeted post posted respond"
    " responded".split()
)
"""Verbs of questions whose answer is the speaker's own words. Example: "What did Keller reply?" """
STATEMENT_ASKED_FOR = (*SAYING_FORMS, "think", "reply", "deny")
"""Verbs of questions whose answer is a statement, after "what". Example: "What has Keller promised?" """
VIEW_ASKED_FOR = ("describe", "see", "view", "characterise", "characterize", "call", "comment")
"""Verbs of questions whose answer is a view, after "how". Example: "How does Keller see the deal?" """
OPINIONS = frozenset("say think want demand argue promise claim propose fear".split())
"""Verbs that need a topic. Example: "What did the voters think?" """
