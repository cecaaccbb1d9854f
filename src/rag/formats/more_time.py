"""Gives the worker more processor time for a file of many pages. The clock of the sandbox still limits it."""

from __future__ import annotations


def allow_more_time(seconds: int) -> None:
    """Raises this process's limit of processor time.

    Args:
        seconds: By how many seconds.
    """
    try:
        import resource
    except ImportError:  # this system has no limits of this kind
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    if soft != resource.RLIM_INFINITY:
        resource.setrlimit(resource.RLIMIT_CPU, (soft + seconds, hard))
