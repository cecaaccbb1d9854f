"""Words and patterns of questions by the form of their answer."""

from __future__ import annotations

CHANGES_ASKED = (
    "change|changes|changed|develop|developed|evolve|evolved|grow|grown|rise|risen|fall|fallen|increase|increased"
    "|decrease|decreased|shift|shifted|progress|progressed|unfold|unfolded|vary|varied|drop|dropped|shrink|shrunk"
)
"""Verbs that ask how something changed. Example: "How did the toll rise?" """
NEWEST_ASKED = (
    "latest|newest|most recent|most recently|timeline|time line|chronology|over time|over the years|day by day"
    "|from day to day|from year to year|since when"
)
"""Words that ask for the newest or for a course of time. Example: "the newest toll" """
COMPARISONS = (
    r"compare\w*|comparison|difference between|differ|versus|vs|(?:more|less|fewer|\w{3,}er) [^?]*?than"
    r"|\w{3,}er or \w{3,}er|(?:which|who) [^?]*?(?:more|less|fewer|most|\w{3,}er)\b[^?]*, [^,?]+ or [^,?]+"
)
"""Patterns that ask for a comparison. Example: "Which is longer, the bridge or the tunnel?" """
REACTION_ASKED = (
    r"how (?:did|does|do|has|have|had) [^?]{2,60}? (?:react|respond|reply|answer|comment|defend|explain|justify"
    r"|describe|put it|see|view)\w*|reaction (?:of|from|to)|response (?:of|from)"
)
"""Patterns that ask for a reaction in someone's words. Example: "How did the mayor react?" """
WHO_SAID = (
    r"who (?:\w+ )?(?:said|says|told|called|calls|claimed|warned|argued|accused|criticised|criticized|praised"
    r"|tweeted|wrote|announced|described|asked|demanded|denied|promised)"
    r"|what (?:did|does|do|has|have) [^?]{2,60}? (?:say|said|tell|told|ask|asked|think|claim|claimed|promise"
    r"|promised|tweet|reply|answer|warn)|whose words|in (?:his|her|their) own words"
)
"""Patterns that ask who said something, or what someone said. Example: "Who called it a disgrace?" """
OVERVIEW_ASKED = (
    r"what(?: has| had|'s|’s)? (?:happen\w*|is going on|was going on|went wrong|took place)"
    r"|tell (?:me|us) (?:more )?about|summari[sz]e\w*|summary of|overview of|background (?:of|on|to)"
    r"|what (?:do|does|can) (?:you|we|the (?:articles|archive|papers?)) (?:know|say|have)|what is known (?:of|about)"
)
"""Patterns that ask for an overview. Example: "What happened in Doha?" """
INTRODUCED = r"[Ww]ho|[Ww]hat|WHO|WHAT"
"""Question words that ask who someone or what something is, if only a name follows. Example: "Who is Otto Keller?" """
AUXILIARIES = (
    "is|are|was|were|did|does|do|has|have|had|can|could|will|would|should|must|may|might|isn't|aren't|wasn't|weren't"
    "|didn't|doesn't|don't|hasn't|haven't|hadn't|can't|couldn't|won't|wouldn't|shouldn't"
)
"""Verbs that begin a question to be answered by yes or no. Example: "Did the talks fail?" """
LIST_ASKED = (
    r"(?:which|what) (?:\w+ ){0,2}?(?!was\b|is\b|has\b|does\b|this\b|news\b|pass\b|pres\w*\b)\w+(?<!s)s\b (?!of the\b)"
    r"|who (?:else|were|are) |who all|name (?:all|the|some)|list |(?:what|which) were|what else|where else"
)
"""Patterns that ask for several items. Example: "Which countries signed?" """
REASON_OR_MANNER_ASKED = (
    r"why|how come|for what reason|what (?:is|was|are|were) the (?:reasons?|causes?)|what (?:led to|caused|made)"
    r"|how (?:did|do|does|could|can|was|were|is|are|has|have|had|would|will)"
)
"""Patterns that ask for a reason or a manner. Example: "How could the thief escape?" """
QUESTION_STARTS = (
    r"who|whom|whose|what|when|where|why|which|how|is|are|was|were|did|does|do|has|have|had|can|could|will|would"
    r"|should|tell|list|name|describe|explain|summari[sz]e|give|show|find"
)
"""Words of a question or request; without them and a question mark it is keywords. Example: "who won" """
ARTICLES_COUNTED = (
    "(?:news |different |distinct )?(?:articles?|stories|news (?:reports|items|pieces))(?: (?:are|were|is) there"
    "| do you have| have you got| does the (?:archive|library) have)?(?: that are| which are)?"
)
"""Patterns of the archive's articles in questions that count them. Example: "How many articles mention Lind?" """
MENTIONS = (
    "mention(?:s|ed|ing)?|nam(?:e|es|ed|ing)|refer(?:s|red|ring)? to|(?:talk|write|report|speak)(?:s|ing)? (?:about|on)"
    "|(?:talked|wrote|reported|spoke) (?:about|on)|discuss(?:es|ed|ing)?|cover(?:s|ed|ing)?|contain(?:s|ed|ing)?"
    "|(?:use|has|have|with|include)s? (?=the (?:word|phrase|name|term))|deal(?:s|ing)? with"
    "|(?:(?:are|is|were|was|have been) (?:written |published )?)?(?:about|on)"
)
"""Verbs and prepositions by which an article has something in it. Example: "How many articles are about the fire?" """
MENTIONED = "mentioned|named|referred to|discussed|written about|reported on|talked about|brought up"
"""Participles of being mentioned. Example: "How often is the harbour mentioned?" """
COUNTED_PASSIVELY = f"(?:been )?(?:{MENTIONED})|appear|occur|come up|show up|feature|get mentioned"
"""Words at the end of a question that counts mentions. Example: "In how many articles does Lind appear?" """
IN_THE_ARCHIVE = "are there|were there|do you have|have you got|exist|anywhere|at all|altogether|in total|so far"
"""Words at the end of a question that counts articles. Example: "How many articles on the fire are there?" """
COUNTS_MENTIONS = "how often|how many times|how frequently"
"""Words that count mentions. Example: "How many times is Lind named?" """
ARCHIVE = (
    "(?:all |all of )?(?:the|this|these|your|our|my) (?:whole |entire )?(?:articles|archive|library|collection|index"
    "|database|stories|news|corpus)"
)
"""Names of the archive itself. Example: "How many articles in the archive mention Lind?" """
BEFORE_COUNTED = (
    "both|either|the (?:word|words|name|phrase|term|expression)s?|the (?:topic|subject|case) of|the|a|an|someone called"
)
"""Words before what is counted that are no part of it. Example: "mention the word harbour" """
TIME_BEGINS = (
    "in|on|since|before|after|during|between|from|until|till|by|over|within|last|this|past|yesterday|today|published"
    "|the (?:last|past)"
)
"""Words with which a time at the end of a question begins. Example: "mention the fire since 2019" """
