"""Sealed boxes: what is kept so that neither a database nor a backup can be read.

Every scan has a random key. It is kept only wrapped by the server's own key, which lives
outside the database. When the wrapped key is destroyed, every box sealed under it is
unreadable, in each backup too. Built on AES-256-GCM and HKDF-SHA256 of `cryptography`.
"""

from __future__ import annotations

import hmac
import json
import os
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE_BYTES = 12
KEY_BYTES = 32


class Unsealable(Exception):
    """The box does not open with this key: another key, another owner, or a damaged box."""


def new_key() -> bytes:
    """32 random bytes."""
    return os.urandom(KEY_BYTES)


def derive(key: bytes, purpose: str) -> bytes:
    """A key of its own for each purpose (HKDF-SHA256, 32 bytes)."""
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=purpose.encode()).derive(key)


def seed(key: bytes, purpose: str) -> int:
    """A number to start random draws with; it is never stored and dies with the key."""
    return int.from_bytes(derive(key, f"seed:{purpose}"), "big")


def slot(key: bytes, owner: str) -> bytes:
    """Where the box of `owner` stands: 32 bytes that say nothing about the owner."""
    return hmac.digest(derive(key, "slot"), owner.encode(), sha256)


def wrap(server_key: str, key: bytes, owner: str) -> bytes:
    """`key` as it may stand in the database. `owner` is bound to it."""
    return _encrypt(_wrapping_key(server_key), key, owner.encode())


def unwrap(server_key: str, wrapped: bytes, owner: str) -> bytes:
    """The key again. Raises `Unsealable` when the server's key is another one."""
    return _decrypt(_wrapping_key(server_key), wrapped, owner.encode())


def seal(key: bytes, place: bytes, content: dict[str, Any], size: int) -> bytes:
    """A box of `content` for slot `place`, padded to `size` bytes so that length says nothing.

    Raises:
        ValueError: the content does not fit in `size` bytes.
    """
    text = json.dumps(content, separators=(",", ":"), ensure_ascii=False).encode()
    if len(text) > size:
        raise ValueError(f"content of {len(text)} bytes does not fit in a box of {size}")
    return _encrypt(derive(key, "box"), text.ljust(size), place)


def unseal(key: bytes, place: bytes, box: bytes) -> dict[str, Any]:
    """The content of a box that stands in slot `place`."""
    content: dict[str, Any] = json.loads(_decrypt(derive(key, "box"), box, place))
    return content


def _wrapping_key(server_key: str) -> bytes:
    if not server_key:
        raise Unsealable("the server's sealing key is not set")
    return derive(server_key.encode(), "wrap")


def _encrypt(key: bytes, text: bytes, bound: bytes) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, text, bound)


def _decrypt(key: bytes, box: bytes, bound: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(box[:NONCE_BYTES], box[NONCE_BYTES:], bound)
    except InvalidTag as fault:
        raise Unsealable("the box does not open with this key") from fault
