"""Reads a question for a change as the question for the value that changed, and one for a toll as one for the dead.

A reader finds what a sentence tells. No sentence of a report tells how a toll developed; many tell what it was. So "How
did the toll of the fire change?" is asked of the articles as "How many people were killed in the fire?", and the values
are shown by date.
"""

from __future__ import annotations

import re

from rag.text.english.forms import CHANGES_ASKED, COUNTS, COURSE_STARTS, COURSES, ESTIMATES, MEASURES, SIZES, TOLLS

_CHANGE = re.compile(
    r"^\W*(?:(?:and|so|but) )?how (?P<verb>did|do|does|has|have|had) (?P<what>[^?;]{3,200}) "
    rf"(?:{CHANGES_ASKED})\b(?P<rest>(?: (?:{COURSE_STARTS})\b[^?;]*)?)\W*$",
    re.IGNORECASE,
)
_COURSE = re.compile(rf"\s+(?:{COURSES})\b", re.IGNORECASE)
_IN = "(?:of|in|from|at|after|for)"
_ESTIMATED = rf"(?:(?:the|its|their) )?(?:(?:{ESTIMATES}) )*(?:(?:estimates?|figures?|reports?) (?:of|for|on) )?"
_THE_ESTIMATED = rf"{_ESTIMATED}(?:the )?"
_OWNED = "(?P<of>.+?)(?:['’]s|(?<=s)['’])"
_KILLED = "How many people were killed in {of}"
_TOLL = re.compile(
    rf"^\W*what(?:['’]s| is| was)(?: now)? {_THE_ESTIMATED}(?:death|body) (?:toll|count) {_IN} "
    r"(?P<of>[^?;]{3,200}?)\W*$",
    re.IGNORECASE,
)
"""A question for how many died."""
_READ_AS = tuple(
    (re.compile(pattern, re.IGNORECASE), value)
    for pattern, value in (
        (rf"^{_THE_ESTIMATED}(?:{TOLLS}) {_IN} (?P<of>.+)$", _KILLED),
        (rf"^{_OWNED} (?:(?:{ESTIMATES}) )*(?:{TOLLS})$", _KILLED),
        (rf"^{_THE_ESTIMATED}(?:{COUNTS}) of (?P<of>.+)$", "How many {of}"),
        (rf"^{_THE_ESTIMATED}(?:{SIZES}) of (?P<of>.+)$", "How large {be} {of}"),
        (rf"^{_ESTIMATED}{_OWNED} (?:{SIZES})$", "How large {be} {of}"),
        (rf"^(?P<of>.*\b(?:{MEASURES})\b.*)$", "What {be} {of}"),
    )
)


def value_asked(text: str) -> str | None:
    """Returns the question for the value whose change is asked for, or for a toll; None if the text asks for neither.

    Args:
        text: The question.
    """
    if toll := _TOLL.match(text):
        return f"{_KILLED.format(of=toll['of'])}?"
    asked = _CHANGE.match(text)
    if asked is None:
        return None
    rest = _COURSE.sub("", asked["rest"]).rstrip()
    be = "is" if asked["verb"].lower() in ("do", "does", "has", "have") else "was"
    for pattern, value in _READ_AS:
        if found := pattern.match(asked["what"].strip()):
            return f"{value.format(of=found['of'], be=be)}{rest}?"
    return None
