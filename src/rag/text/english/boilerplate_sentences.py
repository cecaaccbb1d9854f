"""Sentences that news desks and shops put around articles: corrections, contacts, prices, subscriptions.

Each pattern is for a whole sentence in lower case. Each row has a sentence that it matches and one that it must not.
"""

from __future__ import annotations

from rag.text.english.patterns import Row

_WHO = r"(?:him|her|them|us|me)"
DESK = (
    Row(
        r"this (?:story|article|report|post|page|list) (?:has been|was|is being|will be)"
        r" (?:updated|corrected)\b.{0,80}",
        "this story has been updated with details",
        "the story was updated by the director",
    ),
    Row(
        r".{2,150} contributed (?:to this (?:report|story|article)|reporting)",
        "jane doe contributed to this report",
        "the agency contributed to the delay",
    ),
    Row(
        r"a version of this (?:story|article|column|piece) (?:first |originally )?(?:appear|ran|was published).*",
        "a version of this story first appeared in the gazette",
        "a version of this law was passed",
    ),
    Row(
        r"(?:the )?(?:views|opinions) expressed"
        r" (?:by (?:columnists|contributors|(?:the|our) \w+)|in this|here)\b.{0,80}"
        r"(?:\bown\b|not (?:necessarily )?(?:represent|reflect|those)).*",
        "the views expressed in this commentary are her own",
        "the views expressed by the party angered many",
    ),
    Row(r"this is a rush transcript", "this is a rush transcript", "this is a rush"),
    Row(r"copy may not be in its final form", "copy may not be in its final form", "the copy may not be final"),
    Row(r"accuracy and availability may vary", "accuracy and availability may vary", "accuracy may vary"),
    Row(
        r"(?:this transcript was|npr transcripts are) (?:automatically|created) .*",
        "npr transcripts are created on a rush deadline",
        "the transcript was released",
    ),
    Row(r"this text may not be in its final form.*", "this text may not be in its final form", "this text is final"),
    Row(
        r"the authoritative record of npr.*",
        "the authoritative record of npr’s programming is the audio",
        "the record of npr",
    ),
    Row(
        r"there may be some differences between the audio and the text",
        "there may be some differences between the audio and the text",
        "there may be some differences between the two",
    ),
    Row(
        r"hit play on the player (?:above|below).*",
        "hit play on the player above to listen",
        "the player hit the ball",
    ),
    Row(
        r"content created by .{2,60} is available without charge.*",
        "content created by the desk is available without charge to any publisher",
        "content created by the desk is for sale",
    ),
    Row(r"for licensing opportunities .*", "for licensing opportunities write to us", "for opportunities, they left"),
    Row(
        r"you can connect with .{2,80} (?:on|through|via|at) .*",
        "you can connect with jane doe on x",
        "you can connect the two",
    ),
    Row(
        rf"(?:you can )?(?:reach|e-?mail|contact|tweet) (?:to )?{_WHO} (?:at|on) \S*@.*",
        "reach her at jdoe@gazette.com",
        "reach him at the office",
    ),
    Row(r"e-?mail:? ?\S+@\S+(?:[;,] .*)?", "email: jdoe@gazette.com", "email was sent"),
    Row(
        r"(?:want to )?(?:send|shoot) .{2,20} an? (?:e-?mail|note).{0,30}@.*",
        "send jane an email at jdoe@gazette.com",
        "send the mayor an email",
    ),
    Row(rf"you can follow {_WHO} (?:on|at) .*", "you can follow her on x", "you can follow the river"),
)
"""Standard sentences of a news desk. Example: "This story has been updated." """
MONEY = (
    Row(
        r"(?:if you )?(?:make a purchase|purchases? (?:you make|made) through).{0,60}"
        r"(?:may earn|commission|affiliate).*",
        "purchases you make through our links may earn us a commission",
        "purchases made through the port fell",
    ),
    Row(
        r"(?:we|\w+) may (?:earn|receive) (?:a |an )?(?:affiliate )?(?:commission|fee)\b.*",
        "we may earn a commission",
        "the company may earn a billion dollars",
    ),
    Row(
        r"prices were accurate at the time .*",
        "prices were accurate at the time this was published",
        "prices were accurate",
    ),
    Row(
        r"(?:— )?recommendations are independently chosen by .*",
        "recommendations are independently chosen by our editors",
        "recommendations are made",
    ),
    Row(
        r"(?:please )?(?:consider supporting|support(?: strong| quality)?) (?:local |our )?journalis(?:m|ts)\b.*",
        "please consider supporting our journalism",
        "she asked them to support journalists",
    ),
    Row(
        r"(?:please )?(?:consider|support it with) a subscription\b.*",
        "please consider a subscription",
        "they consider a subscription",
    ),
    Row(r"not a subscriber|just for subscribers", "not a subscriber", "he was not a subscriber"),
    Row(r"you ?can subscribe to our .*", "you can subscribe to our podcast", "you can subscribe to it"),
    Row(
        r"for unlimited access to .* subscribe .*",
        "for unlimited access to the gazette, subscribe today",
        "for unlimited access to the sea",
    ),
    Row(r"no paywall", "no paywall", "a paywall"),
    Row(
        r"your subscription makes work like this possible",
        "your subscription makes work like this possible",
        "your subscription ends",
    ),
    Row(
        r"these articles are for .{2,40} subscribers",
        "these articles are for gazette subscribers",
        "these articles are for sale",
    ),
    Row(
        r"get inside access to .{2,60} by becoming a member",
        "get inside access to the newsroom by becoming a member",
        "they got inside by becoming a member",
    ),
    Row(
        r"thank you for supporting our journalism",
        "thank you for supporting our journalism",
        "thank you for supporting us",
    ),
)
"""Sentences that ask for money or mention payments. Example: "We may earn a commission." """
PLAYERS = (
    Row(
        r"(?:\d\. )?how relevant is this ad to you",
        "1. how relevant is this ad to you",
        "how relevant is this law to you",
    ),
    Row(
        r"video player was slow to load.*",
        "video player was slow to load content",
        "the player was slow",
    ),
    Row(r"(?:skip|hide|report this) ad(?:vert)?", "skip advert", "hide the ad"),
    Row(r"replay more videos", "replay more videos", "more videos"),
    Row(r"check your local forecast here\W*", "check your local forecast here>>>", "check your forecast"),
    Row(r"watch the latest video at .*", "watch the latest video at foxnews.com", "watch the latest video"),
    Row(
        r"visit .{2,60}['’]s homepage for more stories",
        "visit the gazette's homepage for more stories",
        "visit the gazette's homepage",
    ),
    Row(r"follow every game: .*", "follow every game: latest scores", "follow every game"),
    Row(r"must watch .{2,110}", "must watch mayor opens bridge 02:46", "parents must watch"),
    Row(
        r"media playback is unsupported on your device(?: media caption .{2,160})?",
        "media playback is unsupported on your device media caption the mayor",
        "playback is unsupported",
    ),
    Row(r"(?:ap photo|getty images|reuters|afp)\s?/ ?[\w .,'’-]{2,60}", "ap photo/jane doe, file", "ap photo of jane"),
    Row(r"advertisement continue reading the main story", "advertisement continue reading the main story", "continue"),
)
"""Sentences beside advertising and media players. Example: "Skip advert" """
