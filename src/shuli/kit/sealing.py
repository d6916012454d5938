"""Secrets of other programs that people enter: sealed with the installation's key, opened only to be used.

Whoever reads the database or its backup without the key learns nothing, and no page shows one again.
"""

import hashlib
import hmac
from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

PURPOSE = b"shuli sealed secret\n"


class NotOurSealError(ValueError):
    """A sealed secret was made with another installation's key, or was changed."""


def seal(secret: str) -> str:
    return _lock().encrypt(secret.encode()).decode()


def unseal(sealed: str) -> str:
    """Return the secret. Raises NotOurSealError."""
    try:
        return _lock().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise NotOurSealError(
            "Expected a secret sealed with this installation's key but found another one's: enter it anew."
        ) from error


def _lock() -> Fernet:
    key = hmac.new(settings.SECRET_KEY.encode(), PURPOSE, hashlib.sha256).digest()
    return Fernet(urlsafe_b64encode(key))
