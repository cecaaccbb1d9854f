"""Describes the machine that something is measured on."""

from __future__ import annotations

import os
import platform
from pathlib import Path


def describe_machine() -> str:
    """Describes this machine: its processor, the cores that may be used, its memory, its system.

    Where the processor has no instructions for products of 8-bit integers (VNNI), that is told too: models in int8 are
    hardly faster there than in fp32.
    """
    path = Path("/proc/cpuinfo")
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    flags = next((line.partition(":")[2].split() for line in lines if line.startswith("flags")), None)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    vnni = " without VNNI" if flags is not None and not any("vnni" in flag for flag in flags) else ""
    return f"{names[0] if names else platform.processor()}{vnni}, {cores} cores, {memory:.0f} GB, {platform.system()}"
