"""What a person does on the demo's page; each step ends when the page says that the bot has answered it."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page, Response

MOST_CLICKS = 50
"""How often a press that the page drops is tried again."""
_IDLE = "() => !simcordPreview.pendingAction && simcordPreview.awaitingRevision === null"
_SHOWN = f"revision => ({_IDLE})() && simcordPreview.publishedRevision >= revision"
_TAKEN = f"""(control, kind) => {{
    if (!({_IDLE})()) return false;
    control.click();
    return simcordPreview.pendingAction?.kind === kind;
}}"""


def expect(actual: Any) -> Any:
    from playwright.async_api import expect as playwrights  # noqa: PLC0415 - takes long to import

    return playwrights(actual)


class DemoPage:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.channel = page.locator("#channel-message-list")
        self.form = page.get_by_role("dialog")

    @property
    def newest(self) -> Locator:
        return self.channel.locator("> article").last

    def message(self, *shows: str) -> Locator:
        found = self.channel.locator("> article")
        for text in shows:
            found = found.filter(has_text=text)
        return found.last

    async def open(self, url: str) -> None:
        await self.page.goto(url)
        await expect(self.page.locator("#channel-composer-input")).to_be_visible()
        await self.page.wait_for_function(f"() => simcordPreview.ready && ({_IDLE})()")

    async def view_as(self, name: str) -> None:
        await self._act("viewer", lambda: self.page.get_by_label("Viewing as").select_option(label=name))

    async def command(self, name: str, **options: str | Path) -> None:
        composer = self.page.locator("#channel-composer-input")
        await composer.fill(f"/{name}")
        chosen = self.page.locator(".command-entry").filter(has=self.page.get_by_text(f"/{name}", exact=True))
        await _click(chosen)
        for option, value in options.items():
            if isinstance(value, Path):
                await self.page.locator(f".command-file-input[data-option={option}]").set_input_files(value)
                continue
            field = self.page.locator(f".command-option-input[data-option={option}]")
            if not await field.count():
                await _click(self.page.locator(".command-ghost"))
                await _click(self.page.locator(".command-suggestion").get_by_text(option, exact=True))
            await field.fill(value)
        await self._press("run_command", self.page.locator("#send-message"))
        await expect(composer).to_be_visible()

    async def press(self, label: str, *, on: Locator | None = None) -> None:
        await self._press("click", (on or self.channel).get_by_role("button", name=label, exact=True).last)

    async def choose(self, menu: str, option: str, *, on: Locator) -> None:
        await _click(on.get_by_role("combobox", name=menu))
        await self._press("select", on.get_by_role("option").filter(has_text=option).first)

    async def submit(self, **fields: str) -> None:
        for label, value in fields.items():
            await self.form.get_by_label(label.replace("_", " ")).fill(value)
        await self._press("modal_submit", self.form.get_by_role("button", name="Submit"))
        await expect(self.form).not_to_be_visible()

    async def dismiss(self) -> None:
        await _click(self.form.get_by_role("button", name="Cancel"))
        await expect(self.form).not_to_be_visible()

    async def _press(self, kind: str, control: Locator) -> None:
        """The page takes one action at a time, and drops other clicks silently."""

        async def click() -> None:
            for _ in range(MOST_CLICKS):
                await control.click(trial=True)
                if await control.evaluate(_TAKEN, kind):
                    return
                await self.page.wait_for_function(_IDLE)
            raise AssertionError(f"the page takes no {kind}")

        await self._act(kind, click)

    async def _act(self, kind: str, act: Callable[[], Awaitable[object]]) -> None:
        await self.page.wait_for_function(_IDLE)
        async with self.page.expect_response(lambda response: _sent(response) == kind) as sent:
            await act()
        receipt = await (await sent.value).json()
        assert not receipt.get("rejected", True), receipt
        assert receipt["settlement"] == "settled", receipt
        assert receipt["acknowledgement"] != "unacknowledged", receipt
        await self.page.wait_for_function(_SHOWN, arg=receipt["revision"])


async def _click(control: Locator) -> None:
    """Click in one step. A mouse click goes down and up, and the page may redraw its target in between."""
    await control.click(trial=True)  # it can be seen, nothing lies over it, and the page takes presses
    await control.dispatch_event("click")


def _sent(response: Response) -> str | None:
    if not response.url.endswith("/api/action"):
        return None
    if response.request.headers.get("content-type", "").startswith("multipart/form-data"):
        return "run_command"  # with a file, which nothing else uploads; Chromium doesn't hand out such a body
    body: dict[str, Any] = json.loads(response.request.post_data or "{}")
    return body.get("kind")
