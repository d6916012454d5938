"""Tokens speak for a person until they end."""

from datetime import timedelta

import pytest

from shuli.kit import tokens
from shuli.kit.models import ApiToken
from shuli.kit.tokens import Bearer

pytestmark = pytest.mark.django_db


def test_a_token_speaks_for_its_person():
    token = tokens.issue("lin", "ERP")

    assert tokens.bearer(token) == Bearer(person="lin", read_only=False)


def test_only_the_hash_of_a_token_is_kept():
    token = tokens.issue("lin", "ERP")

    row = ApiToken.objects.get()
    assert token not in {str(value) for value in vars(row).values()}


def test_an_unknown_token_speaks_for_nobody():
    assert tokens.bearer("shuli_made-up") is None


def test_a_revoked_token_ends_at_once():
    token = tokens.issue("lin", "ERP")

    assert tokens.revoke("lin", tokens.tokens_of("lin")[0].pk)
    assert tokens.bearer(token) is None
    assert tokens.tokens_of("lin") == []


def test_nobody_revokes_another_persons_token():
    token = tokens.issue("lin", "ERP")

    assert not tokens.revoke("wu", tokens.tokens_of("lin")[0].pk)
    assert tokens.bearer(token)


def test_a_token_ends_by_itself():
    token = tokens.issue("lin", "ERP", days=1)
    ApiToken.objects.update(expires_at=ApiToken.objects.get().created_at - timedelta(seconds=1))

    assert tokens.bearer(token) is None


def test_who_leaves_leaves_with_all_tokens():
    held = [tokens.issue("lin", "ERP"), tokens.issue("lin", "BI", read_only=True)]

    assert tokens.revoke_all("lin") == 2
    assert [tokens.bearer(token) for token in held] == [None, None]


def test_use_is_noted_once_a_minute(django_assert_num_queries):
    token = tokens.issue("lin", "ERP")
    tokens.bearer(token)
    first = ApiToken.objects.get().last_used_at

    tokens.bearer(token)

    assert first is not None
    assert ApiToken.objects.get().last_used_at == first
