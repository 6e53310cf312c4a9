"""A small bot that uses every part of the fake Discord.

It tests the fake, not the product.
"""

import asyncio
import os
from typing import Self

import discord
from discord import app_commands


class Reason(discord.ui.Modal, title="Why?"):
    """Asks for a reason, and changes the message it came from."""

    why: discord.ui.TextInput[Self] = discord.ui.TextInput(label="Reason")

    async def on_submit(self, interaction: discord.Interaction) -> None:
        """Write the reason in the message's place."""
        await interaction.response.edit_message(content=f"because {self.why.value}", view=None)


class Controls(discord.ui.View):
    """The buttons below a movie."""

    def __init__(self) -> None:
        super().__init__(timeout=None)

    @discord.ui.button(label="Cancel", custom_id="cancel")
    async def cancel(self, interaction: discord.Interaction, _: discord.ui.Button[Self]) -> None:
        """Ask for a reason."""
        await interaction.response.send_modal(Reason())


class SampleBot(discord.Client):
    """Registers `/movie` and `/credits grant`.

    `failures` takes the exceptions its commands met, `callbacks` what Discord said to its answers.
    """

    def __init__(self) -> None:
        super().__init__(intents=discord.Intents(guilds=True))
        self.failures: asyncio.Queue[BaseException] = asyncio.Queue()
        self.callbacks: asyncio.Queue[discord.InteractionCallbackResponse[discord.Client]] = asyncio.Queue()
        self.tree = app_commands.CommandTree(self)
        self.tree.error(self._failed)
        movie = self.tree.command(name="movie", description="Make a movie")(self.movie)
        movie.autocomplete("prompt")(self.suggest)
        credits_group = app_commands.Group(name="credits", description="Credits")
        credits_group.command(name="grant", description="Give credits")(self.grant)
        self.tree.add_command(credits_group)

    async def setup_hook(self) -> None:
        """Register the commands before the first event."""
        self.add_view(Controls())
        await self.tree.sync()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Skip discord.py's five seconds before each IDENTIFY."""

    async def movie(
        self, interaction: discord.Interaction, prompt: str, duration: app_commands.Range[int, 1, 60]
    ) -> None:
        """Answer at once, with an embed and a button."""
        embed = discord.Embed(title=prompt, description=f"{duration} s")
        self.callbacks.put_nowait(await interaction.response.send_message(embed=embed, view=Controls()))
        print(f"answered {prompt}", flush=True)

    async def suggest(self, _: discord.Interaction, current: str) -> list[app_commands.Choice[str]]:
        """Complete every prompt in the same way."""
        return [app_commands.Choice(name=f"{current} at sea", value="sea")]

    async def grant(
        self, interaction: discord.Interaction, member: discord.Member, role: discord.Role | None = None
    ) -> None:
        """Defer ephemerally, then report what was understood."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        said = f"{member.name} as {role.name if role else 'nobody'}"
        await interaction.edit_original_response(content=said)

    async def _failed(self, _: discord.Interaction, error: app_commands.AppCommandError) -> None:
        self.failures.put_nowait(error.__cause__ or error)


if __name__ == "__main__":
    SampleBot().run(os.environ["DISCORD_TOKEN"])
