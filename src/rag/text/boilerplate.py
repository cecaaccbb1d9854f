"""What sites put around articles: share bars, photo credits, newsletters' and cookies' banners, corrections' formulas.

Conservative on purpose: what is taken for boilerplate is left out of passages and never quoted, so only short lines by
themselves and well-known sentences are. When in doubt, it is body. The sentences were collected from real scrapes of
American and British sites, and so in English.
"""

from __future__ import annotations

import re

_STANDARD_LINE = re.compile(
    r"(?:advertise?ments?:?|ads?|story continue[sd] below.*|continue reading.*|loading|close|tweet|e-?mail|print|save"
    r"|comments?|whatsapp|linkedin|facebook|twitter|x|youtube|telegram|instagram|pinterest|reddit|copy link|up next"
    r"|share|share (?:this|on|via)\b.*|read more|see more|show more|more on this|more stories|related|listen|music"
    r"|most (?:read|popular)|related (?:articles?|stories|content|coverage|topics?)|recommended|pull ?quote|audio-clip"
    r"|recommended (?:for you|stories)|skip to (?:main )?(?:content|navigation|article)|slideshow(?: \(.*\))?|break"
    r"|(?:prev|next)(?:ious)?(?: image)?(?: \d+ of \d+)?|\d+ min(?:ute)?s? read|https?://\S+"
    r"|\d+ (?:minute|hour|day|week|month|year)s? ago|this article is more than .* old|all rights reserved"
    r"|listen to (?:this|the) (?:article|story|episode|podcast)\b.*|sign (?:in|up)|log ?in|already a subscriber\b.*"
    r"|sign[- ]?up (?:here|now|today)\b.*"
    r"|sign[- ]?up (?:for|to)\b.*(?:newsletter|e-?mail|alert|briefing|update|inbox).*"
    r"|subscribe|subscribe (?:now|today|to)\b.*|click here\b.*|like us on facebook|follow us\b.*"
    r"|join us on (?:facebook|twitter)\b.*"
    r"|follow (?:@|.{1,60} on (?:twitter|x|facebook|instagram|threads)\b).*|support local journalism\b.*"
    r"|(?:we|this (?:web)?site|our (?:web)?site) uses? cookies\b.*|(?:accept|reject|manage)(?: all)? cookies"
    r"|cookie policy|by (?:continuing to (?:use|browse)|using this (?:web)?site)\b.*|by signing up\b.*"
    r"|(?:copyright )?(?:©|\(c\)) .*|copyright \d{4}.*|this site is protected by recaptcha\b.*)",
    re.DOTALL,
)
_LABELLED_LINE = re.compile(
    r"[►▶•\s]*(?:(?:read|see|watch|listen|learn) (?:more|also|now)|(?:also|must) (?:read|see)|more|related(?: \w+)?"
    r"|watch|read|listen|don[’']t miss|recommended|photos?|pictures?|images?|videos?|credits?|contributing)\s*[:|►▶]"
)
_PITCH = re.compile(
    r"to your inbox\b|by signing up,? you agree|(?:\A|[.!?:;]\W*)sign[- ]?up (?:here|now|today)\b"
    r"|all rights reserved|click here for reprint|\bsign up for .{0,60}(?:newsletter|alerts?\b)|\buses cookies\b"
)
_PHOTO_CREDIT = re.compile(
    r"©|\(c\) \d{4}|getty images\W*\Z|/(?:afp|ap|epa|reuters|shutterstock|alamy|getty)\b|file photo\W*\Z"
)
_CAPTION = re.compile(
    r"(?:enlarge this image|toggle caption|hide caption)\b"
    r"|\W*(?:photo(?:graph)?|image|picture|illustration|video|graphic)s?"
    r" (?:by|credits?|courtesy|source|copyright|via)\b"
)
_WHO = r"(?:him|her|them|us|me)"
_STANDARD_SENTENCE = re.compile(
    # The desk's formulas
    r"this (?:story|article|report|post|page|list) (?:has been|was|is being|will be) (?:updated|corrected)\b.{0,80}"
    r"|.{2,150} contributed (?:to this (?:report|story|article)|reporting)"
    r"|a version of this (?:story|article|column|piece) (?:first |originally )?(?:appear|ran|was published).*"
    r"|(?:the )?(?:views|opinions) expressed (?:by (?:columnists|contributors|(?:the|our) \w+)|in this|here)\b.{0,80}"
    r"(?:\bown\b|not (?:necessarily )?(?:represent|reflect|those)).*"
    r"|this is a rush transcript|copy may not be in its final form|accuracy and availability may vary"
    r"|(?:this transcript was|npr transcripts are) (?:automatically|created) .*"
    r"|this text may not be in its final form.*|the authoritative record of npr.*"
    r"|there may be some differences between the audio and the text"
    r"|hit play on the player (?:above|below).*|content created by .{2,60} is available without charge.*"
    r"|for licensing opportunities .*|you can connect with .{2,80} (?:on|through|via|at) .*"
    rf"|(?:you can )?(?:reach|e-?mail|contact|tweet) (?:to )?{_WHO} (?:at|on) \S*@.*|e-?mail:? ?\S+@\S+(?:[;,] .*)?"
    rf"|(?:want to )?(?:send|shoot) .{{2,20}} an? (?:e-?mail|note).{{0,30}}@.*|you can follow {_WHO} (?:on|at) .*"
    # Money
    r"|(?:if you )?(?:make a purchase|purchases? (?:you make|made) through).{0,60}(?:may earn|commission|affiliate).*"
    r"|(?:we|\w+) may (?:earn|receive) (?:a |an )?(?:affiliate )?(?:commission|fee)\b.*"
    r"|prices were accurate at the time .*|(?:— )?recommendations are independently chosen by .*"
    r"|(?:please )?(?:consider supporting|support(?: strong| quality)?) (?:local |our )?journalis(?:m|ts)\b.*"
    r"|(?:please )?(?:consider|support it with) a subscription\b.*|not a subscriber|just for subscribers"
    r"|you ?can subscribe to our .*|for unlimited access to .* subscribe .*|no paywall"
    r"|your subscription makes work like this possible|these articles are for .{2,40} subscribers"
    r"|get inside access to .{2,60} by becoming a member|thank you for supporting our journalism"
    # Newsletters
    r"|(?:to get it in your inbox, |you can )sign up (?:right )?here|to get it in your inbox, sign up for free,? here"
    r"|.{0,60}\b(?:get|sent|sign up|delivered|news|updates?|stories|guide|tips|newsletters?|briefing)\b.{0,60}"
    r" (?:in|to) your inbox|sign up (?:for|to) .{2,120}newsletters?\b.{0,60}"
    r"|sign up to receive (?:the|our) .{0,60}stories\b.*|(?:invalid|please enter a valid) e-?mail(?: address)?.*"
    r"|please re-enter|you must select a newsletter .*|you (?:can|may) (?:unsubscribe|opt[- ]out) (?:at )?any ?time"
    r"|you will receive e-?mails containing .*|you agree to receive occasional .*|view all .{2,40} newsletters"
    r"|.{0,60}please verify you['’]re not a robot.*|for your security, we['’]ve sent a confirmation e-?mail.*"
    r"|click the link to confirm your subscription.*|if you don['’]t get the confirmation .*"
    r"|thank you for (?:subscribing|signing up).{0,40}|would you like to receive the .{2,40} newsletter ?"
    r"|the .{2,40} newsletter provides you with .*|subscribe on apple podcasts.*"
    # Consent
    r"|we(?:,| and) (?:our )?(?:\d+ )?(?:\w+ )?partners\b.{0,200}"
    r"(?:cookies|personal data|identifiers|on (?:a|your) device)\b.*"
    r"|we (?:value|respect|care about) your privacy\b.*|we(?: and .{2,40})? use cookies\b.*"
    r"|(?:manage|change|review|set)(?: your)? (?:cookie|privacy|consent|data|ad)s? ?"
    r"(?:settings|preferences|choices|options)?"
    r"|do not sell(?: or share)? my (?:personal )?(?:data|info(?:rmation)?)"
    r"|your (?:california )?privacy (?:rights|choices)"
    r"|by (?:clicking|selecting|pressing|tapping) .{2,80}you (?:agree|consent|accept)\b.*"
    r"|.{0,80}(?:storing|use|placement) of cookies on your (?:device|computer|browser).*"
    r"|you (?:can|may) (?:change|withdraw|manage) your (?:consent|preferences|choices|settings|cookies)\b.*"
    r"|(?:see|read|you can (?:read|find).{0,40})(?: out)?(?: more)?(?: about)? ?our (?:\w+ ){0,3}"
    r"(?:privacy|cookie) policy.*"
    r"|you can find out more about our legitimate interest.*|we will use the (?:details|information) you have shared .*"
    r"|you agree to the processing, storage, sharing and use .*|if you wish to object to the use of your data .*"
    r"|['’‘]we['’] includes .{2,60} brands of .*|['’‘]we['’] includes .{2,120} detailed here"
    r"|i (?:can )?confirm i have read and accept the terms .*|please (?:check to proceed|select your country)"
    r"|(?:please )?enable (?:javascript|cookies)\b.*|.{0,60}requires javascript\b.*"
    r"|(?:privacy policy|terms (?:of (?:use|service)|and conditions)|cookie (?:notice|settings|preferences|policy))"
    r"(?:,? (?:and|&|\|) (?:the )?(?:privacy policy|terms of (?:use|service)|cookie policy))?"
    # Advertising and players
    r"|(?:\d\. )?how relevant is this ad to you|video player was slow to load.*|(?:skip|hide|report this) ad(?:vert)?"
    r"|replay more videos|check your local forecast here\W*|watch the latest video at .*"
    r"|visit .{2,60}['’]s homepage for more stories|follow every game: .*",
    re.DOTALL,
)
_STANDARD_NAME = re.compile(
    r"(?:reuters|ap photo|epa|afp|getty(?: images)?)/[\w .'’-]{2,40}|\|? ?(?:getty(?: images)?|ap photo|ap images)"
    r"|hide caption(?: \d+ of \d+)?|opinion contributor|photo|video|add interest|analysis/opinion|advertisements?"
    r"|(?:special (?:to|for) )usa today|newsletter sign[- ]?up|political updates|audio|gallery|view gallery"
)
"""Lines by themselves that inside a sentence would say something."""
_LONGEST_LINE = 250
"""Boilerplate is looked for in lines of at most this many characters."""
_LONGEST_CREDIT = 100
"""What is longer than this and names a photographer is a caption: it says something, so it is body."""
_LONGEST_SENTENCE = 420
"""Consent banners are wordy."""
_AROUND = "[]() \t\r\n.…?!:>»*|•-–—"


def is_boilerplate_line(line: str) -> bool:
    """Whether a line that stands by itself is no part of the article."""
    if len(line) > _LONGEST_LINE:
        return is_standard_sentence(line)
    lowered = line.lower()
    if _STANDARD_LINE.fullmatch(lowered.strip("[]() .…>»*")) or _LABELLED_LINE.match(lowered):
        return True
    if _CAPTION.match(lowered) or _PITCH.search(lowered) or _STANDARD_NAME.fullmatch(lowered.strip(_AROUND)):
        return True
    return is_standard_sentence(line) or _is_photo_credit(line)


def is_standard_sentence(sentence: str) -> bool:
    """Whether this is one of the phrases that sites put around articles; one word alone is none."""
    if len(sentence) > _LONGEST_SENTENCE or " " not in sentence:
        return False
    lowered = " ".join(sentence.lower().split())
    if _STANDARD_SENTENCE.fullmatch(lowered.strip(_AROUND)):
        return True
    return len(sentence) <= _LONGEST_LINE and _STANDARD_LINE.fullmatch(lowered.strip("[]() .…>»*")) is not None


def _is_photo_credit(line: str) -> bool:
    return len(line) <= _LONGEST_CREDIT and line[-1] not in ".!?" and _PHOTO_CREDIT.search(line.lower()) is not None
