"""Secrets that two programs share, and signatures with them.

A secret is made from the installation's key and a salt, so that only the salt is kept: whoever reads the database learns
no secret, and it can still be used for signing and checking. It is shown once.
"""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode

from django.conf import settings

PREFIX = "shsec_"  # lets scanners for leaked secrets know one
PURPOSE = b"shuli webhook secret\n"


def new_salt() -> str:
    return secrets.token_hex(16)


def secret_of(salt: str) -> str:
    """Return the secret that belongs to a salt in this installation."""
    made = hmac.new(settings.SECRET_KEY.encode(), PURPOSE + salt.encode(), hashlib.sha256).digest()
    return PREFIX + urlsafe_b64encode(made).decode().rstrip("=")


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Return the HMAC-SHA256 of `timestamp.body` in hexadecimal."""
    return hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def is_signed(secret: str, timestamp: str, body: bytes, given: str) -> bool:
    """Say whether a signature is right, in the same time for every wrong one."""
    expected = f"sha256={signature(secret, timestamp, body)}"
    return hmac.compare_digest(expected.encode(), given.strip().encode("utf-8", "replace"))
