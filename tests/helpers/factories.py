"""Jobs, balances and foreign text for the tests of texts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from bot.domain.catalogue import AspectRatio, Catalogue, ImageModel, VideoModel
from bot.domain.credits import Budget
from bot.domain.jobs import Job, JobState
from bot.domain.quota import Allowance, AllowanceSource, Balance
from bot.domain.request import MovieRequest

ALICE = 424_242

CATALOGUE = Catalogue(
    (VideoModel("LUMA", "Luma Dream Machine", 10, (AspectRatio.WIDE,)),), (ImageModel("FLUX1.1PRO", "Flux 1.1 Pro"),)
)


def request(prompt: str = "a red balloon", seconds: int = 90) -> MovieRequest:
    return MovieRequest(prompt, seconds, "LUMA", "FLUX1.1PRO", AspectRatio.WIDE)


def a_movie(model: str, seconds: int) -> MovieRequest:
    return replace(request(seconds=seconds), video_model=model)


def job(state: JobState = JobState.RENDERING, prompt: str = "a red balloon", **more: Any) -> Job:
    fields: dict[str, Any] = {
        "id": "0abc123defghj",
        "interaction_id": 1,
        "guild_id": 2,
        "channel_id": 3,
        "member_id": ALICE,
        "request": request(prompt),
        "price": 900,
        "state": state,
        "created_at": 1_800_000_000_000,
        "request_id": "65fd0c1",
        **more,
    }
    return Job(**fields)


def balance(left: int = 320) -> Balance:
    plan = Budget(5000)
    return Balance(
        Budget(1000, 1000 - left), Allowance(1000, AllowanceSource.BOT_DEFAULT), extra=Budget(0), server=None, plan=plan
    )


def left(allowance: int, extra: int, server: int | None, plan: int, queued: int | None = None) -> Balance:
    """Return a balance with so much left of each; some of each is used or held."""
    share = None if server is None else Budget(server + 7, used=7)
    source = Allowance(allowance + 5, AllowanceSource.BOT_DEFAULT)
    own, granted = Budget(allowance + 5, used=5), Budget(extra + 3, held=3)
    return Balance(own, source, granted, share, Budget(plan + 9, used=9), queued)


_SIGNS = [
    *("@everyone", "<@1>", "<@&2>", "</movie:3>", "https://evil.test", "[a](https://b.test)", "<t:1:R>", ":smile:"),
    *("# big", "-# small", "> quoted", "- item", "1. one", "||spoiler||", "```code", "`", "\\", "\n", " "),
]

FOREIGN = st.one_of(
    st.text(max_size=600),
    st.text(st.sampled_from(list("\\`*_~|<>[]()#@:+-=!.1 \n\r\t\u200b\u202e\u2028a/")), max_size=600),
    st.lists(st.sampled_from(_SIGNS), max_size=60).map("".join),
)
"""Texts of members and the API, dangerous ones above all."""
