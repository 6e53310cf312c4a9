"""Every documented error of both versions of the API is told apart."""

from __future__ import annotations

import pytest

from bot.samsar import wire, wire_status
from bot.samsar.profile import PROFILES, ApiVersion
from tests.helpers.documented_errors import CREATE_ERRORS, STATUS_ERRORS, DocumentedError, error_id, in_each_version
from tests.helpers.response_bodies import as_body


@pytest.mark.parametrize(("version", "documented"), in_each_version(CREATE_ERRORS), ids=error_id)
def test_an_error_of_an_order_has_its_exception(version: ApiVersion, documented: DocumentedError) -> None:
    """Only a 500 leaves open whether a movie exists."""
    assert version in PROFILES
    with pytest.raises(documented.error) as caught:
        wire.decode_created(documented.status, {}, as_body({"message": documented.message}))
    assert (type(caught.value), caught.value.message) == (documented.error, documented.message)


@pytest.mark.parametrize(("version", "documented"), in_each_version(STATUS_ERRORS), ids=error_id)
def test_an_error_of_a_status_has_its_exception(version: ApiVersion, documented: DocumentedError) -> None:
    """None of these errors ends a movie."""
    profile = PROFILES[version]
    body = as_body({"message": documented.message})
    with pytest.raises(documented.error) as caught:
        wire_status.decode_status(documented.status, {}, body, base_url=profile.base_url, words=profile.words)
    assert (type(caught.value), caught.value.message) == (documented.error, documented.message)
