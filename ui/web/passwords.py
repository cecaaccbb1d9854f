"""Hashes passwords with scrypt, so that who reads the file of users can sign in as nobody."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import re

_COST, _BLOCK, _PARALLEL = 1 << 14, 8, 1
"""The parameters of scrypt for new passwords. One hash takes about 50 ms and 16 MB."""
_HASH = re.compile(r"scrypt\$(\d{1,8})\$(\d{1,2})\$(\d{1,2})\$([\w+/=]{8,90})\$([\w+/=]{40,90})")
_MOST_MEMORY = 128 << 20
"""Bytes that a hash may need, so that an altered file can't exhaust the memory."""


def hashed(password: str) -> str:
    """Hashes a password with a new salt: `scrypt$COST$BLOCK$PARALLEL$SALT$KEY`."""
    salt = os.urandom(16)
    key = _key(password, salt, _COST, _BLOCK, _PARALLEL)
    return "$".join(["scrypt", str(_COST), str(_BLOCK), str(_PARALLEL), _encoded(salt), _encoded(key)])


def is_hash(text: str) -> bool:
    """Whether a text is what `hashed` returns."""
    return _HASH.fullmatch(text) is not None


def matches(password: str, stored: str) -> bool:
    """Whether a password is the one that was hashed. The comparison takes constant time.

    Args:
        password: What somebody typed.
        stored: What `hashed` returned; with any other text, the answer is False.
    """
    found = _HASH.fullmatch(stored)
    if found is None:
        return False
    cost, block, parallel = (int(number) for number in found.groups()[:3])
    try:
        salt, key = (base64.b64decode(part) for part in found.groups()[3:])
        given = _key(password, salt, cost, block, parallel)
    except ValueError:  # no base64, parameters that scrypt does not allow, or that need too much memory
        return False
    return hmac.compare_digest(given, key)


def _key(password: str, salt: bytes, cost: int, block: int, parallel: int) -> bytes:
    return hashlib.scrypt(
        password.encode("utf-8", "replace"),
        salt=salt,
        n=cost,
        r=block,
        p=parallel,
        maxmem=_MOST_MEMORY,
        dklen=32,
    )


def _encoded(data: bytes) -> str:
    return base64.b64encode(data).decode()
