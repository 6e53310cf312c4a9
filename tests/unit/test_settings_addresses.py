"""Settings that are URLs: their spellings, and the parts that stay hidden."""

from __future__ import annotations

from ipaddress import IPv4Address
from pathlib import Path

import pytest

from bot.errors import SettingsError
from tests.helpers.settings import make_settings


@pytest.mark.parametrize("written", ["https://host/v1/video", "https://host/v1/video/", "https://host/v1/video//"])
def test_the_base_url_always_ends_with_one_slash(tmp_path: Path, written: str) -> None:
    """Paths can be appended to it."""
    assert make_settings(tmp_path, samsar_base_url=written).samsar_base_url == "https://host/v1/video/"


@pytest.mark.parametrize("written", ["create", "/create", "create/", "//create//"])
def test_a_path_may_be_written_with_or_without_slashes_around_it(tmp_path: Path, written: str) -> None:
    assert make_settings(tmp_path, samsar_create_path=written).samsar_create_path == "create"


def test_a_colon_is_a_scheme_at_the_beginning_of_a_path_only(tmp_path: Path) -> None:
    assert make_settings(tmp_path, samsar_create_path="v2/movies:create").samsar_create_path == "v2/movies:create"


@pytest.mark.parametrize("name", ["public_url", "otel_exporter_otlp_endpoint"])
def test_an_address_for_other_programs_ends_without_a_slash(tmp_path: Path, name: str) -> None:
    """Paths are appended with one."""
    settings = make_settings(tmp_path, **{name: "https://host.test/below/"})
    assert getattr(settings, name) == "https://host.test/below"


@pytest.mark.parametrize("url", ["https://cinema.test/legal?page=2#terms", f"https://cinema.test/{'x' * 492}"])
def test_a_page_may_be_named_by_every_url_that_a_button_takes(tmp_path: Path, url: str) -> None:
    """Discord takes 512 characters."""
    settings = make_settings(tmp_path, privacy_url=url, terms_url=url)
    assert (settings.privacy_url, settings.terms_url) == (url, url)


@pytest.mark.parametrize("name", ["PUBLIC_URL", "SAMSAR_BASE_URL"])
@pytest.mark.parametrize("host", ["x\u2100", "[", "x:port", "x\x0by"])
def test_a_password_in_an_odd_address_is_not_shown(tmp_path: Path, name: str, host: str) -> None:
    """Python's own error messages quote the URL."""
    with pytest.raises(SettingsError) as caught:
        make_settings(tmp_path, **{name.lower(): f"https://somebody:mellon@{host}/"})
    [problem] = caught.value.problems
    assert problem.startswith(f"{name} must be ")
    assert "mellon" not in problem


@pytest.mark.parametrize(
    ("public_url", "host", "listens_on"),
    [
        ("", "", "127.0.0.1"),
        ("https://bot.example.org", "", str(IPv4Address(0))),
        ("https://bot.example.org", "127.0.0.1", "127.0.0.1"),
        ("", "::", "::"),
    ],
)
def test_only_this_machine_may_connect_unless_others_are_meant_to(
    tmp_path: Path, public_url: str, host: str, listens_on: str
) -> None:
    """Without PUBLIC_URL, only monitoring on this machine uses the port.

    A HOST that is set wins.
    """
    assert make_settings(tmp_path, public_url=public_url, host=host).host == listens_on
