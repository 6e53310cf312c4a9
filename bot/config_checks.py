"""Checks of configured values, for the settings and the API client."""

from __future__ import annotations

from urllib.parse import urlsplit


def is_header_value(secret: str) -> bool:
    """Return whether a key or token can be an HTTP header."""
    return bool(secret) and secret.isascii() and secret.isprintable() and " " not in secret


def is_plain_url(text: str) -> bool:
    """Return whether a text is an HTTP URL without extra parts.

    Those are a user, a password, a query and a fragment.
    """
    try:
        parts = urlsplit(text)
        has_host = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # an invalid port or IPv6 address. The message may quote a password
        return False
    return has_host and "@" not in parts.netloc and not set(text) & set("?# ")
