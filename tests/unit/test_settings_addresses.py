"""Settings that are URLs: their spellings, and the parts that stay hidden."""

from __future__ import annotations

from ipaddress import IPv4Address

from tests.helpers.env_file import REQUIRED, problems, read


def test_addresses_and_paths_may_be_written_with_or_without_slashes() -> None:
    """Paths can be appended to the base URL, and to the addresses for other programs with a slash of their own."""
    for written in ("https://host/v1/video", "https://host/v1/video/", "https://host/v1/video//"):
        assert read(SAMSAR_BASE_URL=written).samsar_base_url == "https://host/v1/video/"
    for written in ("create", "/create", "create/", "//create//"):
        assert read(SAMSAR_CREATE_PATH=written).samsar_create_path == "create"
    assert read(SAMSAR_CREATE_PATH="v2/movies:create").samsar_create_path == "v2/movies:create", "no scheme"
    for name in ("PUBLIC_URL", "OTEL_EXPORTER_OTLP_ENDPOINT"):
        assert getattr(read(**{name: "https://host.test/below/"}), name.lower()) == "https://host.test/below"


def test_a_page_may_be_named_by_every_url_that_a_button_takes() -> None:
    """Discord takes 512 characters."""
    for url in ("https://cinema.test/legal?page=2#terms", f"https://cinema.test/{'x' * 492}"):
        settings = read(PRIVACY_URL=url, TERMS_URL=url)
        assert (settings.privacy_url, settings.terms_url) == (url, url)


def test_a_password_in_an_odd_address_is_not_shown() -> None:
    """Python's own error messages quote the URL."""
    for host in ("x\u2100", "[", "x:port", "x\x0by"):
        url = f"https://somebody:mellon@{host}/"
        told = problems(environ={**REQUIRED, "PUBLIC_URL": url, "SAMSAR_BASE_URL": url})
        assert [problem.partition(" must be ")[0] for problem in told] == ["SAMSAR_BASE_URL", "PUBLIC_URL"]
        assert "mellon" not in str(told)


def test_only_this_machine_may_connect_unless_others_are_meant_to() -> None:
    """Without PUBLIC_URL, only monitoring on this machine uses the port. A HOST that is set wins."""
    for public_url, host, listens_on in (
        ("", "", "127.0.0.1"),
        ("https://bot.example.org", "", str(IPv4Address(0))),
        ("https://bot.example.org", "127.0.0.1", "127.0.0.1"),
        ("", "::", "::"),
    ):
        assert read(PUBLIC_URL=public_url, HOST=host).host == listens_on
