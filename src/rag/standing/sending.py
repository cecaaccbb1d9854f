"""Sends changes through the channels that the settings name. What can't be sent stays for the next check."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence

from rag.core.errors import RagError, StandingError
from rag.core.program_fault import describe_fault
from rag.core.settings_written import StandingSettings
from rag.standing.mail import mail_changes
from rag.standing.register import Register
from rag.standing.results import StandingChange
from rag.standing.webhook import post_changes

MOST_AT_ONCE = 100
"""Most changes that are sent at once. Further ones are sent at the next check."""
_log = logging.getLogger(__name__)
Send = Callable[[Sequence[StandingChange]], None]


def channels_of(settings: StandingSettings) -> tuple[str, ...]:
    """Returns the names of the channels that the settings name: `webhook`, `mail`."""
    named = {"webhook": settings.webhook, "mail": settings.mail_server}
    return tuple(name for name, address in named.items() if address is not None)


def send_unsent(register: Register, settings: StandingSettings) -> list[RagError]:
    """Sends all that was not sent yet. A change may be sent twice if this program is stopped in between.

    Args:
        register: The followed questions and their changes.
        settings: The channels. Without one nothing is sent.

    Returns:
        Why channels could not be used, at most one error each.
    """
    problems: list[RagError] = []
    ways: Mapping[str, Send] = {
        "webhook": lambda changes: post_changes(changes, settings),
        "mail": lambda changes: mail_changes(changes, settings, str(register.uuid())),
    }
    for channel in channels_of(settings):
        changes = register.unsent(channel, MOST_AT_ONCE)
        if not changes:
            continue
        try:
            ways[channel](changes)
            register.sent(channel, changes)
        except RagError as error:
            problems.append(error)
        except Exception as error:
            _log.info("a change was not sent", exc_info=error)
            problems.append(StandingError(f"Sending by {channel} failed ({describe_fault(error)})", remedy="report it"))
    return problems
