"""Lists of texts as parameters of a statement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class ListParams(NamedTuple):
    """A list of texts in SQL, for `IN (...)`, and its parameters."""

    sql: str
    params: dict[str, str]


def list_params(name: str, values: Sequence[str]) -> ListParams:
    """Make the list.

    SQL has no empty list: it becomes an empty text, which equals no id and no nonce.
    """
    params = {f"{name}{number}": value for number, value in enumerate(values or ("",))}
    return ListParams(", ".join(f":{key}" for key in params), params)
