"""Finds whether an item is published: drafts, what lies in the trash, private and deleted items are not.

The states are those of content management systems: WordPress, Ghost, Drupal, Hugo, Jekyll, Pelican, Arc, NewsML.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rag.text.field_names import plain_name

STATES = {
    **dict.fromkeys(
        ("draft", "autodraft", "pending", "pendingreview", "inreview", "needsreview", "unpublished"), "draft"
    ),
    **dict.fromkeys(("future", "scheduled", "embargoed", "withheld", "onhold"), "scheduled"),
    **dict.fromkeys(("private", "hidden", "password"), "private"),
    **dict.fromkeys(("trash", "trashed", "deleted", "removed", "inherit"), "deleted"),
    **dict.fromkeys(("spiked", "killed", "rejected", "withdrawn", "retracted", "canceled", "cancelled"), "withdrawn"),
}
"""The states in which an item is not published, and the name of each in a report. Example: `status: pending`."""
_STATE_FIELDS = (
    *("status", "poststatus", "articlestatus", "publishstatus", "publicationstatus", "pubstatus", "workflowstatus"),
    *("workflowstate", "moderationstate", "state", "visibility"),
)
_TRUE_IF_NOT = {
    **dict.fromkeys(("draft", "isdraft", "unpublished"), "draft"),
    **dict.fromkeys(("embargoed", "isembargoed"), "scheduled"),
    **dict.fromkeys(("private", "isprivate", "hidden", "ishidden"), "private"),
    **dict.fromkeys(("deleted", "isdeleted", "trash", "trashed", "istrashed", "removed", "isremoved"), "deleted"),
    **dict.fromkeys(("deletedat", "trashedat", "datedeleted", "removedat"), "deleted"),
    **dict.fromkeys(("retracted", "isretracted", "withdrawn", "iswithdrawn"), "withdrawn"),
}
"""Fields that are true, or hold a time, if an item is not published."""
_FALSE_IF_NOT = ("published", "ispublished", "publish", "public", "ispublic")
"""Fields that are false if an item is not published. They may hold a date as well."""
NO_ARTICLE = "no article"
"""The status of an item that is no article at all."""
_NO_ARTICLES = frozenset(
    "attachment navmenuitem customcss customizechangeset revision oembedcache userrequest wpblock wptemplate"
    " wptemplatepart wpglobalstyles wpnavigation wpfontfamily wpfontface acffield acffieldgroup".split()
)
"""Types of WordPress items that are no articles."""
_TYPE_FIELDS = ("posttype", "type")
_NO = ("false", "no", "off", "n", "0", "null", "none")
"""Words for a flag that is not set."""
_INSIDE = ("revision", "additionalproperties", "sys", "workflow")
"""Fields that hold an item's state inside them."""
_TOLD = frozenset((*_STATE_FIELDS, *_TRUE_IF_NOT, *_FALSE_IF_NOT, *_TYPE_FIELDS, *_INSIDE, "content", "postpassword"))
"""All fields that may tell that an item is not published."""


def read_status(fields: Mapping[str, Any]) -> str | None:
    """Finds why an item is not published.

    Args:
        fields: The item's fields, by their plain names.

    Returns:
        A word for a report, such as "draft", "private" or "deleted"; "no article" for an item of another type; None if
        the item is published or nothing is stated.
    """
    if _TOLD.isdisjoint(fields):
        return None
    if any(_plain_value(fields.get(name)) in _NO_ARTICLES for name in _TYPE_FIELDS):
        return NO_ARTICLE
    told = (_read_states(fields), _read_flags(fields))
    inside = (fields[name] for name in _INSIDE if isinstance(fields.get(name), Mapping))
    parts = (read_status({plain_name(name): value for name, value in part.items()}) for part in inside)
    return next(filter(None, (*told, *parts)), None)


def _read_states(fields: Mapping[str, Any]) -> str | None:
    """The state that a field names."""
    for name in _STATE_FIELDS:
        value = fields.get(name)
        if _unwrap(value) is False or (name == "status" and "nid" in fields and _plain_value(value) == "0"):  # Drupal
            return "draft"
        if state := STATES.get(_plain_value(value)):
            return state
    return None


def _read_flags(fields: Mapping[str, Any]) -> str | None:
    """The state that a flag tells."""
    for name, state in _TRUE_IF_NOT.items():
        if _flag(fields.get(name)):
            return state
    if any(_flag(fields.get(name)) is False for name in _FALSE_IF_NOT):
        return "draft"
    content = fields.get("content")
    is_protected = isinstance(content, Mapping) and content.get("protected") is True
    return "private" if is_protected or _plain_value(fields.get("postpassword")) else None


def _plain_value(value: Any) -> str:
    """The value's plain name without the prefix of NewsML's states (`stat:usable`)."""
    value = _unwrap(value)
    text = plain_name(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    return text.removeprefix("stat") if ":" in str(value) else text


def _flag(value: Any) -> bool | None:
    """Whether a flag is set. A date counts as set. None if nothing is stated."""
    value = _unwrap(value)
    if isinstance(value, bool | int | float):
        return bool(value)
    if not isinstance(value, str) or not value.strip():
        return None
    return value.strip().lower() not in _NO


def _unwrap(value: Any) -> Any:
    """The value of a list or an object that holds one (`[{"value": "0"}]`, `{"qcode": "stat:usable"}`)."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, Mapping):
        value = next((value[name] for name in ("value", "name", "qcode", "code", "id") if name in value), None)
    return value
