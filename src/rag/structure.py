"""Tells the body of an article from what stands around it: headings, pull quotes, photo credits, share bars.

Conservative on purpose: what is taken for boilerplate is left out of passages, so only short lines by themselves and
well-known sentences are. When in doubt, a line is body.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from rag.article import Sentence
from rag.fragments import is_fragment
from rag.sentences import Stretch, read_stretches, split_stretch

Role = Literal["body", "heading", "pull_quote", "boilerplate"]

_STANDARD_LINE = re.compile(
    r"(?:advertise?ments?:?|ads?|story continue[sd] below.*|continue reading.*|loading|close|tweet|e-?mail|print|save"
    r"|comments?|whatsapp|linkedin|facebook|twitter|x|youtube|telegram|instagram|pinterest|reddit|copy link|up next"
    r"|share|share (?:this|on|via|to)\b.*|read more|see more|show more|more on this|more stories|related|listen"
    r"|most (?:read|popular)|related (?:articles?|stories|content|coverage|topics?)|recommended(?: (?:for you|stories))?"
    r"|skip to .*|slideshow(?: \(.*\))?|(?:prev|next)(?:ious)?(?: image)?(?: \d+ of \d+)?|\d+ min(?:ute)?s? read"
    r"|listen to (?:this|the) (?:article|story|episode|podcast)\b.*|\d+ (?:minute|hour|day|week|month|year)s? ago"
    r"|this article is more than .* old|all rights reserved|sign (?:in|up)|log ?in|subscribe"
    r"|subscribe (?:now|today|to)\b.*|sign ?up (?:for|to|here|now|today)\b.*|click here\b.*|already a subscriber\b.*"
    r"|follow us\b.*|follow (?:@|.{1,60} on (?:twitter|x|facebook|instagram|threads)\b).*|join us on\b.*"
    r"|like us on facebook|support local journalism\b.*|cookie policy|(?:accept|reject|manage)(?: all)? cookies"
    r"|(?:we|this (?:web)?site|our (?:web)?site) uses? cookies\b.*|by signing up\b.*"
    r"|by (?:continuing to|using) (?:use|browse|this)\b.*|(?:copyright|©|\(c\)) .*"
    r"|this site is protected by recaptcha\b.*|pull ?quote|audio-clip|music|break)",
    re.DOTALL,
)
_LABELLED_LINE = re.compile(
    r"[►▶•\s]*(?:(?:read|see|watch|listen|learn) (?:more|also|now)|(?:also|must) (?:read|see)|more|related(?: \w+)?"
    r"|watch|read|listen|don[’']t miss|recommended|photos?|pictures?|images?|videos?|credits?|contributing)\s*[:|►▶]"
)
_PITCH = re.compile(
    r"to your inbox\b|by signing up,? you agree|sign up (?:here|now|today)\b|all rights reserved|click here for reprint"
    r"|sign up for (?:our|the|your) .{0,40}newsletter|(?:uses?|accept(?: all)?) cookies\b"
)
_PHOTO_CREDIT = re.compile(
    r"©|\(c\) \d{4}|getty images\W*\Z|/(?:afp|ap|epa|reuters|shutterstock|alamy|getty)\b|file photo\W*\Z"
)
_CAPTION = re.compile(
    r"(?:enlarge this image|toggle caption|hide caption)\b"
    r"|\W*(?:photo(?:graph)?|image|picture|illustration|video|graphic)s? (?:by|credits?|courtesy|source|copyright|via)\b"
)
_BYLINE = re.compile(r"(?:by|from) [A-ZÀ-Þ][\w.’'-]+(?: [\w.,&’'-]+){0,8}|By [A-Z][A-Z .,’'-]+", re.IGNORECASE)
_DATE_LINE = re.compile(
    r"(?:(?:published|updated|posted|last updated|date)\b.{0,80}\d{4}.{0,40}"
    r"|(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?(?:\d{1,2} )?[a-z]{3,9}\.? (?:\d{1,2},? )?\d{4}.{0,30}"
    r"|\d{4}-\d{2}(?:-\d{2})?.{0,20})",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[^\W\d_]")
_LONGEST_LINE = 250
"""Boilerplate is looked for in lines of at most this many characters."""
_LONGEST_CREDIT = 100
"""What is longer than this and names a photographer is a caption: it says something, so it is body."""
_LONGEST_HEADING = 110
_MOST_HEADING_WORDS = 16
_MOST_REPEATS_LOOKED_FOR = 20
"""Each is a search of the whole text; keeps the work linear."""


def segment(text: str) -> tuple[Sentence, ...]:
    """The sentences of an article with their kinds, in order; see `split_sentences` for what holds of their offsets.

    A heading and a line of boilerplate are one `Sentence` each. Takes any string and time linear in its length.
    """
    stretches = read_stretches(text)
    sentences: list[Sentence] = []
    for stretch, role in zip(stretches, assign_roles(text, stretches), strict=True):
        if role in ("heading", "boilerplate"):
            sentences.append(Sentence(stretch.start, stretch.end, role))
            continue
        for sentence in split_stretch(text, stretch):
            if role == "pull_quote" and sentence.kind == "sentence":
                sentences.append(Sentence(sentence.start, sentence.end, "pull_quote"))
            elif _is_standard(text[sentence.start : sentence.end]):
                sentences.append(Sentence(sentence.start, sentence.end, "boilerplate"))
            else:
                sentences.append(sentence)
    return tuple(sentences)


def assign_roles(text: str, stretches: Sequence[Stretch]) -> list[Role]:
    """What each stretch is. A text without any body has no headings and no pull quotes either: they are its body."""
    lines = [text[stretch.start : stretch.end] for stretch in stretches]
    roles: list[Role] = [_role_by_itself(line) for line in lines]
    _clear_lists(roles, stretches)
    body = next((number for number, role in enumerate(roles) if role == "body"), None)
    if body is None:
        return ["boilerplate" if role == "boilerplate" else "body" for role in roles]
    for number in range(body):
        if roles[number] == "heading" and (_BYLINE.fullmatch(lines[number]) or _DATE_LINE.fullmatch(lines[number])):
            roles[number] = "boilerplate"
    searches = _MOST_REPEATS_LOOKED_FOR
    for number in range(body, len(roles)):
        if roles[number] == "pull_quote":
            repeated = searches > 0 and _is_repeated(text, lines[number])
            searches -= 1
            roles[number] = "pull_quote" if repeated else "body"
    return roles


def _role_by_itself(line: str) -> Role:
    if len(line) <= _LONGEST_LINE and _is_boilerplate(line):
        return "boilerplate"
    if _is_heading(line):
        return "heading"
    return "pull_quote" if _is_quotation(line) else "body"


def _clear_lists(roles: list[Role], stretches: Sequence[Stretch]) -> None:
    """Short lines one below the other are a list and no headings, but for the block that the article opens with."""
    headings = [role == "heading" for role in roles]
    for number, stretch in enumerate(stretches):
        if not headings[number] or stretch.block == stretches[0].block:
            continue
        for neighbour in (number - 1, number + 1):
            if neighbour < len(roles) and headings[neighbour] and stretches[neighbour].block == stretch.block:
                roles[number] = "body"


def _is_heading(line: str) -> bool:
    """A short line that begins like a sentence and does not end like one."""
    if len(line) > _LONGEST_HEADING or line[0].islower() or line[0] in "-–—*•·▪►‣◦>#@([" or not _LETTER.search(line):
        return False
    if line.rstrip("\"”’'»)]")[-1:] in ("", *".!…:;,—–-") or len(line.split()) > _MOST_HEADING_WORDS:
        return False
    return not is_fragment(line, opens_paragraph=True, lost_stop=False, cased=True)


def _is_quotation(line: str) -> bool:
    """Whether all of the line is one quotation, with nobody named who said it."""
    first, last = line[0], line[-1]
    if first == last == '"':
        return line.count('"') == 2
    return (first, last) in (("“", "”"), ("«", "»"), ("„", "“")) and line.count(first) == 1 and line.count(last) == 1


def _is_repeated(text: str, quotation: str) -> bool:
    words = quotation.strip('"“”«»„ \r\n.,')
    return len(words) >= 20 and text.find(words, text.find(words) + 1) >= 0


def _is_boilerplate(line: str) -> bool:
    """Whether a line that stands by itself is no part of the article."""
    lowered = line.lower()
    if _is_standard(line) or _LABELLED_LINE.match(lowered) or _CAPTION.match(lowered) or _PITCH.search(lowered):
        return True
    return _is_photo_credit(line)


def _is_photo_credit(line: str) -> bool:
    return len(line) <= _LONGEST_CREDIT and line[-1] not in ".!?" and _PHOTO_CREDIT.search(line.lower()) is not None


def _is_standard(sentence: str) -> bool:
    """Whether this is one of the phrases that sites put around articles, whatever surrounds it."""
    if len(sentence) > _LONGEST_LINE:
        return False
    return _STANDARD_LINE.fullmatch(sentence.lower().strip("[]() .…>»*")) is not None
