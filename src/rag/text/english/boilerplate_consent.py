"""Sentences of newsletter forms and of banners that ask for consent.

Each pattern is for a whole sentence in lower case. Each row has a sentence that it matches and one that it must not.
"""

from __future__ import annotations

from rag.text.english.patterns import Row

NEWSLETTERS = (
    Row(
        r"(?:to get it in your inbox, |you can )sign up (?:right )?here",
        "you can sign up right here",
        "you can sign up there",
    ),
    Row(
        r"to get it in your inbox, sign up for free,? here",
        "to get it in your inbox, sign up for free here",
        "to get it, sign here",
    ),
    Row(
        r".{0,60}\b(?:get|sent|sign up|delivered|news|updates?|stories|guide|tips|newsletters?|briefing)\b.{0,60}"
        r" (?:in|to) your inbox",
        "get the daily briefing in your inbox",
        "a new message arrives in your inbox",
    ),
    Row(
        r"sign up (?:for|to) .{2,120}newsletters?\b.{0,60}",
        "sign up for the gazette's newsletter",
        "sign up for the army",
    ),
    Row(
        r"sign up to receive (?:the|our) .{0,60}stories\b.*",
        "sign up to receive our top stories every day",
        "sign up to receive it",
    ),
    Row(
        r"(?:invalid|please enter a valid) e-?mail(?: address)?.*",
        "please enter a valid email address",
        "the email address was invalid",
    ),
    Row(r"please re-enter", "please re-enter", "please enter"),
    Row(r"you must select a newsletter .*", "you must select a newsletter to subscribe to", "you must select one"),
    Row(
        r"you (?:can|may) (?:unsubscribe|opt[- ]out) (?:at )?any ?time",
        "you can unsubscribe at any time",
        "you can leave at any time",
    ),
    Row(
        r"you will receive e-?mails containing .*",
        "you will receive emails containing news",
        "you will receive emails",
    ),
    Row(
        r"you agree to receive occasional .*",
        "you agree to receive occasional marketing emails",
        "you agree to receive it",
    ),
    Row(r"view all .{2,40} newsletters", "view all gazette newsletters", "view all newsletters"),
    Row(
        r".{0,60}please verify you['’]re not a robot.*",
        "please verify you're not a robot by clicking the box",
        "please verify you're not late",
    ),
    Row(
        r"for your security, we['’]ve sent a confirmation e-?mail.*",
        "for your security, we've sent a confirmation email to the address",
        "for your security, we've closed the road",
    ),
    Row(
        r"click the link to confirm your subscription.*",
        "click the link to confirm your subscription and begin",
        "click the link to confirm it",
    ),
    Row(
        r"if you don['’]t get the confirmation .*",
        "if you don't get the confirmation within 10 minutes, check your spam",
        "if you don't get the vote",
    ),
    Row(
        r"thank you for (?:subscribing|signing up).{0,40}",
        "thank you for subscribing",
        "thank you for coming",
    ),
    Row(
        r"would you like to receive the .{2,40} newsletter ?",
        "would you like to receive the gazette newsletter",
        "would you like to receive the prize",
    ),
    Row(
        r"the .{2,40} newsletter provides you with .*",
        "the gazette newsletter provides you with the week's news",
        "the gazette newsletter won a prize",
    ),
    Row(r"subscribe on apple podcasts.*", "subscribe on apple podcasts", "apple podcasts grew"),
)
"""Sentences around a newsletter's form. Example: "You can unsubscribe at any time." """
CONSENT = (
    Row(
        r"we(?:,| and) (?:our )?(?:\d+ )?(?:\w+ )?partners\b.{0,200}"
        r"(?:cookies|personal data|identifiers|on (?:a|your) device)\b.*",
        "we and our 842 partners store and access information on a device",
        "we and our partners in the alliance will use every tool we have",
    ),
    Row(r"we (?:value|respect|care about) your privacy\b.*", "we value your privacy", "we value your vote"),
    Row(r"we(?: and .{2,40})? use cookies\b.*", "we and others use cookies", "we use data"),
    Row(
        r"(?:manage|change|review|set)(?: your)? (?:cookie|privacy|consent|data|ad)s? ?"
        r"(?:settings|preferences|choices|options)?",
        "manage your cookie settings",
        "change your settings",
    ),
    Row(
        r"do not sell(?: or share)? my (?:personal )?(?:data|info(?:rmation)?)",
        "do not sell my personal information",
        "do not sell my house",
    ),
    Row(r"your (?:california )?privacy (?:rights|choices)", "your privacy choices", "your privacy"),
    Row(
        r"by (?:clicking|selecting|pressing|tapping) .{2,80}you (?:agree|consent|accept)\b.*",
        "by clicking “accept all”, you agree to this",
        "by clicking the button, he won",
    ),
    Row(
        r".{0,80}(?:storing|use|placement) of cookies on your (?:device|computer|browser).*",
        "you agree to the storing of cookies on your device",
        "regulators fined the site for the use of cookies",
    ),
    Row(
        r"you (?:can|may) (?:change|withdraw|manage) your (?:consent|preferences|choices|settings|cookies)\b.*",
        "you can change your preferences by returning to this site",
        "the law lets people change their consent",
    ),
    Row(
        r"(?:see|read|you can (?:read|find).{0,40})(?: out)?(?: more)?(?: about)? ?our (?:\w+ ){0,3}"
        r"(?:privacy|cookie) policy.*",
        "see our privacy policy for details",
        "see the policy",
    ),
    Row(
        r"you can find out more about our legitimate interest.*",
        "you can find out more about our legitimate interests",
        "you can find out more",
    ),
    Row(
        r"we will use the (?:details|information) you have shared .*",
        "we will use the details you have shared to manage your newsletter",
        "we will use the money",
    ),
    Row(
        r"you agree to the processing, storage, sharing and use .*",
        "you agree to the processing, storage, sharing and use of this information",
        "you agree to the deal",
    ),
    Row(
        r"if you wish to object to the use of your data .*",
        "if you wish to object to the use of your data in this way, write to us",
        "if you wish to object",
    ),
    Row(
        r"['’‘]we['’] includes .{2,60} brands of .*",
        "'we' includes the gazette and other brands of the group",
        "we include all brands",
    ),
    Row(
        r"['’‘]we['’] includes .{2,120} detailed here",
        "'we' includes the group and its partners detailed here",
        "the plan is detailed here",
    ),
    Row(
        r"i (?:can )?confirm i have read and accept the terms .*",
        "i confirm i have read and accept the terms of use",
        "i confirm i have read it",
    ),
    Row(
        r"please (?:check to proceed|select your country)",
        "please select your country",
        "please select your leader",
    ),
    Row(r"(?:please )?enable (?:javascript|cookies)\b.*", "please enable javascript to continue", "enable trade"),
    Row(r".{0,60}requires javascript\b.*", "this page requires javascript", "this page requires it"),
    Row(
        r"(?:privacy policy|terms (?:of (?:use|service)|and conditions)|cookie (?:notice|settings|preferences|policy))"
        r"(?:,? (?:and|&|\|) (?:the )?(?:privacy policy|terms of (?:use|service)|cookie policy))?",
        "terms of use and privacy policy",
        "terms of the deal",
    ),
)
"""Sentences that ask for consent. Example: "We value your privacy." """
