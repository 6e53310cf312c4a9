"""The faults of what is new in the API of 2026."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus

from bot.sandbox.contract_2026 import KEY_LIMIT_REACHED, RAN_OUT
from bot.sandbox.fault_injection import Exchange, Fault, Proceed, Reply
from bot.sandbox.faults import CREATE, EXPRESS_404, STATUS, adding, fail_render, reply_with, respond, with_body

INVALID_VIDEO_MODEL = "Invalid video model"
UNSUPPORTED_IMAGE_MODEL = "Image model is not supported for this type"


def charge(factor: float, name: str = "charged-more") -> Fault:
    """Charge another sum than was estimated."""

    async def act(exchange: Exchange, proceed: Proceed) -> Reply:
        return await proceed(replace(exchange, outcome=replace(exchange.outcome, charge_factor=factor)))

    return Fault(name, f"the movie costs {factor:g} times what was estimated", act, CREATE)


def run_out() -> Fault:
    """Fail the movie because the credits are used up on the way."""
    failed = fail_render("ai_video_generation", RAN_OUT)
    return replace(failed, name="credits-run-out", about="the movie fails while rendering, because no credits are left")


ALL = (
    Fault("wrong-path", "ignores the request and answers 404 with a web page", reply_with(EXPRESS_404)),
    replace(
        respond(HTTPStatus.BAD_REQUEST, INVALID_VIDEO_MODEL, name="invalid-video-model"),
        routes=CREATE,
    ),
    replace(
        respond(HTTPStatus.BAD_REQUEST, UNSUPPORTED_IMAGE_MODEL, name="unsupported-image-model"),
        routes=CREATE,
    ),
    replace(respond(HTTPStatus.PAYMENT_REQUIRED, KEY_LIMIT_REACHED, name="key-limit"), routes=CREATE),
    run_out(),
    charge(1.5),
    charge(0.5, "charged-less"),
    Fault("cancelled", "reports CANCELLED", with_body(adding(status="CANCELLED")), STATUS),
)
