"""Lines that sites put around articles: buttons, share bars, labels, pitches, credits and captions.

Each pattern is for text in lower case. Each row has a line that it matches and one that it must not.
"""

from __future__ import annotations

from rag.text.english.patterns import Row

STANDARD_LINES = (
    Row(r"advertise?ments?:?", "advertisement", "advertisement rates rose"),
    Row(r"ads?", "ad", "add"),
    Row(r"story continue[sd] below.*", "story continues below advertisement", "the story continues on friday"),
    Row(r"continue reading.*", "continue reading the main story", "to continue reading"),
    Row(r"loading|close", "loading", "loading docks"),
    Row(r"tweet|e-?mail|print|save|comments?", "e-mail", "email leaks"),
    Row(r"whatsapp|linkedin|facebook|twitter|x|youtube|telegram|instagram|pinterest|reddit", "x", "reddit shares fell"),
    Row(r"copy link", "copy link", "copy links"),
    Row(r"up next", "up next", "who is up next"),
    Row(r"share|share (?:this|on|via)\b.*", "share on facebook", "share prices"),
    Row(r"read more|see more|show more", "see more", "see more of him"),
    Row(r"more on this|more stories|related", "more stories", "related charges"),
    Row(r"listen|music", "music", "music festivals"),
    Row(r"most (?:read|popular)", "most read", "most popular mayor"),
    Row(r"related (?:articles?|stories|content|coverage|topics?)", "related stories", "related stories of the war"),
    Row(r"recommended|recommended (?:for you|stories)", "recommended for you", "recommended doses"),
    Row(r"pull ?quote|audio-clip", "pullquote", "pull"),
    Row(r"skip to (?:main )?(?:content|navigation|article)", "skip to main content", "skip to the end"),
    Row(r"slideshow(?: \(.*\))?", "slideshow (3 photos)", "slideshow of the war"),
    Row(r"break", "break", "break-in"),
    Row(r"(?:prev|next)(?:ious)?(?: image)?(?: \d+ of \d+)?", "next image 2 of 9", "next year"),
    Row(r"\d+ min(?:ute)?s? read", "4 min read", "4 minutes"),
    Row(r"https?://\S+", "https://example.org/a", "see https://example.org"),
    Row(r"\d+ (?:minute|hour|day|week|month|year)s? ago", "3 hours ago", "he left 3 hours ago"),
    Row(r"this article is more than .* old", "this article is more than 2 years old", "the house is 2 years old"),
    Row(r"all rights reserved", "all rights reserved", "all rights were reserved"),
    Row(r"listen to (?:this|the) (?:article|story|episode|podcast)\b.*", "listen to this article", "listen to them"),
    Row(r"sign (?:in|up)|log ?in", "log in", "sign of hope"),
    Row(r"already a subscriber\b.*", "already a subscriber? log in", "he was already a subscriber"),
    Row(r"sign[- ]?up (?:here|now|today)\b.*", "sign-up now for free", "sign up for a course"),
    Row(
        r"sign[- ]?up (?:for|to)\b.*(?:newsletter|e-?mail|alert|briefing|update|inbox).*",
        "sign up for our daily briefing",
        "sign up for the army",
    ),
    Row(r"subscribe|subscribe (?:now|today|to)\b.*", "subscribe to the gazette", "subscribers left"),
    Row(r"click here\b.*", "click here to read it", "a click here and there"),
    Row(r"like us on facebook", "like us on facebook", "they like us"),
    Row(r"follow us\b.*", "follow us on x", "follow the money"),
    Row(r"join us on (?:facebook|twitter)\b.*", "join us on facebook", "join us on friday"),
    Row(
        r"follow (?:@|.{1,60} on (?:twitter|x|facebook|instagram|threads)\b).*",
        "follow jane doe on twitter",
        "follow the rules on taxes",
    ),
    Row(r"support local journalism\b.*", "support local journalism today", "support local farmers"),
    Row(r"(?:we|this (?:web)?site|our (?:web)?site) uses? cookies\b.*", "this website uses cookies", "we use force"),
    Row(r"(?:accept|reject|manage)(?: all)? cookies", "accept all cookies", "accept all terms"),
    Row(r"cookie policy", "cookie policy", "foreign policy"),
    Row(
        r"by (?:continuing to (?:use|browse)|using this (?:web)?site)\b.*",
        "by continuing to browse, you accept this",
        "by continuing to fight, they lost",
    ),
    Row(r"by signing up\b.*", "by signing up you agree", "by signing the deal"),
    Row(r"(?:copyright )?(?:©|\(c\)) .*", "© 2024 the gazette", "the © sign"),
    Row(r"copyright \d{4}.*", "copyright 2024 the gazette", "copyright law"),
    Row(r"this site is protected by recaptcha\b.*", "this site is protected by recaptcha", "this site is protected"),
)
"""Patterns of whole lines. Example: "Share this" is a button, "Share prices" a heading."""
LABELLED_LINES = (
    Row(r"(?:read|see|watch|listen|learn) (?:more|also|now)", "read more", "read the letter"),
    Row(r"(?:also|must) (?:read|see)", "also read", "also seen"),
    Row(r"more|related(?: \w+)?", "related news", "many more"),
    Row(r"watch|read|listen|don[’']t miss", "don’t miss", "don’t go"),
    Row(r"recommended|contributing", "contributing", "contribution"),
    Row(r"photos?|pictures?|images?|videos?|credits?", "photos", "photographers"),
)
"""Patterns of how a labelled line begins, before a colon, a bar or an arrow. Example: "Read more: The talks" """
PITCHES = (
    Row(r"to your inbox\b", "the news, sent to your inbox", "a message arrives in your inbox"),
    Row(r"by signing up,? you agree", "by signing up, you agree to this", "by signing up, they agreed"),
    Row(r"(?:\A|[.!?:;]\W*)sign[- ]?up (?:here|now|today)\b", "like it? sign up here", "those who sign up now"),
    Row(r"all rights reserved", "the gazette, all rights reserved", "all rights are reserved"),
    Row(r"click here for reprint", "click here for reprints", "click here for it"),
    Row(r"\bsign up for .{0,60}(?:newsletter|alerts?\b)", "to sign up for our alerts", "they sign up for courses"),
    Row(r"\buses cookies\b", "the gazette uses cookies", "the baker sells cookies"),
)
"""Patterns that make a line a pitch, anywhere in the line. Example: "News to your inbox" """
PHOTO_CREDITS = (
    Row(r"©|\(c\) \d{4}", "harbour (c) 2024 jane doe", "paragraph (c) of the law"),
    Row(r"getty images\W*\Z", "jane doe, getty images.", "getty images sued them"),
    Row(r"/(?:afp|ap|epa|reuters|shutterstock|alamy|getty)\b", "jane doe/afp", "jane doe of afp"),
    Row(r"file photo\W*\Z", "the harbour in a file photo", "the file photo shows it"),
)
"""Patterns that make a short line a photo credit, anywhere in the line. Example: "Jane Doe/AFP" """
_PHOTO = r"(?i:(?:file )?(?:photo(?:graph)?|image|picture|pic)s?)"
_NAMED = r"[A-ZÀ-Þ][\w.’'-]+(?:\s+(?:d[aei]|v[ao]n|der)?\s*[A-ZÀ-Þ][\w.’'-]*){1,4}"
_AGENCIES = (
    r"AFP|AP(?: Photo)?|EPA|Reuters|Getty(?: Images)?|Shutterstock|Alamy|Bloomberg|PA(?: Wire)?|Associated Press"
)
TAKEN_BY = (
    Row(
        rf"^\W*{_PHOTO}(?:(?i: ?(?:credit|source|by|courtesy|taken|of|via))+\s*[:,/|-]?|\s*[:,/|-])\s*{_NAMED}",
        "Photo credit: Jane Doe",
        "Photos: See the damage",
    ),
    Row(
        rf"\b(?i:photo(?:graph(?:s|y|ed)?|s)?|pictures?|images?)(?i: taken)? (?i:by|courtesy(?: of)?):?\s+{_NAMED}",
        "The harbour at dawn. Photo by Jane Doe",
        "An image by AI fooled voters.",
    ),
    Row(rf"{_NAMED}\s?/\s?(?:{_AGENCIES})\b", "The harbour. Jane Doe / Reuters", "A Reuters/Ipsos poll"),
    Row(
        rf"\((?:{_AGENCIES})\s?/\s?{_NAMED}\)|^\W*(?:{_AGENCIES})\s?/\s?{_NAMED}\W*$",
        "(AP Photo/Jane Doe)",
        "AP/Ipsos poll",
    ),
    Row(rf"^\W*(?i:credits?|courtesy of)\W{{1,4}}{_NAMED}\W*$", "Credit: Jane Doe", "Tax credits: New rules for All"),
)
"""Patterns of a line that names a photographer. Example: "Photo: Jane Doe" """
CAPTIONS = (
    Row(r"enlarge this image\b", "enlarge this image", "enlarge the port"),
    Row(r"(?:toggle|hide) caption\b(?! \d)", "toggle caption", "the caption"),
    Row(
        r"\W*(?:photo(?:graph)?|image|picture|illustration|video|graphic)s?"
        r" (?:by|credits?|courtesy|source|copyright|via)\b",
        "photo by jane doe",
        "photos show the harbour",
    ),
)
"""Patterns of how a caption line begins. Example: "Photo credit" """
LABELS_BEFORE_SENTENCES = (
    Row(r"Hide Caption \d{1,3} of \d{1,3}", "Hide Caption 2 of 21", "Caption 2 of 21"),
    Row(r"(?:Image|Media) caption(?! [a-z])", "Media caption", "Media caption laws"),
    Row(r"Story highlights(?! [a-z])", "Story highlights", "Story highlights the fire"),
    Row(r"CLOSE(?= [A-Z])(?! [A-Z]+ [A-Z]{2,})", "CLOSE The bridge", "CLOSE FRIENDS OF LUND"),
    Row(r"\((?:AP Photo|Photo(?: by|:)|Image:)[^()]{2,90}\)", "(AP Photo/Jane Doe, File)", "(AP Photo)"),
)
"""Patterns of labels that scrapes glue to the sentence behind them. Example: "Hide Caption 2 of 21 The pier" """
GALLERIES = (Row(r"Photos:", "Photos:", "Photos of Osk"),)
"""Patterns of what stands before the title of a gallery. Example: "Photos: Floods in Osk" """
STANDARD_NAMES = (
    Row(r"(?:reuters|ap photo|epa|afp|getty(?: images)?)/[\w .'’-]{2,40}", "reuters/jane doe", "reuters reported"),
    Row(r"\|? ?(?:getty(?: images)?|ap photo|ap images)", "| ap photo", "an ap photo"),
    Row(r"hide caption(?: \d+ of \d+)?", "hide caption 2 of 21", "caption 2 of 21"),
    Row(r"photo|video|audio|gallery|view gallery", "view gallery", "a photo"),
    Row(r"opinion contributor|analysis/opinion", "opinion contributor", "a contributor"),
    Row(r"add interest|political updates", "add interest", "interest rates"),
    Row(r"advertisements?", "advertisements", "advertisements ended"),
    Row(r"(?:special (?:to|for) )usa today", "special to usa today", "usa today"),
    Row(r"newsletter sign[- ]?up", "newsletter sign-up", "a newsletter"),
)
"""Patterns of whole lines whose words would be content inside a sentence. Example: "Hide caption 2 of 21" """
