"""What a job holds of its member's words, name and links."""

from __future__ import annotations

from typing import Final

from data.jobs import OPEN

CLEARED: Final = f"""
prompt = '', member_name = '', role_ids = '', movie_url = NULL, upstream_message = NULL, decline_reason = NULL,
card_message_id = NULL, staff_channel_id = NULL, staff_message_id = NULL,
samsar_request_id = CASE WHEN {OPEN} THEN samsar_request_id END,
unverified_request_id = CASE WHEN {OPEN} THEN unverified_request_id END,
callback_token_hash = CASE WHEN {OPEN} THEN callback_token_hash END
"""
"""The assignments that clear a job's row. An open job keeps what tells how its movie ends."""
