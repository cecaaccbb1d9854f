"""Verbs of saying and the names of speakers, as parts of larger patterns: for questions and articles alike."""

from __future__ import annotations

REPORTS = (
    r"(?:sa(?:id|ys?)|t(?:old|ells?)|add(?:ed|s)?|warn(?:ed|s)?|argue[ds]?|wr(?:ote|ites?)|explain(?:ed|s)?|"
    r"not(?:ed|es)|state[ds]|insist(?:ed|s)?|repl(?:ied|ies)|stress(?:ed|es)?|emphasi[sz]e[ds]?|testif(?:ied|ies)|"
    r"report(?:ed|s)?|acknowledge[ds]?|admit(?:ted|s)?|claim(?:ed|s)? that|announce[ds]? that|den(?:ied|ies) that)"
)
"""Verbs whose object is what was said, with or without marks around it."""
SAYS = (
    rf"(?:{REPORTS}|claim(?:ed|s)?|ask(?:ed|s)?|announce[ds]?|declare[ds]?|tweet(?:ed|s)?|posted|recall(?:ed|s)?|"
    r"continue[ds]|conclude[ds]?|den(?:ied|ies)|remark(?:ed|s)?|comment(?:ed|s)?|call(?:ed|s)?|describe[ds]?|"
    r"echo(?:ed|es)|urge[ds]?|promise[ds]?|vow(?:ed|s)?|predict(?:ed|s)?|underline[ds]?|criticize[ds]?)"
)
"""Verbs that introduce a quotation in marks."""
_PARTICLES = r"(?:al|el|bin|bint|ibn|de|del|della|di|da|du|la|le|van|von|der|of|the|and|for)"
NAME = rf"(?:[Tt]he )?[A-ZÀ-Þ][\w.’'–-]*(?: (?:{_PARTICLES} ){{0,2}}(?:al-)?[A-ZÀ-Þ][\w.’'–-]*){{0,5}}"
