"""What is made from finished movies and from pictures: each call and each of its answers, over real HTTP."""

import asyncio
import base64
import json
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from urllib.parse import urljoin

import pytest
from pydantic import SecretStr

from bot.core import errors
from bot.domain.catalogue import AspectRatio, Extras, Music, SpokenLanguage, Tone, Voice
from bot.domain.jobs import Still
from bot.domain.operations import Operation
from bot.domain.request import MovieRequest
from bot.domain.text import count_utf16
from bot.domain.upstream import Created, SceneQuote
from bot.samsar import client as samsar
from bot.samsar.client import SamsarClient
from bot.samsar.config import AUTUMN_2026, MARCH_2025, SamsarConfig
from bot.sandbox.contract_2026 import ORDER_CHECKS, session_checks
from bot.sandbox.copies_2026 import DUB_CHECKS, FILM_CHECKS, RECHARGE, SCENE_CHECKS
from bot.sandbox.endpoints import Refusal
from bot.sandbox.endpoints_2026 import DETAILS_CHECKS
from bot.sandbox.fault_injection import ApiAnswer
from bot.sandbox.pictures_2026 import PICTURE_UNREADABLE, PICTURES_CHECKS, PICTURES_TOO_FEW, UPLOAD_CHECKS
from tests.helpers.ports import free_port
from tests.helpers.response_bodies import HTML, JUNK, as_body
from tests.unit.samsar.conftest import HOOK, KEY, ReceivedRequest, asking, cuts, http

MOVIE, OTHER, NEW = "66e2a1b2c3d4e5f6a7b8c9d0", "66e2a1b2c3d4e5f6a7b8c9d1", "66e2a1b2c3d4e5f6a7b8c9d2"
PICTURE = "https://static.samsar.one/a/u_1.png"
FOX = MovieRequest("A fox 🦊 crosses the moor", 30, "RUNWAYML", "NANOBANANAPRO", AspectRatio.TALL)
FRENCH, DUBBED = SpokenLanguage.FRENCH, Extras(SpokenLanguage.FRENCH)

STORYBOARD = replace(FOX, operation=Operation.STORYBOARD)
PICTURES = replace(FOX, operation=Operation.PICTURES)
SCENES = replace(FOX, operation=Operation.SCENE, scenes=(1, 3))
DUB = replace(FOX, operation=Operation.DUB, extras=DUBBED)
SUBTITLES = replace(FOX, operation=Operation.SUBTITLES, extras=Extras(subtitles=True))
NO_SUBTITLES = replace(FOX, operation=Operation.SUBTITLES, extras=Extras(subtitles=False))
FILM = replace(FOX, operation=Operation.FILM)

SOURCES: dict[MovieRequest, tuple[str, ...]] = {
    PICTURES: (PICTURE,),
    SCENES: (MOVIE,),
    DUB: (MOVIE,),
    SUBTITLES: (MOVIE,),
    NO_SUBTITLES: (MOVIE,),
    FILM: (MOVIE, OTHER),
}
AT_ONCE = (SCENES, DUB, FILM)


async def ended(call: Awaitable[object]) -> type[errors.SamsarError] | object:
    try:
        return await call
    except errors.SamsarError as exc:
        return type(exc)


def says_so(text: str, status: int) -> bytes:
    return http(status, as_body({"message": text}))


PLAIN = {
    "prompt": "A fox 🦊 crosses the moor",
    "aspect_ratio": "9:16",
    "image_model": "NANOBANANAPRO",
    "video_model": "RUNWAYML",
}
STEPWISE = {"duration": 30, "enable_subtitles": True, "generation_step_mode": "two_step"}
SENT: list[tuple[MovieRequest, Sequence[str], str, dict[str, object]]] = [
    (
        replace(STORYBOARD, extras=Extras(subtitles=True)),
        (),
        "/v2/video/step/text_to_video",
        PLAIN | STEPWISE,
    ),
    (
        PICTURES,
        (PICTURE, PICTURE),
        "image_list_to_video",
        PLAIN | {"image_urls": [PICTURE, PICTURE]},
    ),
    (
        replace(
            PICTURES,
            prompt="",
            extras=Extras(FRENCH, subtitles=True, tone=Tone.CINEMATIC, music=Music.LYRIA, voice=Voice.NOVA),
        ),
        (PICTURE,),
        "image_list_to_video",
        {
            "image_urls": [PICTURE],
            "aspect_ratio": "9:16",
            "image_model": "NANOBANANAPRO",
            "video_model": "RUNWAYML",
            "language": "fr",
            "enable_subtitles": True,
            "backingtrack_model": "LYRIA3",
            "tts_model": "OPENAI",
        },
    ),
    (SCENES, (MOVIE,), "reroll-layers", {"session_id": MOVIE, "layer_indexes": [1, 3]}),
    (DUB, (MOVIE,), "translate_video", {"session_id": MOVIE, "language": "fr", "enable_subtitles": False}),
    (
        replace(DUB, extras=Extras(FRENCH, subtitles=True)),
        (MOVIE,),
        "translate_video",
        {"session_id": MOVIE, "language": "fr", "enable_subtitles": True},
    ),
    (SUBTITLES, (MOVIE,), "add_subtitles", {"session_id": MOVIE}),
    (
        replace(SUBTITLES, extras=Extras(SpokenLanguage.AUTO, subtitles=True)),
        (MOVIE,),
        "add_subtitles",
        {"session_id": MOVIE},
    ),
    (
        replace(SUBTITLES, extras=Extras(FRENCH, subtitles=True)),
        (MOVIE,),
        "add_subtitles",
        {"session_id": MOVIE, "subtitle_language": "fr"},
    ),
    (NO_SUBTITLES, (MOVIE,), "remove_subtitles", {"session_id": MOVIE}),
    (FILM, (OTHER, MOVIE), "join_videos", {"session_ids": [OTHER, MOVIE]}),
]


async def test_each_operation_is_sent_to_its_path_with_its_fields() -> None:
    async with asking(http(200, as_body({"request_id": NEW}))) as (client, received):
        for request, sources, path, fields in SENT:
            for hook in (None, HOOK):
                await client.create_movie(request, hook, sources)
                sent = received[-1]
                assert (sent.method, sent.target) == ("POST", urljoin("/v1/video/", path))
                assert sent.headers["content-type"] == "application/json"
                assert json.loads(sent.body) == {"input": fields} | ({"webhookUrl": hook} if hook else {})
    assert {sent.headers["authorization"] for sent in received} == {f"Bearer {KEY}"}
    assert len({sent.connection for sent in received}) == len(received)


async def test_a_movie_has_the_music_and_the_voice_that_were_chosen() -> None:
    """The API's own choices are not sent, and Google's voices, which need more than a name, are not offered."""
    voices = {
        Voice.ALLOY: ("OPENAI", {"openAISpeakers": ["alloy"]}),
        Voice.SHIMMER: ("OPENAI", {"openAISpeakers": ["shimmer"]}),
        Voice.DARIAN: ("ELEVENLABS", {"elevenLabsSpeakers": ["gOupLcAkjEnguROwi4oS"]}),
        Voice.ELOWEN: ("ELEVENLABS", {"elevenLabsSpeakers": ["dvbL7qkNGZY1IqPGZAjM"]}),
    }
    chosen: dict[Extras, dict[str, object]] = {
        Extras(music=Music.ELEVENLABS, voice=Voice.ANY): {},
        Extras(music=Music.LYRIA): {"backingtrack_model": "LYRIA3"},
        **{
            Extras(voice=each): {"tts_model": model, "speaker_options": names}
            for each, (model, names) in voices.items()
        },
    }
    sound = ("backingtrack_model", "tts_model", "speaker_options")
    async with asking(http(200, as_body({"request_id": NEW}))) as (client, received):
        for extras, fields in chosen.items():
            await client.create_movie(replace(FOX, extras=extras))
            sent = json.loads(received[-1].body)["input"]
            assert {name: sent[name] for name in sound if name in sent} == fields
        for voice in Voice:
            await client.create_movie(replace(FOX, extras=Extras(voice=voice)))
            assert json.loads(received[-1].body)["input"].get("tts_model") in (None, "OPENAI", "ELEVENLABS")


async def test_a_prompt_of_the_longest_length_arrives_whole() -> None:
    longest = "🦊" * 2000
    async with asking(http(200, as_body({"request_id": NEW}))) as (client, received):
        for request in (FOX, PICTURES):
            await client.create_movie(replace(request, prompt=longest), sources=(PICTURE,))
            prompt = json.loads(received[-1].body)["input"]["prompt"]
            assert (prompt, count_utf16(prompt)) == (longest, 4000)


IDS = {"request_id": NEW, "session_id": NEW}
PAID = {"creditsCharged": 152, "remainingCredits": 4048}
REROLLED = IDS | PAID | {"source_session_id": MOVIE, "status": "PENDING", "layer_indexes": [1, 3]}


async def test_what_is_accepted_has_its_new_id_and_what_the_call_charged() -> None:
    """A status tells what a copy's source was charged, so it can't tell what the copy was."""
    answers: list[tuple[MovieRequest, dict[str, object], Created]] = [
        (FOX, IDS, Created(NEW)),
        (PICTURES, IDS, Created(NEW)),
        (SUBTITLES, IDS | {"subtitle_language": "FR"}, Created(NEW)),
        (NO_SUBTITLES, IDS, Created(NEW)),
        (SCENES, REROLLED, Created(NEW, 152)),
        (DUB, IDS | PAID, Created(NEW, 152)),
        (FILM, IDS | PAID | {"creditsCharged": 89.2, "remainingCredits": None}, Created(NEW, 90)),
        *((FILM, IDS | {"creditsCharged": odd}, Created(NEW)) for odd in (None, -1, "90", True, 10**12)),
        (PICTURES, IDS | PAID, Created(NEW)),
    ]
    for request, answer, created in answers:
        async with asking(http(200, as_body(answer))) as (client, _):
            assert await client.create_movie(request, HOOK, SOURCES.get(request, ())) == created


KEY_LIMIT = "API key total credit limit reached. Limit: 1000; used: 980; requested: 152."

CHECKS: dict[MovieRequest, Sequence[Refusal]] = {
    FOX: ORDER_CHECKS,
    STORYBOARD: ORDER_CHECKS,
    PICTURES: PICTURES_CHECKS,
    SCENES: SCENE_CHECKS,
    DUB: DUB_CHECKS,
    SUBTITLES: session_checks(),
    NO_SUBTITLES: session_checks(),
    FILM: FILM_CHECKS,
}
VALUES = {"field": "enable_subtitles", "index": 0, "item": 1, "layer": 3, "models": "RUNWAYML"}
VALUES |= {"required": 30, "available": 9.5}
REFUSED_ALSO: dict[MovieRequest, list[ApiAnswer]] = {
    FOX: [ApiAnswer(500, "Internal server error while creating video.")],
    PICTURES: [
        PICTURES_TOO_FEW,
        PICTURE_UNREADABLE,
        ApiAnswer(400, "Image model is not supported for this type"),
        ApiAnswer(500, "Cast to ObjectId failed"),
    ],
    SCENES: [
        ApiAnswer(400, "Layer index 3 cannot be rerolled."),
        ApiAnswer(409, "Session is paused. Resume or cancel the current render before rerolling layers."),
    ],
    DUB: [ApiAnswer(400, "Session is missing movieResourceList scenes; cannot reset durations for translation.")],
    SUBTITLES: [ApiAnswer(500, "Internal server error while adding subtitles.")],
    FILM: [
        ApiAnswer(400, "All sessions must have the same framesPerSecond to be joined."),
        ApiAnswer(400, "Session at index 1 has invalid duration."),
        ApiAnswer(400, "Unable to determine joined video duration for billing."),
    ],
}
"""What the fake does not check."""

OF_EVERY_CALL = (
    ApiAnswer(400, "API_KEY, auth token, or APP_KEY header is missing or empty."),
    ApiAnswer(401, "Invalid auth token. User not found."),
    ApiAnswer(401, "Invalid API_KEY. User not found."),
    ApiAnswer(401, "Your api key has expired, please generate a new api key."),
    ApiAnswer(403, "Use a Samsar API key, user auth token, or APP_KEY for this route."),
)
OF_A_CHARGE = (RECHARGE, ApiAnswer(402, KEY_LIMIT), ApiAnswer(402, KEY_LIMIT.replace("total", "monthly")))


def told_as(answer: ApiAnswer) -> type[errors.SamsarError]:
    """Return the error that tells of an answer which proves that nothing was made, or of a 500."""
    if answer in OF_EVERY_CALL:
        return errors.AuthenticationFailed
    if answer.status == 402:
        return errors.KeyLimitReached if "key" in answer.message else errors.UpstreamCreditsExhausted
    if re.search(r"(?i)\b(video|image)[ _]model\b", answer.message):
        return errors.ModelRefused
    return errors.OutcomeUnknown if answer.status == 500 else errors.InvalidRequest


async def test_every_refusal_is_told_and_says_what_the_api_said() -> None:
    for request, checks in CHECKS.items():
        of_a_charge = () if request in (SUBTITLES, NO_SUBTITLES) else OF_A_CHARGE
        answers = (*OF_EVERY_CALL, *of_a_charge, *(answer for answer, _ in checks), *REFUSED_ALSO.get(request, ()))
        replies = [answer.reply(**VALUES) for answer in answers]
        async with asking(*(http(reply.status, reply.body) for reply in replies)) as (client, received):
            for answer in answers:
                with pytest.raises(errors.SamsarError) as caught:
                    await client.create_movie(request, HOOK, SOURCES.get(request, ()))
                assert type(caught.value) is told_as(answer), answer
                text = answer.text(**VALUES)[:200]
                assert (caught.value.message[:200], caught.value.status) == (text, answer.status)
            assert len(received) == len(answers)


async def test_subtitles_that_the_server_can_not_make_are_refused() -> None:
    body = as_body({"code": "SUBTITLE_PROVIDER_NOT_CONFIGURED", "message": "No provider."})
    others = as_body({"code": "ANOTHER", "message": "No provider."}), as_body({"code": []})
    async with asking(http(503, body), *(http(503, each) for each in others)) as (client, _):
        found = [await ended(client.create_movie(SUBTITLES, None, (MOVIE,))) for _ in range(3)]
    assert found == [errors.InvalidRequest, errors.OutcomeUnknown, errors.OutcomeUnknown]


AFTER_A_CHARGE = [
    (422, "Unable to resolve a narrative scene for visual prompt regeneration."),
    (500, "Internal server error while rerolling video layers."),
    (502, "Internal server error while rerolling video layers."),
    (400, "400 Invalid value for 'model': video_model must be one of these"),
    (400, ""),
    (401, "401 Incorrect API key provided: sk-abc."),
    (402, "Your credit balance is too low to access the API."),
    (403, "403 Country, region, or territory not supported"),
    (404, "404 The model does not exist"),
    (409, "409 Conflict"),
    (413, "413 Request too large for the model"),
    (429, "429 Rate limit reached for requests"),
]


async def test_an_error_that_may_have_followed_a_charge_is_no_refusal() -> None:
    """The API charges, and then asks others, whose errors it passes on with their status. It refunds nothing."""
    for request in AT_ONCE:
        async with asking(*(says_so(text, status) for status, text in AFTER_A_CHARGE)) as (client, _):
            for answer in AFTER_A_CHARGE:
                found = await ended(client.create_movie(request, HOOK, SOURCES[request]))
                assert found is errors.OutcomeUnknown, answer
        async with asking(*(http(200, body) for body in JUNK)) as (client, _):
            assert {await ended(client.create_movie(request, HOOK, SOURCES[request])) for _ in JUNK} == {
                errors.OutcomeUnknown
            }


async def test_a_page_of_what_is_before_the_api_proves_that_nothing_was_made() -> None:
    pages = {
        404: errors.WrongApi,
        400: errors.InvalidRequest,
        413: errors.InvalidRequest,
        502: errors.OutcomeUnknown,
        504: errors.OutcomeUnknown,
    }
    for request, sources in SOURCES.items():
        async with asking(*(http(status, HTML) for status in pages)) as (client, _):
            assert {status: await ended(client.create_movie(request, None, sources)) for status in pages} == pages


async def test_an_operation_whose_fate_is_open_was_sent_once_and_one_that_never_left_may_be_sent_again() -> None:
    for request, sources in SOURCES.items():
        async with asking(script=cuts) as (client, received):
            assert await ended(client.create_movie(request, HOOK, sources)) is errors.OutcomeUnknown
        assert len(received) == 1
        nowhere = SamsarConfig(SecretStr(KEY), f"http://127.0.0.1:{free_port()}/", profile=AUTUMN_2026)
        async with SamsarClient.open(nowhere) as client:
            assert await ended(client.create_movie(request, HOOK, sources)) is errors.ConnectFailed


async def test_a_version_without_a_call_is_not_asked_for_it() -> None:
    """Of an order, only that is refused: the version of the API is the one that is set."""
    async with asking(http(200, as_body(IDS)), profile=MARCH_2025) as (client, received):
        for request, sources in SOURCES.items():
            assert await ended(client.create_movie(request, HOOK, sources)) is errors.InvalidRequest
        calls = (client.cancel_movie, client.moderate, client.process_next, client.get_step_status, client.get_stills)
        for call in (*(each(MOVIE) for each in calls), client.upload_picture(b"x", "image/png")):
            with pytest.raises(errors.WrongApi) as caught:
                await call
            assert "Set SAMSAR_API=2026," in caught.value.advice
        assert await client.recent_requests() is None
    assert received == []


async def test_a_movie_of_pictures_is_waited_for_because_the_api_fetches_them_first() -> None:
    gave_up = asyncio.Event()

    async def script(received: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        if "image_list" in received.target:
            await gave_up.wait()
            writer.write(http(200, as_body(IDS)))

    async with asking(script=script, total_seconds=0.05) as (client, _):
        made = asyncio.create_task(client.create_movie(PICTURES, None, (PICTURE,)))
        assert await ended(client.create_movie(FILM, None, (MOVIE, OTHER))) is errors.OutcomeUnknown
        gave_up.set()
        assert await made == Created(NEW)


def quote(*layers: object, total: object = 152, **other: object) -> bytes:
    return http(
        200, as_body({"creditQuote": {"totalCredits": total, "layers": layers, "layerIndexes": [1, 3]} | other})
    )


FIRST = {"layerIndex": 1, "layerId": "a", "durationSeconds": 5, "imageCredits": 15, "totalCredits": 85}
THIRD = {"layerIndex": 3, "layerId": "c", "durationSeconds": 3.2, "imageCredits": 15, "totalCredits": 66.2}


async def test_a_quote_has_the_price_of_each_scene_and_is_free() -> None:
    async with asking(quote(FIRST, THIRD)) as (client, received):
        assert await client.quote_scenes(MOVIE, (1, 3)) == SceneQuote(152, {1: 85, 3: 67})
    assert (received[0].method, received[0].target) == ("POST", "/v1/video/reroll-layers")
    fields = {"session_id": MOVIE, "layer_indexes": [1, 3], "quote_only": True}
    assert json.loads(received[0].body) == {"input": fields}


async def test_what_is_no_quote_of_these_scenes_is_none() -> None:
    answers = [
        *(http(200, body) for body in (*JUNK, b"{}", as_body({"creditQuote": []}))),
        quote(),
        quote(FIRST),
        quote(FIRST, FIRST),
        quote(FIRST, THIRD | {"layerIndex": 2}),
        quote(FIRST, THIRD, THIRD | {"layerIndex": 4}),
        quote(FIRST, THIRD | {"layerIndex": [3]}),
        quote(FIRST, THIRD, total=151),
        *(quote(FIRST, THIRD | {"totalCredits": odd}) for odd in (None, -1, "67", 10**12)),
        *(quote(FIRST, THIRD, total=odd) for odd in (None, -1, "152", True, 10**12)),
    ]
    async with asking(*answers) as (client, _):
        assert {await ended(client.quote_scenes(MOVIE, (1, 3))) for _ in answers} == {errors.InvalidResponse}


FREE: dict[Callable[[SamsarClient], Awaitable[object]], Sequence[Refusal]] = {
    lambda client: client.quote_scenes(MOVIE, (1, 3)): SCENE_CHECKS,
    lambda client: client.upload_picture(b"x", "image/png"): UPLOAD_CHECKS,
    lambda client: client.get_stills(MOVIE): DETAILS_CHECKS,
}


async def test_a_free_call_tells_its_refusals_and_may_be_repeated_after_any_other_error() -> None:
    for call, checks in FREE.items():
        answers = (*OF_EVERY_CALL, *(answer for answer, _ in checks))
        replies = [answer.reply(**VALUES) for answer in answers]
        async with asking(*(http(reply.status, reply.body) for reply in replies)) as (client, _):
            for answer in answers:
                expected = errors.RequestNotFound if answer.status == 404 else told_as(answer)
                assert await ended(call(client)) is expected, answer
        broken = [http(500, HTML), says_so("Internal server error.", 500), *(http(200, body) for body in JUNK)]
        async with asking(*broken) as (client, _):
            assert {await ended(call(client)) for _ in broken} == {errors.InvalidResponse}
        async with asking(script=cuts) as (client, _):
            assert await ended(call(client)) is errors.InvalidResponse
        async with asking(http(404, HTML), http(429, b"{}", "Retry-After: 7")) as (client, _):
            assert [await ended(call(client)) for _ in range(2)] == [errors.WrongApi, errors.RateLimited]


async def test_a_picture_is_given_to_the_api_whole() -> None:
    large = bytes(range(256)) * (8 * 2**20 // 256)
    lists: list[object] = [[PICTURE], [PICTURE, PICTURE], [], [None], [""], ["ftp://a/b"], {}, None]
    async with asking(*(http(200, as_body({"image_urls": each})) for each in lists)) as (client, received):
        found = [await ended(client.upload_picture(large, "image/jpeg"))]
        found += [await ended(client.upload_picture(b"x", "image/png")) for _ in lists[1:]]
    assert found == [PICTURE, *[errors.InvalidResponse] * (len(lists) - 1)]
    sent = received[0]
    assert (sent.method, sent.target) == ("POST", "/v1/video/upload_image_data")
    (url,) = json.loads(sent.body)["input"]["image_data"]
    prefix, _, encoded = url.partition(",")
    assert prefix == "data:image/jpeg;base64"
    assert base64.b64decode(encoded) == large


async def test_a_body_that_the_api_does_not_read_is_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(samsar, "MAX_REQUEST_BYTES", 10_000)
    async with asking(http(200, as_body({"image_urls": [PICTURE]}))) as (client, received):
        assert await client.upload_picture(bytes(7_000), "image/png") == PICTURE
        assert await ended(client.upload_picture(bytes(8_000), "image/png")) is errors.InvalidRequest
    assert len(received) == 1


def layer(index: object, url: object, prompt: object = "A fox") -> dict[str, object]:
    return {"index": index, "prompt": prompt, "image": {"status": "COMPLETED", "url": url}, "aiVideo": {"url": "x"}}


async def test_the_stills_of_a_movie_are_those_of_its_scenes_which_count_from_1() -> None:
    scenes = [layer(2, f"{PICTURE}?3", None), layer(0, f"{PICTURE}?1"), {"index": 1, "prompt": "A hill"}]
    odd = [
        *(layer(index, PICTURE) for index in (-1, 0.5, True, "3", None)),
        *(layer(4, url) for url in (None, 5, "")),
        5,
    ]
    detailed = {"status": "PENDING", "status_detail_schema": "video_session_preview.v1"}
    answers = [detailed, *(detailed | {"session": each} for each in (None, {}, {"layers": 5}))]
    bodies = [as_body(detailed | {"session": {"layers": [*scenes, *odd]}}), *map(as_body, answers)]
    async with asking(*(http(200, body) for body in bodies)) as (client, received):
        stills = (Still(1, "A fox", f"{PICTURE}?1"), Still(3, "", f"{PICTURE}?3"))
        assert [await client.get_stills(MOVIE) for _ in bodies] == [stills, (), (), (), ()]
    assert (received[0].method, received[0].target) == ("GET", f"/v2/status_detailed?request_id={MOVIE}")


async def test_a_status_with_many_links_is_read_whole() -> None:
    layers = [layer(index, f"{PICTURE}?{'x' * 20_000}"[:16_000]) for index in range(100)]
    async with asking(http(200, as_body({"session": {"layers": layers}}))) as (client, _):
        assert [still.scene for still in await client.get_stills(MOVIE)] == list(range(1, 101))


async def test_every_call_waits_for_the_rate_limit_and_stills_for_a_pause() -> None:
    async with asking(http(200, as_body({"session": {}})), requests_per_second=0.001) as (client, received):
        await client.get_stills(MOVIE)
        calls = client.quote_scenes(MOVIE, (1,)), client.upload_picture(b"x", "image/png"), client.get_stills(MOVIE)
        changes = client.create_movie(FILM, None, (MOVIE, OTHER)), client.cancel_movie(MOVIE)
        for call in (*calls, *changes, client.get_status(MOVIE), client.get_credits()):
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(call, 0.02)
    assert len(received) == 1
    async with asking(http(200, as_body({"session": {}}))) as (client, received):
        client.pause_status(30.0)
        assert await ended(client.get_stills(MOVIE)) is errors.RateLimited
    assert received == []
