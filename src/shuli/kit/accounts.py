"""How people sign in: with an account that an administrator made, never one of their own making."""

from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest


class ClosedDoor(DefaultAccountAdapter):  # type: ignore[misc]
    """No sign-up; links in mail lead to the known address, never to the one that a request claims."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 -- allauth's signature
        return False

    def get_reset_password_from_key_url(self, key: str) -> str:
        # the request's Host may be anybody's, and would carry the key there
        claimed = urlsplit(super().get_reset_password_from_key_url(key))
        return f"{settings.SHULI_ADDRESS}{claimed.path}"
