"""What a job holds of its member's words, name and links."""

from __future__ import annotations

from typing import Final

from data.jobs import OPEN

PAID_BY_OTHERS: Final = """
(jobs.state = 'completed' AND jobs.removed_at IS NULL AND EXISTS (SELECT 1 FROM pledges
    WHERE pledges.pitch_id = jobs.pitch_id AND pledges.state = 'spent' AND pledges.member_id > 0
    AND pledges.member_id <> jobs.member_id))
"""
"""Whether members who are not erased paid for a job's movie, besides the one who pitched it."""

_WORDS: Final = f"""
prompt = '', member_name = '', role_ids = '', upstream_message = NULL, decline_reason = NULL,
card_message_id = NULL, staff_channel_id = NULL, staff_message_id = NULL,
unverified_request_id = CASE WHEN {OPEN} THEN unverified_request_id END,
callback_token_hash = CASE WHEN {OPEN} THEN callback_token_hash END
"""

CLEARED: Final = f"""
{_WORDS}, movie_url = NULL, samsar_request_id = CASE WHEN {OPEN} THEN samsar_request_id END
"""
"""The assignments that clear a job's row. An open job keeps what tells how its movie ends."""

CLEARED_OF_MEMBER: Final = f"""
{_WORDS}, movie_url = CASE WHEN {PAID_BY_OTHERS} THEN movie_url END,
samsar_request_id = CASE WHEN {OPEN} OR {PAID_BY_OTHERS} THEN samsar_request_id END
"""
"""The same for one of a job's members: others who paid for it keep its movie, and get new links."""
