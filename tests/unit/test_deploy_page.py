"""What README.md and docs/deploy.md tell operators to copy does what they say."""

from __future__ import annotations

import ipaddress
import re
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def test_the_env_file_is_made_for_its_owner_alone() -> None:
    """`cp` would leave the token readable to everyone."""
    for name in ("README.md", ".env.example"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "install -m 600 .env.example .env" in text
        assert "cp .env.example" not in text


def test_the_operator_s_commands_name_the_environment_that_has_the_bot() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    above = text.partition("\n```\npython -m bot check")[0].splitlines()[-2:]
    assert "`.venv-bot/bin/python`" in "".join(above)


def test_nginx_counts_an_ipv6_network_as_one_address() -> None:
    """A subscriber has a whole /64. An IPv4 address counts by itself."""
    text = (ROOT / "docs/deploy.md").read_text(encoding="utf-8")
    assert "limit_conn_zone $matinee_network zone=matinee_address" in text
    found = re.search(r'"~(.+)" \$matinee_prefix;', text)
    assert found
    pattern = re.compile(found[1].replace("?<", "?P<").encode())

    def network(address: str) -> bytes:
        packed = ipaddress.ip_address(address).packed
        matched = pattern.search(packed)
        return matched["matinee_prefix"] if matched else packed

    assert network("2001:db8:a:b::1") == network("2001:db8:a:b:ffff::2") != network("2001:db8:a:c::1")
    assert network("2001:a0a::1") != network("2001:a0b::1"), "a byte may be a line break"
    assert network("192.0.2.1") != network("192.0.2.2")
