"""A Discord on 127.0.0.1 for a bot in another process: its messages are printed, and what a member does is typed.

`invite NAME` adds the bot to a server, `/movie prompt="A storm"` is a command, and anything else a button's label.
"""

import argparse
import asyncio
import contextlib
import math
import shlex
import sys

from simcord.backend.models import Message
from simcord.components import walk_components

from tests.helpers.fake_discord.server import FakeDiscord

HELP = """A fake Discord listens at {url}. The bot is in no server there yet.

  token   {token}

In place of `python -m bot ...`, run:
  python -m tests.helpers.fake_discord.redirect {url} ...

Then type here:
  invite The cinema              add the bot to a server
  /movie prompt="A gentle storm" send a command as a member, with its options
  Make it (200)                  press the newest button with this label
"""


def shown(message: Message) -> str:
    parts = [*walk_components(message.components)]
    texts = [message.content, *(part["content"] for part in parts if "content" in part)]
    files = [f"<{each['filename']}>" for each in message.attachments]
    media = [f"<{each['media']['url']}>" for part in parts for each in part.get("items", ()) if "media" in each]
    labels = [f"[{part['label']}]" for part in parts if part.get("label") and not part.get("disabled")]
    return "\n".join(filter(None, [*texts, *media, *files, " ".join(labels)]))


async def print_messages(discord: FakeDiscord) -> None:
    printed: dict[int, str] = {}

    def unprinted() -> dict[int, str]:
        posted = {each.id: shown(each) for each in discord.state.everything_posted()}
        return {id_: text for id_, text in posted.items() if text and printed.get(id_) != text}

    while True:
        changed = await discord.until(unprinted, timeout=math.inf)
        printed |= changed
        print(*changed.values(), sep="\n\n", end="\n\n", flush=True)


async def do(discord: FakeDiscord, line: str) -> None:
    if line.startswith("invite "):
        discord.guild_id = discord.state.add_guild(line.removeprefix("invite "), discord.owner_id)
        discord.channel_id = discord.state.add_channel(discord.guild_id, "movies")
        discord.state.join(discord.guild_id, discord.user_id)
    elif line.startswith("/"):
        command, *options = shlex.split(line[1:])
        pairs = [each.partition("=") for each in options]
        given = {name: int(value) if value.isdecimal() else value for name, _, value in pairs}
        await discord.slash(discord.user_id, command, given)
    else:
        newest = max(m.id for m in discord.state.everything_posted() if f"[{line}]" in shown(m))
        await discord.send_component(discord.user_id, newest, line)


async def serve(port: int) -> None:
    async with FakeDiscord(port) as discord:
        discord.state.guilds.clear()
        print(HELP.format(url=discord.url, token=discord.token), flush=True)
        printing = asyncio.create_task(print_messages(discord))
        while line := await asyncio.to_thread(sys.stdin.readline):
            try:
                await do(discord, line.strip())
            except (LookupError, ValueError, TimeoutError) as exc:
                print(f"That can't be done: {exc}", file=sys.stderr)
        printing.cancel()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=8082, help="(default: %(default)s; 0: any free port)")
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve(parser.parse_args().port))
