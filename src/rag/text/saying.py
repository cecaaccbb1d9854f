"""Patterns of saying verbs and of speakers' names, as parts of larger patterns, for questions and articles."""

from __future__ import annotations

from rag.text.english.patterns import any_of
from rag.text.english.people import NAME_JOINTS, NAME_PARTICLES
from rag.text.english.saying import REPORTING_FORMS, SAYING_FORMS

REPORTS = any_of(REPORTING_FORMS)
"""Verbs whose object is what was said, with or without quotation marks around it."""
SAYS = any_of(SAYING_FORMS)
"""Verbs that introduce a quotation in quotation marks."""
_PARTICLES = any_of(NAME_PARTICLES | NAME_JOINTS)
NAME = rf"(?:[Tt]he )?[A-ZÀ-Þ][\w.’'–-]*(?: (?:{_PARTICLES} ){{0,2}}(?:al-)?[A-ZÀ-Þ][\w.’'–-]*){{0,5}}"
"""A speaker's name: capitalised words, which particles may join."""
