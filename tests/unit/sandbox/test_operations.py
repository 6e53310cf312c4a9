"""What the fake API of 2026 makes step by step, and of movies and pictures that there are, as samsar-2026 has it."""

import base64
import io
import json
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from itertools import count
from typing import Any

import av
import pytest
from aiohttp import ClientSession
from PIL import Image, ImageChops, ImageStat
from syrupy.assertion import SnapshotAssertion

from bot.samsar.config import ApiVersion
from bot.sandbox.contract_2026 import AUTUMN_2026
from bot.sandbox.endpoints import LINK_SECONDS
from bot.sandbox.fake_samsar import ENDPOINTS, FakeSamsar, FakeSamsarConfig
from bot.sandbox.fault_injection import Route
from bot.sandbox.steps_2026 import LABELS
from tests.helpers.snapshots import TextFile
from tests.unit.sandbox.conftest import KEY, Answer, ApiClient, Clock

RENDER_SECONDS = 100
MOVIE = {"prompt": "A fox", "video_model": "RUNWAYML", "image_model": "NANOBANANAPRO", "duration": 10}
STEP = "/v2/video/step"
CREATE, STORYBOARD, NEXT = "/v1/video/text_to_video", f"{STEP}/text_to_video", f"{STEP}/process_next"
UPLOAD, PICTURES = "/v1/video/upload_image_data", "/v1/video/image_list_to_video"
SCENE, FILM, DUB = "/v1/video/reroll-layers", "/v1/video/join_videos", "/v1/video/translate_video"
ADD, REMOVE = "/v1/video/add_subtitles", "/v1/video/remove_subtitles"
MODERATION = "/v2/external/moderation"
CUT = ("frame_generation", "video_generation")
BEFORE, AFTER = 100, 200
"""What ten seconds of RUNWAYML cost until the checkpoint before the video, and from there on."""


def picture(comment: bytes = b"", color: str = "red") -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (64, 36), color).save(written, "JPEG", comment=comment)
    return written.getvalue()


def data_url(data: bytes, kind: str = "jpeg") -> str:
    return f"data:image/{kind};base64,{base64.b64encode(data).decode()}"


@dataclass
class Samsar(ApiClient):
    """The fake of 2026; a movie takes 100 s, and its checkpoint before the video comes after 50 s."""

    async def post(self, path: str, **fields: Any) -> Answer:
        return await self.ask("POST", f"{self.fake_samsar.origin}{path}", json={"input": fields})

    async def get(self, path: str) -> Answer:
        return await self.ask("GET", f"{self.fake_samsar.origin}{path}")

    async def made(self, path: str = CREATE, **fields: Any) -> str:
        answer = await self.post(path, **{**(MOVIE if path in (CREATE, STORYBOARD) else {}), **fields})
        assert answer.status == 200, answer.body
        assert answer.body["request_id"] == answer.body["session_id"]
        return answer.body["request_id"]

    async def finished(self, path: str = CREATE, **fields: Any) -> str:
        request_id = await self.made(path, **fields)
        self.clock.seconds += RENDER_SECONDS
        return request_id

    async def storyboard(self) -> str:
        """Order a storyboard, and wait until it waits."""
        request_id = await self.made(STORYBOARD, generation_step_mode="two_step")
        self.clock.seconds += RENDER_SECONDS
        return request_id

    async def state(self, request_id: str) -> Any:
        return (await self.get(f"/v1/status?request_id={request_id}")).body

    async def waiting(self, request_id: str) -> set[str]:
        """Return the stages of a movie that are not done."""
        stages = (await self.state(request_id))["expressGenerationStatus"]
        return {name for name, value in stages.items() if value != "COMPLETED"}

    async def step(self, request_id: str) -> Any:
        return (await self.get(f"{STEP}/{request_id}/status")).body

    async def details(self, request_id: str) -> Any:
        return (await self.get(f"/v2/status_detailed?request_id={request_id}")).body

    async def uploaded(self, *data: bytes) -> list[str]:
        return (await self.post(UPLOAD, image_data=[data_url(each) for each in data])).body["image_urls"]


@pytest.fixture
async def samsar(session: ClientSession, clock: Clock) -> AsyncIterator[Samsar]:
    config = FakeSamsarConfig(ApiVersion.AUTUMN_2026, api_key=KEY, render_seconds=RENDER_SECONDS, render_films=False)
    ids = (f"{number:024}" for number in count(1))
    async with FakeSamsar(
        config, now=clock.now, utc_now=clock.now, sleep=clock.sleep, new_request_id=ids.__next__
    ) as fake:
        yield Samsar(fake, session, clock)


# Refusals -------------------------------------------------------------------------------------------------------------

FINISHED, TALL, WAITING, RENDERING, NOTHING_YET = (f"{number:024}" for number in range(1, 6))
UNKNOWN, URL = "f" * 24, "https://example.com/a.png"
TEXT = {"type": "text", "text": "A fox"}
ODD_NUMBERS = ([1, 0], [-1], [1.5], ["x"], "1,,2", "0", [None], [], 1, None, "1, 3,4")
ODD_PICTURES = ([], *([URL, each] for each in ("", {}, {"image_url": " "}, 7)))
ODD_DATA = (
    [],
    "data:image/png;base64,",
    *([data_url(b"x"), each] for each in ("", URL, "data:text/plain;base64,eA==")),
)
ODD_FILMS = ([FINISHED], FINISHED, [FINISHED, " ", 7], *([FINISHED, each] for each in ("no", FINISHED, UNKNOWN, TALL)))
ODD_INPUTS = (
    *(None, [], " ", ["a", TEXT], [7], [{"type": "x"}], [{"type": "text", "text": ""}], [TEXT, {"type": "text"}]),
    *([{"type": "image_url", "image_url": each}] for each in ("x", {}, {"url": "ftp://x"})),
    [{"type": "image_url", "image_url": {"url": "data:image/png;base64," + "A" * 2**23}}],
    *(["a"] * 32, ["a"] * 33, "x" * 100_000, "🦊" * 50_001, ["x" * 100_000] * 2, ["x" * 100_000, "x" * 100_000, "x"]),
)
REFUSED: dict[str, list[dict[str, Any]]] = {
    SCENE: [
        {"layer_indexes": [1]},
        {"session_id": "short"},
        {"request_id": UNKNOWN, "layers": [1]},
        {"session_id": RENDERING, "layer_indexes": [0]},
        {"session_id": WAITING, "layer_indexes": [1]},
        *({"session_id": FINISHED, "layerIndexes": each} for each in ODD_NUMBERS),
        {"session_id": FINISHED, "layer_indexes": [3], "quote_only": True},
    ],
    PICTURES: [
        {"enable_subtitles": 1},
        {},
        *({"image_urls": each, "video_model": "X"} for each in ODD_PICTURES),
        {"image_urls": [URL], "video_model": "LUMA"},
        {"image_urls": [URL], "image_model": "GptImage2"},
        {"image_urls": [URL], "generate_outro_image": "y", "language": "xx"},
        {"image_urls": [URL], "language": "xx", "tts_model": "X"},
        {"image_urls": [URL], "tts_model": "X"},
        {"image_urls": [URL] * 4},
    ],
    UPLOAD: [{}, *({"image_data": each} for each in ODD_DATA)],
    FILM: [
        {"session_ids": [FINISHED], "blend_scenes": "no"},
        {},
        *({"session_ids": each} for each in ODD_FILMS),
        {"session_ids": [FINISHED, NOTHING_YET]},
    ],
    DUB: [
        {"language": "fr"},
        {"session_id": UNKNOWN},
        {"session_id": FINISHED, "language": "xx", "translate_outro": 1},
        *({"session_id": FINISHED, "language": each} for each in ("xx", "auto")),
        *({"session_id": each, "language": "fr"} for each in (UNKNOWN, NOTHING_YET, RENDERING)),
    ],
    ADD: [{}, {"session_id": "short"}, {"session_id": UNKNOWN}, {"session_id": FINISHED, "subtitle_language": "auto"}],
    REMOVE: [{}, {"session_id": "short"}, {"session_id": UNKNOWN}],
    f"{STEP}/status": [{}, {"request_id": UNKNOWN}, {"request_id": FINISHED}],
    f"{STEP}/status_detailed": [{}, {"request_id": UNKNOWN}, {"request_id": FINISHED}],
    NEXT: [{}, {"request_id": UNKNOWN}, {"session_id": FINISHED}],
    STORYBOARD: [{"prompt": " ", "duration": 1}, MOVIE | {"duration": 100}],
    "/v2/status_detailed": [{}, {"session_id": UNKNOWN}],
    MODERATION: [*({"input": each} for each in ODD_INPUTS), {"input": "a", "model": "gpt"}],
}
CHARGED_AT_ONCE: list[tuple[str, dict[str, Any]]] = [
    (SCENE, {"session_id": FINISHED, "layer_indexes": [1]}),
    (FILM, {"session_ids": [FINISHED, WAITING]}),
    (DUB, {"session_id": FINISHED, "language": "fr"}),
]
BY_FAULT: dict[str, tuple[str, dict[str, Any]]] = {
    "fixed-scene": (SCENE, {"layer_indexes": [1]}),
    "paused": (SCENE, {"layer_indexes": [1]}),
    "other-frames": (FILM, {"session_ids": [FINISHED, FINISHED]}),
    "no-narrative": (DUB, {"language": "fr"}),
    "no-subtitles": (ADD, {}),
    "unknown-step": (f"{STEP}/status", {}),
    "step-not-done": (NEXT, {}),
    "step-failed": (NEXT, {}),
    "moderation-down": (MODERATION, {"input": "a"}),
}


@pytest.mark.filterwarnings("ignore:Sending a large body")
async def test_each_refusal_reads_as_before_and_charges_nothing(samsar: Samsar, snapshot: SnapshotAssertion) -> None:
    made = [await samsar.finished(), await samsar.finished(aspect_ratio="9:16"), await samsar.storyboard()]
    made.append(await samsar.made())
    samsar.clock.seconds += 20
    made.append(await samsar.made())
    assert made == [FINISHED, TALL, WAITING, RENDERING, NOTHING_YET]
    samsar.fake_samsar.account.balance = 1_000
    told = list[str]()

    async def ask(path: str, fields: dict[str, Any]) -> None:
        answer = await samsar.post(path, **fields)
        said = answer.body.get("message", "") + str(answer.body.get("code", ""))
        told.append(f"{path} {repr(fields)[:100]}: {answer.status} {said}")

    for path, wishes in REFUSED.items():
        for fields in wishes:
            await ask(path, fields)
    for fault, (path, fields) in BY_FAULT.items():
        samsar.fake_samsar.inject(fault, times=1)
        await ask(path, {"session_id": FINISHED, **fields})
    assert (samsar.fake_samsar.account.balance, len(samsar.fake_samsar.movies)) == (1_000, len(made))
    samsar.fake_samsar.account.balance = 29
    for path, fields in CHARGED_AT_ONCE:
        await ask(path, fields)
    assert (samsar.fake_samsar.account.balance, len(samsar.fake_samsar.movies)) == (29, len(made))
    assert "\n".join(told) == snapshot(extension_class=TextFile)


async def test_each_answer_of_an_operation_reads_as_before(samsar: Samsar, snapshot: SnapshotAssertion) -> None:
    told = list[str]()

    async def ask(path: str, /, method: str = "POST", **fields: Any) -> None:
        answer = await samsar.ask(method, f"{samsar.fake_samsar.origin}{path}", json=fields or None)
        told.append(f"{method} {path} {answer.status} {answer.headers.get('x-credits-charged')}")
        for name, value in answer.body.items():
            text = json.dumps(value, sort_keys=True).replace(samsar.fake_samsar.origin, "ORIGIN")
            told.append(re.sub(r"/uploads/\w+", "/uploads/NAME", f"  {name} {text}"))

    await ask(UPLOAD, image_data=[data_url(picture())])
    [url] = samsar.fake_samsar.account.uploads
    await ask(PICTURES, image_urls=[f"{samsar.fake_samsar.origin}{url}"])
    await ask(STORYBOARD, **MOVIE, generation_step_mode="two_step")
    for seconds in (19, 50, RENDER_SECONDS):
        samsar.clock.seconds += seconds
        await ask(f"{STEP}/{TALL}/status_detailed", "GET")
        await ask(NEXT, request_id=TALL)
    for request_id, number in ((FINISHED, 1), (TALL, 2)):
        await ask(SCENE, session_id=request_id, layer_indexes=[number], quote_only=True)
    await ask(SCENE, session_id=TALL, layer_indexes=[2])
    await ask(FILM, session_ids=[TALL, WAITING])
    await ask(DUB, session_id=TALL, language="jp")
    await ask(ADD, session_id=TALL, subtitle_language="FR")
    await ask(REMOVE, session_id=TALL)
    await ask(f"/v2/status_detailed?request_id={WAITING}", "GET")
    await ask("/v2/requests?limit=3", "GET")
    await ask("/v1/video/supported_models", "GET")
    await ask(MODERATION, input=["A fox", "a massacre in a brawl"])
    assert "\n".join(told) == snapshot(extension_class=TextFile)


async def test_all_names_of_a_path_answer_alike(samsar: Samsar) -> None:
    for endpoint in ENDPOINTS[ApiVersion.AUTUMN_2026](AUTUMN_2026):
        urls = [f"{samsar.fake_samsar.origin}{path}" for path in endpoint.paths if "{" not in path]
        answers = [await samsar.ask(method, url, json={}) for url in urls for method in endpoint.methods]
        assert len({(each.status, str(each.body)) for each in answers}) == 1, endpoint.paths


# Step mode ------------------------------------------------------------------------------------------------------------


async def test_a_storyboard_waits_before_the_video_and_goes_on_when_it_is_told_to(samsar: Samsar) -> None:
    """Its COMPLETED at the checkpoint has no result; the status of any movie says PENDING meanwhile."""
    created = await samsar.post(STORYBOARD, **MOVIE, generation_step_mode="two_step")
    request_id = created.body["request_id"]
    assert (created.body["status"], created.body["step"]["route_type"]) == ("PENDING", "text_to_video")
    seen = list[tuple[Any, ...]]()

    async def look(seconds: float) -> Any:
        samsar.clock.seconds += seconds
        step, state = await samsar.step(request_id), await samsar.state(request_id)
        names = ("status", "current_step", "next_step", "can_process_next", "creditsCharged")
        seen.append((*(step[name] for name in names), "result_url" in step, state["status"]))
        assert step["status"] == step["step_status"] == step["step"]["status"]
        return step

    await look(0)
    await look(30)
    at_stop = await look(500)
    assert (await samsar.post(NEXT, request_id=request_id)).body["status"] == "PENDING"
    await look(0)
    assert (await samsar.post(NEXT, request_id=request_id)).body["status"] == "PENDING", "a repeat changes nothing"
    await look(49)
    finished = await look(1)
    assert seen == [
        ("PENDING", "prompt_generation", None, False, 0, False, "PENDING"),
        ("PENDING", "speech_generation", None, False, 60, False, "PENDING"),
        ("COMPLETED", "music_generation", "ai_video_generation", True, BEFORE, False, "PENDING"),
        ("PENDING", "ai_video_generation", None, False, BEFORE, False, "PENDING"),
        ("PENDING", "video_generation", None, False, BEFORE + AFTER - 40, False, "PENDING"),
        ("COMPLETED", "video_generation", None, False, BEFORE + AFTER, True, "COMPLETED"),
    ]
    assert at_stop["expressGenerationStatus"]["ai_video_generation"] == "INIT"
    assert at_stop["current_step_resources"] == at_stop["completed_step_resources"]["music_generation"]
    assert (finished["required_action"], finished["current_step_resources"]["label"]) == (None, "Final video")
    assert (await samsar.post(NEXT, request_id=request_id)).body["result_url"], "nothing is next"


async def test_a_job_in_a_single_step_does_not_wait(samsar: Samsar) -> None:
    for fields in ({}, {"generation_step_mode": "one_step"}):
        step = await samsar.step(await samsar.finished(STORYBOARD, **fields))
        assert (step["manual_step_stages"], step["next_step"], "result_url" in step) == ([], None, True)
        assert step["auto_advance_step_stages"] == [*LABELS]


async def test_a_step_that_failed_does_not_go_on(samsar: Samsar) -> None:
    samsar.fake_samsar.inject("credits-run-out")
    request_id = await samsar.storyboard()
    assert (await samsar.step(request_id))["status"] == "COMPLETED", "the checkpoint was reached"
    assert (await samsar.post(NEXT, request_id=request_id)).status == 200
    samsar.clock.seconds += RENDER_SECONDS
    step, again = await samsar.step(request_id), await samsar.post(NEXT, request_id=request_id)
    failure = "Insufficient credits while charging AI video generation."
    assert (step["status"], step["message"], step["creditsCharged"]) == ("FAILED", failure, BEFORE)
    assert (again.status, again.body["message"]) == (409, failure)


async def test_a_balance_that_fell_fails_the_stage_after_the_checkpoint(samsar: Samsar) -> None:
    request_id = await samsar.storyboard()
    samsar.fake_samsar.account.balance = AFTER - 60 - 1
    await samsar.post(NEXT, request_id=request_id)
    samsar.clock.seconds += RENDER_SECONDS
    assert (await samsar.step(request_id))["message"] == "Insufficient credits while charging AI video generation."
    assert samsar.fake_samsar.account.balance == AFTER - 60 - 1


@pytest.mark.parametrize(("waited", "told"), [(2, "PENDING"), (30, "PENDING"), (70, "COMPLETED")])
async def test_a_step_never_says_that_it_is_cancelled(samsar: Samsar, waited: float, told: str) -> None:
    """Its flag says so. The narrative is charged all the same, and a press of Render makes nothing."""
    request_id = await samsar.made(STORYBOARD, generation_step_mode="two_step")
    samsar.clock.seconds += waited
    charged = (await samsar.step(request_id))["creditsCharged"]
    assert (await samsar.post("/v2/cancel_render", session_id=request_id)).body["status"] == "CANCELLED"
    step, state = await samsar.step(request_id), await samsar.state(request_id)
    assert (step["status"], step["expressGenerationCancelled"], state["status"]) == (told, True, "CANCELLED")
    assert (await samsar.post(NEXT, request_id=request_id)).body["status"] == "PENDING"
    samsar.clock.seconds += 10 * RENDER_SECONDS
    step = await samsar.step(request_id)
    assert (step["status"], step["creditsCharged"]) == ("PENDING", max(charged, 40))
    assert samsar.fake_samsar.account.balance == 5_000 - max(charged, 40)


async def test_stills_are_frames_of_the_movie_that_comes(session: ClientSession, clock: Clock) -> None:
    config = FakeSamsarConfig(ApiVersion.AUTUMN_2026, api_key=KEY, render_seconds=RENDER_SECONDS)
    async with FakeSamsar(config, now=clock.now, utc_now=clock.now) as fake:
        samsar = Samsar(fake, session, clock)
        request_id = await samsar.storyboard()
        layers = (await samsar.step(request_id))["completed_step_resources"]["image_generation"]["resources"]["layers"]
        assert [layer["index"] for layer in layers] == [0, 1]
        stills = [(await samsar.ask("GET", layer["selected_image_url"], key=None)).body for layer in layers]
        await samsar.post(NEXT, request_id=request_id)
        clock.seconds += RENDER_SECONDS
        url = (await samsar.state(request_id))["result_url"]
        with av.open(io.BytesIO((await samsar.ask("GET", url, key=None)).body), "r") as film:
            frames = [frame.to_image() for frame in film.decode(video=0)]
        for index, still in enumerate(stills):
            frame = frames[round(len(frames) * (index + 0.5) / len(stills))]
            difference = ImageChops.difference(Image.open(io.BytesIO(still)).convert("RGB"), frame.convert("RGB"))
            assert max(ImageStat.Stat(difference).mean) < 8, index


async def test_links_are_signed_anew_by_each_answer_and_expire(samsar: Samsar) -> None:
    request_id = await samsar.finished()
    first = (await samsar.state(request_id))["result_url"]
    samsar.clock.seconds += 1
    second = (await samsar.state(request_id))["result_url"]
    assert first != second
    assert [(await samsar.ask("GET", url, key=None)).status for url in (first, second)] == [200, 200]
    changed = re.sub(r"Expires=(\d+)", lambda found: f"Expires={int(found[1]) + 9}", first)
    for url in (changed, first.partition("?")[0]):
        assert (await samsar.ask("GET", url, key=None)).status == 403
    samsar.clock.seconds += LINK_SECONDS - 1
    assert [(await samsar.ask("GET", url, key=None)).status for url in (first, second)] == [403, 200]


# Of movies and pictures -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("image_model", "shape", "seconds", "video_model", "scenes", "image", "video"),
    [
        ("NANOBANANAPRO", "16:9", 10, "RUNWAYML", [2], 15, 70),
        ("GPTIMAGE2.5", "9:16", 10, "RUNWAYML", [2, 1, 2], 92, 140),
        ("SEEDREAM", "16:9", 10, "VEO3.1I2V", "1", 23, 220),
        ("SEEDREAM", "1:1", 10, "VEO3.1I2V", "2,1", 30, 440),
        ("WAN2.7PRO", "16:9", 10.5, "COSMOS3SUPERI2V", [3], 15, 14),
        ("WAN2.7PRO", "16:9", 10.6, "COSMOS3SUPERI2V", [3], 15, 15),
    ],
)
async def test_a_scene_is_quoted_for_nothing_and_charged_before_its_copy(
    samsar: Samsar, image_model: str, shape: str, seconds: float, video_model: str, scenes: Any, image: int, video: int
) -> None:
    order = MOVIE | {"image_model": image_model, "aspect_ratio": shape, "duration": seconds, "video_model": video_model}
    source = (await samsar.post(CREATE, **order)).body["request_id"]
    samsar.clock.seconds += RENDER_SECONDS
    before = await samsar.state(source)
    balance = samsar.fake_samsar.account.balance
    wish = {"session_id": source, "layer_indexes": scenes}
    quoted = await samsar.post(SCENE, **wish, quote_only=True)
    quote = quoted.body["creditQuote"]
    assert (quoted.headers["x-credits-charged"], samsar.fake_samsar.account.balance) == ("0", balance)
    assert (quote["imageCredits"], quote["aiVideoCredits"], quote["totalCredits"]) == (image, video, image + video)
    assert (
        quote["layerIndexes"] == [layer["layerIndex"] for layer in quote["layers"]] == sorted({*quote["layerIndexes"]})
    )

    copied = await samsar.post(SCENE, **wish)
    copy = copied.body["request_id"]
    assert copied.body["creditQuote"] == quote
    assert copied.body["source_session_id"] == source != copy
    assert (copied.body["creditsCharged"], copied.body["remainingCredits"]) == (image + video, balance - image - video)
    assert copied.body["layer_ids"] == [layer["layerId"] for layer in quote["layers"]]
    scenes = zip(*(samsar.fake_samsar.movies[each].order.scenes for each in (copy, source)), strict=True)
    assert [n for n, (new, old) in enumerate(scenes, 1) if new.seed != old.seed] == quote["layerIndexes"], "new colors"
    assert await samsar.waiting(copy) == {"image_generation", "ai_video_generation", *CUT}
    samsar.clock.seconds += RENDER_SECONDS
    state = await samsar.state(copy)
    assert (state["status"], state["creditsCharged"]) == ("COMPLETED", before["creditsCharged"]), (
        "copied with the source"
    )
    assert samsar.fake_samsar.account.balance == balance - image - video, "no stage is charged again"
    assert (await samsar.state(source))["status"] == "COMPLETED"


@pytest.mark.parametrize(
    ("model", "pictures", "more", "asked", "charged"),
    [
        ("runwayml", 1, {}, 300, 300),
        ("RUNWAYML", 4, {}, 1_200, 900),
        ("VEO3.1I2V", 2, {}, 960, 840),
        ("SEEDANCE2.5I2V", 2, {}, 2_000, 1_250),
        ("COSMOS3SUPERI2V", 2, {}, 316, 260),
    ],
)
async def test_a_movie_of_pictures_asks_for_the_longest_clips_and_charges_what_it_took(
    samsar: Samsar, model: str, pictures: int, more: dict[str, Any], asked: int, charged: int
) -> None:
    urls = await samsar.uploaded(*(picture() for _ in range(pictures)))
    assert len({*urls}) == pictures, "each under a name of its own"
    wish = {"image_urls": [urls[0], *({"url": url, "title": "Two"} for url in urls[1:])], "video_model": model, **more}
    samsar.fake_samsar.account.balance = asked - 1
    refused = await samsar.post(PICTURES, **wish)
    assert (refused.status, f"required credits: {asked};" in refused.body["message"]) == (402, True)
    samsar.fake_samsar.account.balance = asked
    request_id = await samsar.finished(PICTURES, **wish)
    state = await samsar.state(request_id)
    assert (state["status"], state["creditsCharged"]) == ("COMPLETED", charged)
    assert samsar.fake_samsar.account.balance == asked - charged


async def test_pictures_are_stored_as_they_are_and_read_when_a_movie_is_ordered(samsar: Samsar) -> None:
    data = picture(color="blue")
    answer = await samsar.post(UPLOAD, image_data=[data_url(data), data_url(b"no picture", "heic")])
    good, bad = answer.body["image_urls"]
    served = await samsar.ask("GET", good, key=None)
    assert (served.body, served.headers["Content-Type"], bad.endswith(".jpg")) == (data, "image/jpeg", True)
    for urls, item in (([good, bad], 2), (["https://example.com/a.png"], 1), ([good, f"{good}x"], 2)):
        refused = await samsar.post(PICTURES, image_urls=urls)
        message = f"Unable to download or analyze image_urls item {item}."
        assert (refused.status, refused.body["message"]) == (400, message)
        *_, left = samsar.fake_samsar.movies
        assert (await samsar.state(left))["status"] == "FAILED", "a session exists by then"
    assert samsar.fake_samsar.account.balance == 5_000
    request_id = await samsar.finished(PICTURES, image_urls=[good])
    [layer] = (await samsar.details(request_id))["session"]["layers"]
    still = Image.open(io.BytesIO((await samsar.ask("GET", layer["image"]["url"], key=None)).body))
    red, _, blue = ImageStat.Stat(still.convert("RGB").crop((0, 0, 9, 9))).mean
    assert (red < 60, blue > 200) == (True, True), "the picture"


# Faults ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "status", "charged", "copies"),
    [
        ("500-after", 500, 30, 1),
        ("charged-for-nothing", 500, 30, 0),
        ("500", 500, 0, 0),
        ("key-limit", 402, 0, 0),
        ("no-id", 200, 30, 1),
        ("failed", 200, 30, 1),
    ],
)
async def test_what_is_charged_at_once_stays_charged_whatever_is_answered(
    samsar: Samsar, fault: str, status: int, charged: int, copies: int
) -> None:
    source = await samsar.finished()
    balance = samsar.fake_samsar.account.balance
    samsar.fake_samsar.inject(fault, route=Route.DUB, when="fox")
    answer = await samsar.post(DUB, session_id=source, language="fr")
    samsar.clock.seconds += RENDER_SECONDS
    assert (answer.status, balance - samsar.fake_samsar.account.balance) == (status, charged)
    assert len(samsar.fake_samsar.movies) - 1 == copies
    if fault == "failed":
        assert (await samsar.state(answer.body["request_id"]))["status"] == "FAILED"


async def test_a_fault_of_scenes_leaves_quotes_alone(samsar: Samsar) -> None:
    wish = {"session_id": await samsar.finished(), "layer_indexes": [1]}
    samsar.fake_samsar.inject("500", route=Route.SCENE, times=1)
    answers = [await samsar.post(SCENE, **wish, dry_run=True), await samsar.post(SCENE, **wish)]
    assert [each.status for each in answers] == [200, 500]


async def test_faults_of_links_uploads_and_judgements(samsar: Samsar) -> None:
    request_id = await samsar.storyboard()
    for fault in ("expired-links", "lost-uploads", "unsafe"):
        samsar.fake_samsar.inject(fault)
    layers = (await samsar.step(request_id))["completed_step_resources"]["image_generation"]["resources"]["layers"]
    [url] = await samsar.uploaded(picture())
    links = (layers[0]["selected_image_url"], url)
    assert [(await samsar.ask("GET", each, key=None)).status for each in links] == [403, 404]
    judged = await samsar.ask("POST", f"{samsar.fake_samsar.origin}{MODERATION}", json={"input": "A fox"})
    assert judged.body["decision"] == {"safe": False, "reason": "flagged", "categories": ["violence"]}
    samsar.fake_samsar.inject("no-stills")
    assert "completed_step_resources" not in await samsar.step(request_id)
    samsar.fake_samsar.inject("slow", route=Route.UPLOAD)
    await samsar.uploaded(picture())
    assert samsar.clock.slept == [5.0]
