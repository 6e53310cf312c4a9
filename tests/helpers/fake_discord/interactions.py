"""Interactions: an action, its first response, and followups."""

import secrets
import time
from dataclasses import dataclass, field
from enum import IntEnum

from tests.helpers.fake_discord.messages import Draft, Messages, RefusedError
from tests.helpers.fake_discord.models import EPHEMERAL, LOADING, Answer, Json, Message
from tests.helpers.fake_discord.primitives import ChangeSignal, Snowflakes
from tests.helpers.fake_discord.state import BOT, LOCALE, FakeDiscordState

ANSWER_WITHIN = 3.0


class InteractionType(IntEnum):
    COMMAND = 2
    COMPONENT = 3


class ResponseType(IntEnum):
    MESSAGE = 4
    DEFERRED_MESSAGE = 5
    DEFERRED_UPDATE = 6
    UPDATE = 7
    MODAL = 9


ALLOWED = {
    InteractionType.COMMAND: {ResponseType.MESSAGE, ResponseType.DEFERRED_MESSAGE, ResponseType.MODAL},
    InteractionType.COMPONENT: {
        ResponseType.MESSAGE,
        ResponseType.DEFERRED_MESSAGE,
        ResponseType.DEFERRED_UPDATE,
        ResponseType.UPDATE,
        ResponseType.MODAL,
    },
}


@dataclass
class Interaction:
    """One interaction, from the click to the death of its token. `payload` is the INTERACTION_CREATE that was sent."""

    id: int
    token: str
    kind: InteractionType
    channel_id: int
    bell: ChangeSignal = field(repr=False)
    payload: Json = field(repr=False, default_factory=dict)
    source_id: int | None = None
    born: float = field(default_factory=time.monotonic)
    answer: Answer | None = None
    original_id: int | None = None

    async def answered(self, *, timeout: float = 5.0) -> Answer:
        return await self.bell.until(lambda: self.answer, timeout=timeout, what=f"an answer to {self.kind.name}")


class Interactions:
    def __init__(self, state: FakeDiscordState, messages: Messages, fresh_id: Snowflakes, bell: ChangeSignal) -> None:
        self.answers: dict[int, Answer] = {}
        self._state = state
        self._messages = messages
        self._fresh_id = fresh_id
        self._bell = bell
        self._open: dict[int, Interaction] = {}

    def begin(
        self,
        kind: InteractionType,
        data: Json,
        *,
        user_id: int,
        guild_id: int | None,
        channel_id: int,
        source_id: int | None = None,
    ) -> Interaction:
        interaction = Interaction(
            self._fresh_id(), secrets.token_urlsafe(64), kind, channel_id, self._bell, source_id=source_id
        )
        channel = self._state.channel_payload(self._state.channels[channel_id])
        payload: Json = {
            "id": str(interaction.id),
            "application_id": str(self._state.application_id),
            "type": int(kind),
            "version": 1,
            "token": interaction.token,
            "data": data,
            "channel_id": str(channel_id),
            "channel": {**channel, "permissions": str(BOT.value)},
            "locale": LOCALE,
            "app_permissions": str(BOT.value),
            "entitlements": [],
            "entitlement_sku_ids": [],
            "authorizing_integration_owners": {"0": str(guild_id or 0)},
            "context": 1 if guild_id is None else 0,
            "attachment_size_limit": self._state.upload_limit,
        }
        if guild_id is None:
            payload["user"] = self._state.user_payload(user_id)
        else:
            payload |= {
                "member": self._state.member_payload(guild_id, user_id),
                "guild_id": str(guild_id),
                "guild": {"id": str(guild_id), "locale": LOCALE, "features": []},
                "guild_locale": LOCALE,
            }
        if source_id is not None:
            payload["message"] = self._messages.payload(self._messages.get(source_id))
        interaction.payload = payload
        self._open[interaction.id] = interaction
        return interaction

    def callback(self, interaction_id: int, token: str, draft: Draft) -> Json:
        interaction = self._open.get(interaction_id)
        if interaction is None or interaction.token != token or self._late(interaction):
            raise RefusedError(404, 10062, "Unknown interaction")
        if interaction.answer is not None:
            raise RefusedError(400, 40060, "Interaction has already been acknowledged.")
        kind = draft.json.get("type")
        if kind not in ALLOWED[interaction.kind]:
            raise RefusedError(400, 50035, f"Invalid Form Body: type {kind} does not answer {interaction.kind.name}")
        reply, data = ResponseType(kind), draft.json.get("data") or {}
        message = self._carry_out(interaction, reply, Draft(data, draft.files))
        interaction.answer = self.answers[interaction.id] = Answer(
            interaction_id=interaction.id,
            token=token,
            type=int(reply),
            data=data,
            files=draft.files,
            at=time.time(),
            message_id=message.id if message else None,
        )
        self._bell.ring()
        return self._described(interaction, reply, message)

    def followup(self, token: str, draft: Draft) -> Message:
        """Write a message on the token. The first one after a deferral takes the place of "is thinking"."""
        interaction = self._by_token(token)
        if interaction.original_id is not None and self._is_loading(interaction.original_id):
            return self._messages.edit(interaction.original_id, draft)
        return self._messages.write(interaction.channel_id, draft, interaction_id=interaction.id)

    def message(self, token: str, name: str) -> Message:
        interaction = self._by_token(token)
        if name != "@original":
            return self._messages.get(int(name), interaction.channel_id)
        if interaction.original_id is None:
            raise RefusedError(404, 10008, "Unknown Message")
        return self._messages.get(interaction.original_id)

    def _carry_out(self, interaction: Interaction, reply: ResponseType, draft: Draft) -> Message | None:
        message: Message | None = None
        if reply in {ResponseType.MESSAGE, ResponseType.DEFERRED_MESSAGE}:
            loading = reply is ResponseType.DEFERRED_MESSAGE
            message = self._messages.write(
                interaction.channel_id, draft, interaction_id=interaction.id, loading=loading
            )
        elif reply in {ResponseType.UPDATE, ResponseType.DEFERRED_UPDATE}:
            if interaction.source_id is None:
                raise RefusedError(400, 50035, "Invalid Form Body: there is no message to update")
            message = self._messages.get(interaction.source_id)
            if reply is ResponseType.UPDATE:
                message = self._messages.edit(message.id, draft)
        interaction.original_id = message.id if message else None
        return message

    def _described(self, interaction: Interaction, reply: ResponseType, message: Message | None) -> Json:
        about: Json = {"id": str(interaction.id), "type": int(interaction.kind)}
        described: Json = {"interaction": about}
        if message is not None and reply is not ResponseType.DEFERRED_UPDATE:
            about["response_message_id"] = str(message.id)
            about["response_message_loading"] = bool(message.flags & LOADING)
            about["response_message_ephemeral"] = bool(message.flags & EPHEMERAL)
        if message is not None and reply in {ResponseType.MESSAGE, ResponseType.UPDATE}:
            described["resource"] = {"type": int(reply), "message": self._messages.payload(message)}
        return described

    def _by_token(self, token: str) -> Interaction:
        for interaction in self._open.values():
            if interaction.token == token and interaction.answer is not None:
                return interaction
        raise RefusedError(404, 10015, "Unknown Webhook")

    def _late(self, interaction: Interaction) -> bool:
        return interaction.answer is None and time.monotonic() - interaction.born > ANSWER_WITHIN

    def _is_loading(self, message_id: int) -> bool:
        try:
            return self._messages.get(message_id).loading
        except RefusedError:
            return False
