"""The schema's columns by what they say about a member."""

from __future__ import annotations

from typing import Final

from data.personal import COLUMNS, PERSONAL

OWN: Final = {(table, column) for table, column, _ in COLUMNS}
"""Columns with the id of the member whose row it is, or who did it."""

WORDS: Final = {(table, word) for table, personal in PERSONAL.items() for word in personal.words} | {
    (table, "interaction_id") for table, _, named in COLUMNS if named.interaction
}
"""Columns with a member's texts, names and results, or their ids at Discord and the API."""

EXPORTED: Final = {(table, column) for table, personal in PERSONAL.items() for column in personal.shown.split()}

_NOTHING: Final = {
    "jobs": "acknowledged_at next_run_at submit_attempts not_found_count called_back_at last_pending_at"
    " completed_stages total_stages current_stage took_ms leased_by leased_until cancel_requested_at removed_at"
    " removed_by pitch_id traceparent decide_by stop_credits settle_by",
    "quotes": "root_id",
    "pictures": "claim",
    "picture_parts": "picture_id number content",
    "ledger_entries": "hold_id charge_difference pitch_id taken_back",
    "outbox": "attempts next_attempt_at leased_by leased_until venue gallery_id",
    "quota_limits": "scope",
    "movie_nights": "id guild_id week starts_at state channel_id venue message_id created_at",
    "movie_night_movies": "night_id place job_id stars",
    "guild_settings": "guild_id settings staff_channel_id staff_channel_failed_at language chosen_language"
    " gallery_channel_id gallery_failed_at gallery_stars age starter_credits",
    "audit_log": "is_pending setting setting_value rule_category",
    "breakers": "name state outage opened_at retry_at pause_ms trial_job_id reported",
    "key_value": "key value",
    "server_policies": "guild_id monthly_credits blocked_at",
    "refused_models": "kind model refused_at message",
    "catalogue_differences": "kind model listed_price",
    "processes": "id role host pid version started_at shards seen_at",
    "identify_slots": "bucket free_at",
    "rate_limits": "key empty_at",
    "departed_servers": "guild_id left_at",
    "present_servers": "guild_id",
    "credit_requests": "day member_language log_channel_id log_message_id",
    "gifts": "taken_entry_id given_entry_id",
    "past_gifts": "entry_id",
    "reported_movies": "reported_at staff_message_channel_id staff_message_id",
    "pitches": "pledged waits_for waiting_since next_run_at",
    "messages": "guild_id nonce attempts due_at job_id channel_id venue",
    "erasures": "id erased_at salt digest",
    "erased_accounts": "month digest guild_id spent failed",
    "erased_decisions": "month digest guild_id kind ends_at credits",
    "erased_events": "month digest kind guild_id happened_at times",
    "erasure_keys": "month key",
    "schema_migrations": "number name applied_at",
}
"""Columns that identify no member: servers, models, times, digests, and messages still to delete."""

NOTHING: Final = {(table, column) for table, names in _NOTHING.items() for column in names.split()}
