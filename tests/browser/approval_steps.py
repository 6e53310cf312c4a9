"""A manager's steps with movies that wait for approval."""

from __future__ import annotations

from bot.domain.server_setup import NOTHING_SET, Setting
from bot.sandbox.environment import SandboxEnvironment
from bot.ui import approvals
from bot.ui.components import custom_id
from bot.ui.setup_panel import NOT_CHOSEN, SetupPage
from tests.helpers.expected_text import ENGLISH


async def with_approval(sandbox: SandboxEnvironment) -> None:
    """Approve one of Bob's pending movies, decline one, and cancel the rest."""
    await _setup(sandbox, "everyone", NOTHING_SET.fingerprint([Setting.APPROVAL]), price="5")
    for number in range(approvals.PAGE_SIZE + 1):
        await sandbox.people["bob"].slash(sandbox.channel, "movie", prompt=f"kite {number}", duration=1)
    dana = sandbox.people["dana"]
    opened = await dana.slash(sandbox.channel, "movies", show="pending")
    assert opened.response is not None
    pending = opened.response.message
    await dana.click(pending, label=ENGLISH("approvals-next-button"))
    await dana.click(pending, label=ENGLISH("approvals-list-approve-button", number=1))
    form = await dana.click(pending, label=ENGLISH("approvals-list-decline-button", number=1))
    await dana.submit_modal(form, {approvals.REASON: "one kite is enough"})
    blocked = await dana.slash(sandbox.channel, "quota block", member=sandbox.people["bob"])
    [offer] = blocked.followups
    await dana.click(offer, label=ENGLISH("quota-cancel-queued-button"))
    await dana.slash(sandbox.channel, "quota unblock", member=sandbox.people["bob"])
    everyone = NOTHING_SET.changed({Setting.APPROVAL: "everyone"})
    await _setup(sandbox, NOT_CHOSEN, everyone.fingerprint([Setting.APPROVAL]))


async def _setup(sandbox: SandboxEnvironment, scope: str, expected: str, *, price: str | None = None) -> None:
    """Choose whose movies wait, and from which price on."""
    dana = sandbox.people["dana"]
    opened = await dana.slash(sandbox.channel, "setup panel")
    assert opened.response is not None
    panel = opened.response.message
    await dana.click(panel, custom_id=custom_id("setup-page", SetupPage.STAFF))
    await dana.click(panel, custom_id=custom_id("setup-page", SetupPage.APPROVAL))
    await dana.select(panel, [scope], custom_id=custom_id("setup", Setting.APPROVAL, expected))
    if price is not None:
        form = await dana.click(panel, label=ENGLISH("setup-approval-credits-button"))
        await dana.submit_modal(form, {Setting.APPROVAL_CREDITS.value: price})
