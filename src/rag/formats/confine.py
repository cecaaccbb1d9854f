"""Takes from the worker what reading a file never needs: the network, writing, and the person's own files.

Two parts of the Linux kernel do it, through ctypes. Landlock limits which files may be opened. A filter of system calls
(seccomp) refuses sockets, writing and what reaches into other processes. Both hold for programs that the worker starts
and can't be taken back. A kernel that lacks one of them still has the other. Other systems have neither, so there only
the limits of `worker` remain: no byte can be written, but a connection could be made.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

_SET_NO_NEW_PRIVILEGES, _SET_FILTER, _FILTER_MODE = 38, 22, 2
"""The arguments of `prctl` in Linux' `prctl.h` and `seccomp.h`."""
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
"""Landlock's system calls, which have the same numbers on every processor."""
_READ, _READ_FILE, _READ_AND_WRITE = 0b1101, 0b0101, 0b0110
"""Landlock's rights: execute, read and list; execute and read; read and write a file."""
_RIGHTS_OF_VERSION = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
"""Number of rights on files that each version of Landlock knows. Later versions know as many as version 5."""
_SYSTEM = (
    *("/usr", "/lib", "/lib32", "/lib64", "/bin", "/sbin", "/opt", "/nix", "/gnu", "/snap"),
    "/sys/devices/system/cpu",
)
"""Folders of programs and libraries. None holds a person's files."""
_SYSTEM_FILES = (
    *("/etc/ld.so.cache", "/etc/localtime", "/etc/passwd", "/etc/nsswitch.conf", "/etc/mime.types", "/etc/fonts"),
    *("/etc/alternatives", "/dev/urandom", "/dev/random", "/dev/zero"),
)
"""Other paths that libraries read. `/proc` is left out, because it shows other processes' environments."""


class _Processor(NamedTuple):
    """What a filter of system calls must know of a processor.

    Attributes:
        audit: The kernel's number of the processor.
        refused: Numbers of the calls that are refused.
        opening: For each call that opens a file by flags, its number and the flags' position in its arguments.
    """

    audit: int
    refused: tuple[int, ...]
    opening: tuple[tuple[int, int], ...]


_ON_ALL = (425, 437, 438, 452)
"""io_uring_setup, openat2, pidfd_getfd, fchmodat2."""
_PROCESSORS = {
    "x86_64": _Processor(
        0xC000003E,
        (
            *_ON_ALL,
            *(41, 42, 49, 53),  # socket, connect, bind, socketpair
            *(76, 77, 82, 83, 84, 85, 86, 87, 88),  # truncate, ftruncate, rename, mkdir, rmdir, creat, link to symlink
            *(90, 91, 92, 93, 94, 132, 133),  # chmod, fchmod, chown, fchown, lchown, utime, mknod
            *(188, 189, 190, 197, 198, 199),  # setxattr and removexattr
            *(235, 258, 259, 260, 261, 263, 264, 265, 266, 268, 280, 316),  # the same by folder
            *(101, 310, 311, 165, 272, 308),  # ptrace, process_vm_readv and _writev, mount, unshare, setns
            *(248, 249, 250, 298, 321, 323),  # keys, perf_event_open, bpf, userfaultfd
        ),
        ((2, 1), (257, 2)),
    ),
    "aarch64": _Processor(
        0xC00000B7,
        (
            *_ON_ALL,
            *(198, 199, 200, 203),  # socket, socketpair, bind, connect
            *(33, 34, 35, 36, 37, 38, 45, 46, 276),  # mknodat to renameat, truncate, ftruncate, renameat2
            *(5, 6, 7, 14, 15, 16, 52, 53, 54, 55, 88),  # attributes, modes, owners, times
            *(117, 270, 271, 40, 97, 268),  # ptrace, process_vm_readv and _writev, mount, unshare, setns
            *(217, 218, 219, 241, 280, 282),  # keys, perf_event_open, bpf, userfaultfd
        ),
        ((56, 2),),
    ),
}
"""By the machine's name in `uname`. The numbers are those of the kernel's tables of system calls."""
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_ALLOW, _KILL, _REFUSE = 0x7FFF0000, 0x80000000, 0x00050000 | errno.EACCES
_LOAD, _IS, _AT_LEAST, _HAS_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
"""Operations of the kernel's packet filter: load a word, compare with a constant, return."""
_FOREIGN_CALLS = 0x40000000
"""From this number on, calls on x86-64 are of another kind (x32), which the lists of numbers don't cover."""


class Confinement(NamedTuple):
    """What the kernel took from this process.

    Attributes:
        files: Whether Landlock limits which files may be opened.
        calls: Whether sockets and writing are refused by a filter of system calls.
    """

    files: bool
    calls: bool


def confine() -> Confinement:
    """Takes the network, writing and the person's files from this process, as far as the kernel allows it.

    Files that are open stay open. Python's own folders stay readable, because readers are imported when first needed.
    The process must have one thread.
    """
    if sys.platform != "linux":
        return Confinement(files=False, calls=False)
    system = ctypes.CDLL(None, use_errno=True)
    if system.prctl(_SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0):
        return Confinement(files=False, calls=False)
    folders = {*_SYSTEM, sys.prefix, sys.base_prefix, sys.exec_prefix, *filter(None, sys.path)}
    return Confinement(_limit_files(system, folders), _filter_calls(system))


def _limit_files(system: ctypes.CDLL, folders: Iterable[str]) -> bool:
    """Lets this process read these folders and open nothing else."""
    version = system.syscall(_CREATE_RULESET, None, 0, 1)
    if version < 1:
        return False
    files = (1 << _RIGHTS_OF_VERSION.get(version, 16)) - 1
    network, scopes = (0b11 if version >= 4 else 0), (0b11 if version >= 6 else 0)  # TCP; signals and local sockets
    attributes = struct.pack("=QQQ", files, network, scopes)[: 8 if version < 4 else 16 if version < 6 else 24]
    ruleset = system.syscall(_CREATE_RULESET, attributes, len(attributes), 0)
    if ruleset < 0:
        return False
    for path in (*folders, *_SYSTEM_FILES):
        _add_rule(system, ruleset, path, _READ)
    _add_rule(system, ruleset, os.devnull, _READ_AND_WRITE)
    limited = bool(system.syscall(_RESTRICT_SELF, ruleset, 0) == 0)
    os.close(ruleset)
    return limited


def _add_rule(system: ctypes.CDLL, ruleset: int, path: str, rights: int) -> None:
    """Allows these rights at and below a path; nothing if the path is not there."""
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    if not Path(path).is_dir():
        rights &= _READ_FILE | _READ_AND_WRITE
    system.syscall(_ADD_RULE, ruleset, 1, struct.pack("=Qi", rights, place), 0)
    os.close(place)


def _filter_calls(system: ctypes.CDLL) -> bool:
    """Refuses sockets, writing and what reaches into other processes, with "permission denied"."""
    processor = _PROCESSORS.get(platform.machine())
    if processor is None or sys.byteorder != "little":
        return False
    program = _write_filter(processor)
    steps = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *step) for step in program))
    whole = struct.pack("@HP", len(program), ctypes.addressof(steps))
    return bool(system.prctl(_SET_FILTER, _FILTER_MODE, whole, 0, 0) == 0)


def _write_filter(processor: _Processor) -> Sequence[tuple[int, int, int, int]]:
    """The filter's steps: operation, steps to skip if the comparison holds, steps to skip if not, constant."""
    checks: list[tuple[int, int]] = [(_AT_LEAST, _FOREIGN_CALLS), *((_IS, number) for number in processor.refused)]
    opening = []
    for number, position in processor.opening:
        flags = 16 + 8 * position
        opening += [(_IS, 0, 3, number), (_LOAD, 0, 0, flags), (_HAS_BIT, -1, 0, _WRITING), (_LOAD, 0, 0, 0)]
    steps = [
        (_LOAD, 0, 0, 4),
        (_IS, 1, 0, processor.audit),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, 0),
        *((operation, -1, 0, constant) for operation, constant in checks),
        *opening,
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]
    last = len(steps) - 1  # a jump of -1 means: to the last step, which refuses
    return [(op, last - at - 1 if yes == -1 else yes, no, constant) for at, (op, yes, no, constant) in enumerate(steps)]
