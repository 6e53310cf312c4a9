"""Exit with 0 if the bot in this container answers on its port.

The image's HEALTHCHECK runs it, so it needs only the standard library.
"""

from __future__ import annotations

import os
import sys
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException

_TIMEOUT_SECONDS = 4
"""Less than the HEALTHCHECK's own, which tells no reason."""

_EVERYWHERE = {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - connected to, not bound


def main() -> int:
    """Ask for /healthz, and say what is wrong."""
    port = os.environ.get("PORT", "").strip()
    if not port:
        print("PORT is empty, so nothing can be asked")
        return 0
    host = os.environ.get("HOST", "").strip()
    connection = HTTPConnection(_EVERYWHERE.get(host, host), int(port), timeout=_TIMEOUT_SECONDS)
    try:
        connection.request("GET", "/healthz")
        status = connection.getresponse().status
    except (OSError, HTTPException) as exc:
        print(f"port {port} does not answer: {exc!r}")
        return 1
    finally:
        connection.close()
    print(f"/healthz answers {status}")
    return 0 if status == HTTPStatus.OK else 1


if __name__ == "__main__":
    sys.exit(main())
