"""What a member reads of a pitch before they pay for it."""

import pytest

from bot.ui import pitches
from bot.ui.components import Attachment, Message
from bot.ui.formatting import escape
from tests.helpers.expected_text import ENGLISH
from tests.unit.ui.samples import Outside


def shows(message: Message, prompt: str) -> bool:
    files = [each.content for each in message.parts if isinstance(each, Attachment)]
    return escape(prompt, 10_000) in message.text or prompt.encode() in files


@pytest.mark.parametrize("words", [200, 1000])
def test_all_of_a_prompt_is_shown_before_it_is_paid_for(words: int) -> None:
    """The public message of a pitch has its beginning, and the card behind ⋯ all of it."""
    prompt = "_a_ " * words
    of = Outside(prompt)
    public, more = (
        pitches.pitch_message(ENGLISH, of.pitch(), of.catalogue()),
        pitches.more_message(ENGLISH, of.pitch(), of.catalogue(), 0, may_pay=True, mine=False, staff=False),
    )
    assert (shows(public, prompt), shows(more, prompt)) == (False, True)
