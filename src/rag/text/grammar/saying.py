"""Patterns of verbs of saying and of speakers' names. Questions and articles build larger patterns from them."""

from __future__ import annotations

from rag.text.english.patterns import any_of
from rag.text.english.people import NAME_JOINTS, NAME_PARTICLES
from rag.text.english.saying import REPORTING_FORMS, SAYING_FORMS

REPORTS = any_of(REPORTING_FORMS)
"""Verbs that introduce reported speech, with or without quotation marks."""
SAYS = any_of(SAYING_FORMS)
"""Verbs that introduce a quotation in quotation marks; REPORTS are among them."""
_PARTICLES = any_of(NAME_PARTICLES | NAME_JOINTS)
NAME = rf"(?:[Tt]he )?[A-ZÀ-Þ][\w.’'–-]*(?: (?:{_PARTICLES} ){{0,2}}(?:al-)?[A-ZÀ-Þ][\w.’'–-]*){{0,5}}"
"""A speaker's name: capitalised words, which particles may join."""
