"""Notices to members who chipped in, for every reason and language."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.pitch import NoticeKind, Pitch, PitchEndReason, PitchNotice, PitchState
from bot.domain.preferences import DeliveryTarget
from bot.locales.texts import Texts
from bot.ui import pitch_notices
from bot.ui.amounts import format_credits
from tests.helpers.expected_text import ENGLISH
from tests.helpers.factories import request
from tests.helpers.languages import LANGUAGES

PITCH = Pitch("0abc123defghj", 10, 20, 1, request("a fox"), 600, PitchState.OPEN, 0, 600_000, message_id=77)


@LANGUAGES
@pytest.mark.parametrize(
    ("kind", "reason", "awaits_approval"),
    [
        *((kind, None, False) for kind in NoticeKind),
        *((NoticeKind.RETURNED, reason, False) for reason in PitchEndReason),
        (NoticeKind.FUNDED, None, True),
    ],
)
def test_a_notice_links_to_its_pitch_and_only_a_dm_has_the_amount(
    texts: Texts, kind: NoticeKind, reason: PitchEndReason | None, *, awaits_approval: bool
) -> None:
    notices = [
        PitchNotice(
            PITCH,
            member,
            kind,
            4711,
            reason,
            texts.language,
            DeliveryTarget.CHANNEL,
            0,
            0,
            awaits_approval=awaits_approval,
        )
        for member in (1, 2)
    ]
    posted = pitch_notices.notice_text(texts, notices, direct=False)
    direct = pitch_notices.notice_text(texts, notices[:1], direct=True)
    assert "https://discord.com/channels/10/20/77" in posted
    assert "https://discord.com/channels/10/20/77" in direct
    assert "<@1> <@2>" in posted
    digits = "".join(filter(str.isdigit, direct.replace("https://discord.com/channels/10/20/77", "")))
    assert digits == "4711"
    assert "711" not in posted
    assert "  " not in posted + direct


def test_who_pays_for_a_movie_that_waits_for_staff_does_not_read_that_it_is_ordered() -> None:
    notice = PitchNotice(PITCH, 1, NoticeKind.FUNDED, 5, None, ENGLISH.language, DeliveryTarget.CHANNEL, 0, 0)
    assert "is ordered" in pitch_notices.notice_text(ENGLISH, [notice], direct=False)
    waiting = [replace(notice, awaits_approval=True)]
    for direct in (False, True):
        text = pitch_notices.notice_text(ENGLISH, waiting, direct=direct)
        assert "ordered" not in text
        assert "staff has to approve" in text


@LANGUAGES
def test_a_share_that_was_spent_is_not_said_to_be_back(texts: Texts) -> None:
    """The direct message says whether all or a part was spent."""
    charged = [
        PitchNotice(
            PITCH, 1, NoticeKind.RETURNED, returned, reason, texts.language, DeliveryTarget.CHANNEL, 0, 0, spent=123
        )
        for returned, reason in ((456, PitchEndReason.JOB_ENDED), (0, PitchEndReason.JOB_ENDED))
    ]
    posted = pitch_notices.notice_text(texts, charged, direct=False)
    assert posted == texts("pledges-charged", members="<@1> <@1>", pitch=pitch_notices.pitch_url(PITCH))
    for notice in charged:
        direct = pitch_notices.notice_text(texts, [notice], direct=True)
        assert format_credits(texts, notice.spent) in direct
        assert format_credits(texts, notice.credits) in direct
