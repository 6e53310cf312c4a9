"""The faults of the fake API.

For a create request it matters whether the movie was created anyway, so each fault's description tells. `FAULTS` has
them by name; the functions build variants: `render(30)`, `fail_render("music_generation")`.
"""

from __future__ import annotations

import itertools
import json
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from http import HTTPStatus
from types import MappingProxyType
from urllib.parse import urlsplit

from bot.sandbox.contract import fields_of, list_of
from bot.sandbox.contract_2026 import AUTUMN_2026, KEY_LIMIT_REACHED, MODERATED, NO_PATH, VIDEO_MODEL_INVALID
from bot.sandbox.fault_injection import (
    ApiAnswer,
    Exchange,
    Fault,
    FaultHandler,
    JsonObject,
    Proceed,
    Reply,
    Route,
    Send,
    send_half,
    send_nothing,
    send_parts,
    send_reset,
)
from bot.sandbox.steps_2026 import STEP_FAILED, STEP_UNKNOWN

CREATE = (Route.CREATE,)
STATUS = (Route.STATUS,)
CHARGED = (Route.SCENE, Route.FILM, Route.DUB)
"""What is charged at once."""

MAKING = (*CREATE, Route.STORYBOARD, Route.PICTURES, *CHARGED, Route.SUBTITLES)
"""What makes a movie."""

Change = Callable[[JsonObject], JsonObject]

_SLOW_SECONDS = 5.0
_OVERSIZED = (b'{"message": "', *[b"x" * 2**16] * 2**10, b'"}')

_PROXY_PAGE = Reply(
    HTTPStatus.BAD_GATEWAY, b"<html><h1>502 Bad Gateway</h1><hr>nginx</html>", {"Content-Type": "text/html"}
)
_NOTHING = Reply(0, b"", send=send_nothing)
_ELSEWHERE = Reply(HTTPStatus.FOUND, b"", {"Location": "/elsewhere"})
_KEY_LIMIT = {"limit": 1000, "used": 980, "requested": 300}
_ODD = {
    "request_id": ["not", "text"],
    "session_id": {"not": "text"},
    "status": 7,
    "details": 3.5,
    "result": ["not", "an", "object"],
    "expressGenerationStatus": [1, 2],
    "result_url": ["not", "text"],
    "result_urls": "not a list",
    "creditsCharged": "many",
}
"""Every known field, with a wrong type."""

_URL_KEYS = ("result", "result_url", "result_urls", "videoLink", "remoteURL")
_URL_PLACES: Mapping[str, Callable[[str], JsonObject]] = {
    "url": lambda url: {"url": url},
    "result_url": lambda url: {"result_url": url},
    "result_urls": lambda url: {"result_urls": [url]},
    "remoteURL": lambda url: {"remoteURL": url},
    "videoLink": lambda url: {"videoLink": url},
    "video_link": lambda url: {"video_link": url},
    "video.url": lambda url: {"video": {"url": url}},
}

# How a fault acts ------------------------------------------------------------------------------------------------


def acting(
    reply: Reply | None = None,
    *,
    after: bool = False,
    hangs: bool = False,
    delay: float = 0.0,
    outcome: Mapping[str, object] = MappingProxyType({}),
    change: Change | None = None,
    code: int | None = None,
    send: Send | None = None,
    **told: object,
) -> FaultHandler:
    """Return a handler that does what the API does, but for what is given.

    `reply` is the answer, and the request is carried out only if `after`. The answer waits until the server stops
    where it `hangs`. `delay` is how many seconds pass before anything. `outcome` has changes of the movie's planned
    outcome. `change`, the HTTP status `code` and the fields `told` are of a successful answer, and `send` sends any.
    """

    async def act(exchange: Exchange, proceed: Proceed) -> Reply:
        if delay:
            await exchange.sleep(delay)
        planned = replace(exchange, outcome=replace(exchange.outcome, **outcome))
        answer = reply if reply and not after else await proceed(planned)
        answer = reply or answer
        if hangs:
            await exchange.hold()
        if answer.status < HTTPStatus.MULTIPLE_CHOICES:
            fields = (change or dict)(json.loads(answer.body)) | told if change or told else None
            body = answer.body if fields is None else Reply.of(fields).body
            answer = replace(answer, status=code or answer.status, body=body)
        return replace(answer, send=send or answer.send)

    return act


def respond(
    status: int, message: str, *, after: bool = False, headers: Mapping[str, str] | None = None, name: str = ""
) -> Fault:
    """Respond with a status and a message.

    The request is carried out only if `after`.
    """
    reply = replace(ApiAnswer(status, message).reply(), headers=headers or {})
    about = f"{'processes' if after else 'ignores'} the request and answers {status}"
    return Fault(name or f"{status}{'-after' * after}", about, acting(reply, after=after))


def busy(retry_after: float | None = None) -> Fault:
    """Respond with 429; `retry_after` is in seconds."""
    headers = {} if retry_after is None else {"Retry-After": f"{retry_after:g}"}
    return respond(
        HTTPStatus.TOO_MANY_REQUESTS, "Too many requests.", headers=headers, name=f"429{'-retry-after' * bool(headers)}"
    )


def fail_render(
    stage: str = "video_generation",
    message: str = "The video model could not make this scene.",
    *,
    name: str = "failed",
    about: str = "",
) -> Fault:
    """Fail the movie at the end of this stage."""
    act = acting(outcome={"fails_at": stage, "message": message})
    return Fault(name, about or f"the movie fails at {stage}", act, MAKING)


def charge(factor: float, name: str = "charged-more") -> Fault:
    """Charge another sum than was estimated."""
    about = f"the movie costs {factor:g} times what was estimated"
    return Fault(name, about, acting(outcome={"charge_factor": factor}), MAKING)


def refuse(answer: ApiAnswer, name: str, routes: tuple[Route, ...] = CREATE, **values: object) -> Fault:
    """Answer as the API of 2026 does for a reason that the fake does not have; `values` are those of the message."""
    about = f"ignores the request and answers {answer.status}: {answer.text(**values)}"
    return Fault(name, about, acting(answer.reply(**values)), routes)


def flag(*categories: str) -> Fault:
    """Flag what is moderated for these categories, in the API's words."""
    action = acting(decision={"safe": False, "reason": "flagged", "categories": [*categories]})
    return Fault("flagged", f"flags the prompt for {', '.join(categories)}", action, (Route.MODERATION,))


def render(seconds: float, name: str = "render-slow") -> Fault:
    """Set the render time (math.inf: never done)."""
    about = "the movie never finishes" if math.isinf(seconds) else f"the movie takes {seconds:g} s"
    return Fault(name, about, acting(outcome={"seconds": seconds}), MAKING)


def _malformed(name: str, about: str, body: bytes, content_type: str = "application/json; charset=utf-8") -> Fault:
    reply = Reply(HTTPStatus.OK, body, {"Content-Type": content_type})
    return Fault(name, f"processes the request and answers 200 with {about}", acting(reply, after=True))


# Changes of an answer -----------------------------------------------------------------------------------------------


def _renamed(old: str, new: str) -> Change:
    return lambda answer: {new if key == old else key: value for key, value in answer.items()}


def _without(*names: str) -> Change:
    return lambda answer: {key: value for key, value in answer.items() if key not in names}


def _url_moved(place: Callable[[str], JsonObject], gone: tuple[str, ...] = _URL_KEYS) -> Change:
    """Tell a finished movie's URL by `place`, in place of what is `gone`."""

    def change(answer: JsonObject) -> JsonObject:
        url = fields_of(answer.get("result")).get("url") or answer.get("result_url")
        return _without(*gone)(answer) | place(url) if isinstance(url, str) else answer

    return change


def _stages(answer: JsonObject) -> JsonObject:
    return fields_of(answer.get("details") or answer.get("expressGenerationStatus"))


def _backwards(answer: JsonObject) -> JsonObject:
    """Return a status as it was when the movie was ordered."""
    name = "details" if "details" in answer else "expressGenerationStatus"
    return {"status": "PENDING", name: dict.fromkeys(_stages(answer), "INIT")}


def _listed(answer: JsonObject) -> JsonObject:
    return answer | {"details": [{"stage": name, "status": state} for name, state in _stages(answer).items()]}


# The table ----------------------------------------------------------------------------------------------------------

_ALL = (
    Fault("slow", f"waits {_SLOW_SECONDS:g} s, then processes the request", acting(delay=_SLOW_SECONDS)),
    Fault("no-response", "ignores the request and never answers", acting(_NOTHING, hangs=True)),
    Fault("no-response-after", "processes the request and never answers", acting(_NOTHING, after=True, hangs=True)),
    Fault("cut", "ignores the request and closes the connection", acting(_NOTHING)),
    Fault("cut-after", "processes the request and closes the connection", acting(send=send_nothing)),
    Fault("reset", "ignores the request and resets the connection", acting(replace(_NOTHING, send=send_reset))),
    Fault("reset-after", "processes the request and resets the connection", acting(send=send_reset)),
    Fault(
        "cut-body", "processes the request and closes the connection in the middle of the body", acting(send=send_half)
    ),
    respond(401, "Invalid API key."),
    respond(402, "Insufficient credits."),
    busy(),
    busy(2.0),
    *(respond(status, "Something went wrong.") for status in (500, 502, 503, 504)),
    respond(500, "Something went wrong.", after=True),
    Fault("html", "ignores the request and answers 502 with a proxy's web page", acting(_PROXY_PAGE)),
    _malformed("html-200", "a web page", b"<html><h1>Welcome</h1></html>", "text/html"),
    _malformed("not-json", "text", b"OK, on it!", "text/plain"),
    _malformed("not-an-object", "a JSON array", b"[1, 2, 3]"),
    _malformed("empty", "no body", b""),
    Fault(
        "wrong-types",
        "processes the request and answers with every known field of a wrong type",
        acting(change=lambda answer: answer | {name: _ODD[name] for name in answer.keys() & _ODD.keys()}),
    ),
    Fault("redirect", "ignores the request and sends the caller to /elsewhere", acting(_ELSEWHERE)),
    Fault(
        "oversized",
        f"processes the request and answers with {64 * 2**20} bytes",
        acting(send=partial(send_parts, _OVERSIZED, 0.0)),
    ),
    Fault(
        "trickle",
        "processes the request and answers with a body that never ends",
        acting(send=partial(send_parts, itertools.repeat(b" " * 2**12), 1.0)),
    ),
    Fault(
        "no-id",
        "processes the request and leaves the id out",
        acting(change=_without("request_id", "session_id")),
        MAKING,
    ),
    Fault("session-id", "calls the id session_id", acting(change=_renamed("request_id", "session_id")), CREATE),
    Fault("session-id-camel", "calls the id sessionID", acting(change=_renamed("request_id", "sessionID")), CREATE),
    Fault("201", "processes the request and answers 201", acting(code=HTTPStatus.CREATED), MAKING),
    render(600.0),
    render(math.inf, "render-never"),
    fail_render(),
    replace(respond(404, "Request not found.", name="unknown-request"), routes=STATUS),
    Fault(
        "no-url",
        "reports COMPLETED without a URL",
        acting(change=_url_moved(lambda _: {"result": {"status": "COMPLETED"}})),
        STATUS,
    ),
    Fault(
        "failed-with-url",
        "reports FAILED with a URL",
        acting(status="FAILED", result={"url": "/movies/none.mp4"}),
        STATUS,
    ),
    Fault("backwards", "repeats the status from when the movie was ordered", acting(change=_backwards), STATUS),
    Fault("unknown-status", "reports an unknown status", acting(status="DREAMING"), STATUS),
    Fault("details-array", "gives details as an array of objects", acting(change=_listed), STATUS),
    Fault("details-string", "gives details as text", acting(details="Painting the sky"), STATUS),
    Fault("details-absent", "gives no details", acting(change=_without("details")), STATUS),
    Fault(
        "express-status",
        "calls details expressGenerationStatus",
        acting(change=_renamed("details", "expressGenerationStatus")),
        STATUS,
    ),
    Fault(
        "relative-url",
        "gives a URL relative to its host",
        acting(change=_url_moved(lambda url: {"result": {"status": "COMPLETED", "url": urlsplit(url).path}}, ())),
        STATUS,
    ),
    *(
        Fault(f"url-in-{name}", f"gives the URL as {name}", acting(change=_url_moved(place)), STATUS)
        for name, place in _URL_PLACES.items()
    ),
    # what is new in the API of 2026
    refuse(NO_PATH, "wrong-path", tuple(Route), method="POST", path="/v1/video/text_to_video"),
    refuse(ApiAnswer(401, "Your api key has expired, please generate a new api key."), "key-expired", tuple(Route)),
    refuse(
        ApiAnswer(403, "Use a Samsar API key, user auth token, or APP_KEY for this route."),
        "other-auth",
        (Route.STATUS, Route.CREDITS),
    ),
    refuse(VIDEO_MODEL_INVALID, "invalid-video-model"),
    refuse(ApiAnswer(400, "Image model is not supported for this type"), "unsupported-image-model"),
    refuse(ApiAnswer(400, "Custom image models are only supported in standalone deployments"), "custom-image-model"),
    refuse(KEY_LIMIT_REACHED, "key-limit", MAKING, **_KEY_LIMIT),
    refuse(ApiAnswer(500, "Internal server error while creating video."), "not-created"),
    fail_render(
        "ai_video_generation",
        AUTUMN_2026.ran_out["ai_video_generation"],
        name="credits-run-out",
        about="the movie fails while rendering, because no credits are left",
    ),
    fail_render(
        "ai_video_generation",
        KEY_LIMIT_REACHED.text(**_KEY_LIMIT),
        name="key-limit-while-rendering",
        about="the movie fails while rendering, because the key's monthly limit is reached",
    ),
    fail_render(
        "prompt_generation",
        MODERATED,
        name="moderated",
        about="the movie fails in moderation, which no callback reports",
    ),
    charge(1.5),
    charge(0.5, "charged-less"),
    Fault("cancelled", "reports CANCELLED", acting(status="CANCELLED"), STATUS),
    # what is made of movies and pictures, and step by step
    Fault(
        "charged-for-nothing",
        "charges, makes nothing and answers 500",
        acting(outcome={"is_made": False}),
        CHARGED,
    ),
    refuse(ApiAnswer(400, "Layer index 1 cannot be rerolled."), "fixed-scene", (Route.SCENE,)),
    refuse(
        ApiAnswer(409, "Session is paused. Resume or cancel the current render before rerolling layers."),
        "paused",
        (Route.SCENE,),
    ),
    refuse(
        ApiAnswer(400, "All sessions must have the same framesPerSecond to be joined."), "other-frames", (Route.FILM,)
    ),
    refuse(
        ApiAnswer(400, "Session is missing movieResourceList scenes; cannot reset durations for translation."),
        "no-narrative",
        (Route.DUB,),
    ),
    refuse(
        ApiAnswer(503, "Subtitle provider is not configured.", "SUBTITLE_PROVIDER_NOT_CONFIGURED"),
        "no-subtitles",
        (Route.SUBTITLES, Route.DUB),
    ),
    Fault(
        "lost-uploads",
        "gives links that lead nowhere",
        acting(change=lambda answer: answer | {"image_urls": [f"{url}.gone" for url in list_of(answer["image_urls"])]}),
        (Route.UPLOAD,),
    ),
    refuse(STEP_UNKNOWN, "unknown-step", (Route.STEP, Route.RESUME)),
    refuse(ApiAnswer(409, "The current step is not completed yet."), "step-not-done", (Route.RESUME,)),
    refuse(ApiAnswer(409, STEP_FAILED), "step-failed", (Route.RESUME,)),
    Fault(
        "no-stills",
        "tells of no pictures",
        acting(change=_without("completed_step_resources", "current_step_resources", "session")),
        (Route.STEP, Route.DETAILS),
    ),
    Fault(
        "expired-links",
        "gives links that have expired",
        acting(change=lambda answer: json.loads(re.sub(r"Expires=\d+", "Expires=1", json.dumps(answer)))),
        (Route.STATUS, Route.STEP, Route.DETAILS),
    ),
    replace(flag("violence"), name="unsafe", about="finds everything unsafe"),
    refuse(
        ApiAnswer(503, "The production moderation provider is temporarily unavailable."),
        "moderation-down",
        (Route.MODERATION,),
    ),
)

FAULTS: Mapping[str, Fault] = {fault.name: fault for fault in _ALL}


def get_fault(name: str) -> Fault:
    """Look up a fault by name.

    Raises:
        ValueError: the name is unknown; the message lists all names.
    """
    if name not in FAULTS:
        raise ValueError(f"unknown fault {name!r}. Choose from {', '.join(FAULTS)}")
    return FAULTS[name]
