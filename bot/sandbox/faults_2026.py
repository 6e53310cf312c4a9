"""The faults of what is new in the API of 2026."""

from __future__ import annotations

from dataclasses import replace

from bot.sandbox.answers_2026 import Answer
from bot.sandbox.contract_2026 import AUTUMN_2026
from bot.sandbox.fault_injection import Exchange, Fault, Proceed, Reply, Route
from bot.sandbox.faults import CREATE, STATUS, adding, fail_render, reply_with, with_body

_KEY_LIMIT_REACHED = {"limit": 1000, "used": 980, "requested": 300}


def refuse(answer: Answer, name: str = "", routes: tuple[Route, ...] = CREATE, **values: object) -> Fault:
    """Answer as the API does for a reason that the fake does not have; `values` are those of the message."""
    about = f"ignores the request and answers {answer.status}: {answer.text(**values)}"
    return Fault(name or answer.name.lower(), about, reply_with(answer.reply(**values)), routes)


def charge(factor: float, name: str = "charged-more") -> Fault:
    """Charge another sum than was estimated."""

    async def act(exchange: Exchange, proceed: Proceed) -> Reply:
        return await proceed(replace(exchange, outcome=replace(exchange.outcome, charge_factor=factor)))

    return Fault(name, f"the movie costs {factor:g} times what was estimated", act, CREATE)


def run_out() -> Fault:
    """Fail the movie because the credits are used up on the way."""
    failed = fail_render("ai_video_generation", AUTUMN_2026.ran_out["ai_video_generation"])
    return replace(failed, name="credits-run-out", about="the movie fails while rendering, because no credits are left")


def reach_key_limit() -> Fault:
    """Fail the movie because the key's monthly limit is reached on the way."""
    failed = fail_render("ai_video_generation", Answer.KEY_LIMIT_REACHED.text(**_KEY_LIMIT_REACHED))
    about = "the movie fails while rendering, because the key's monthly limit is reached"
    return replace(failed, name="key-limit-while-rendering", about=about)


def moderate() -> Fault:
    """Fail the movie because of what its prompt says, without a callback."""
    failed = fail_render("prompt_generation", Answer.NARRATIVE_MODERATED.text())
    return replace(failed, name="moderated", about="the movie fails in moderation, which no callback reports")


ALL = (
    refuse(Answer.NO_PATH, "wrong-path", tuple(Route), method="POST", path="/v1/video/text_to_video"),
    refuse(Answer.KEY_EXPIRED, "key-expired", tuple(Route)),
    refuse(Answer.OTHER_AUTH, "other-auth", (Route.STATUS, Route.CREDITS)),
    refuse(Answer.VIDEO_MODEL_INVALID, "invalid-video-model"),
    refuse(Answer.IMAGE_MODEL_UNSUPPORTED, "unsupported-image-model"),
    refuse(Answer.IMAGE_MODEL_CUSTOM, "custom-image-model"),
    refuse(Answer.KEY_LIMIT_REACHED, "key-limit", CREATE, **_KEY_LIMIT_REACHED),
    refuse(Answer.NOT_CREATED, "not-created"),
    run_out(),
    reach_key_limit(),
    moderate(),
    charge(1.5),
    charge(0.5, "charged-less"),
    Fault("cancelled", "reports CANCELLED", with_body(adding(status="CANCELLED")), STATUS),
)
