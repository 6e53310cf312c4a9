"""What every column of the schema says about a member.

A new column has to be named here; tests/data/test_erasure.py then holds its erasure and its export to it.
"""

from __future__ import annotations

from typing import Final

OWN: Final = {
    "jobs": "member_id",
    "followers": "member_id",
    "quotes": "member_id",
    "member_preferences": "member_id",
    "balances": "member_id",
    "ledger_entries": "member_id actor_id",
    "quota_limits": "subject_id",
    "member_blocks": "member_id",
    "audit_log": "subject_id actor_id",
    "failure_waivers": "member_id",
    "erasure_requests": "member_id",
    "rate_limits": "key",
    "credit_requests": "member_id decided_by",
}
"""Columns with the id of the member whose row it is, or who did it."""

WORDS: Final = {
    "jobs": "prompt member_name role_ids upstream_message movie_url samsar_request_id unverified_request_id"
    " callback_token_hash card_message_id interaction_id",
    "late_callbacks": "request_id",
    "quotes": "prompt own_prompt base_prompt",
    "ledger_entries": "reason",
    "member_blocks": "reason",
    "outbox": "message_id channel_id",
    "audit_log": "reason interaction_id",
}
"""Columns with what a member wrote, was called or got, or what Discord and the API know it by."""

OTHER: Final = {
    "jobs": "id guild_id channel_id duration_seconds video_model image_model aspect_ratio price_credits delivery_target"
    " state created_at acknowledged_at submitted_at finished_at next_run_at submit_attempts not_found_count"
    " called_back_at last_pending_at completed_stages total_stages current_stage took_ms end_reason leased_by"
    " leased_until charged_credits member_language server_language spoken_language subtitles tone cancel_requested_at"
    " removed_at removed_by",
    "followers": "job_id",
    "late_callbacks": "job_id received_at",
    "quotes": "id guild_id channel_id duration_seconds video_model image_model aspect_ratio price_credits created_at"
    " cancelled_at accepted_job_id spoken_language subtitles tone root_id improvement style",
    "member_preferences": "duration_seconds video_model image_model aspect_ratio delivery_target spoken_language"
    " subtitles tone",
    "balances": "scope guild_id month granted used held",
    "ledger_entries": "id created_at entry_type guild_id month allowance extra upstream_charge job_id hold_id"
    " charge_difference released_allowance released_extra",
    "outbox": "job_id type status attempts created_at next_attempt_at sent_at leased_by leased_until",
    "quota_limits": "guild_id scope credits",
    "member_blocks": "guild_id expires_at",
    "guild_settings": "guild_id audit_channel_id audit_channel_failed_at language channels roles video_models"
    " image_models longest_seconds default_video_model default_image_model default_seconds default_aspect_ratio"
    " chosen_language message_menu",
    "audit_log": "id created_at guild_id action amount duration_hours job_id reason_code next_attempt_at setting"
    " setting_value",
    "breakers": "name state outage opened_at retry_at pause_ms trial_job_id reported",
    "key_value": "key value",
    "server_policies": "guild_id monthly_credits blocked_at",
    "failure_waivers": "guild_id waived_at",
    "refused_models": "kind model refused_at message",
    "processes": "id role host pid version started_at shards seen_at",
    "identify_slots": "bucket free_at",
    "rate_limits": "empty_at",
    "departed_servers": "guild_id left_at",
    "credit_requests": "id guild_id channel_id day credits price_credits member_language state created_at decided_at"
    " log_channel_id log_message_id notice attempts next_attempt_at",
    "message_deletions": "message_id channel_id job_id attempts next_attempt_at",
    "erasure_requests": "id requested_at",
    "erasures": "id erased_at salt digest",
    "erased_accounts": "month digest guild_id spent failed blocked blocked_until",
    "erasure_keys": "month key",
    "schema_migrations": "number name applied_at",
}
"""Columns that say nothing about whose it is: servers, models, credits, times, and what a digest hides.

What Discord has to delete is named until it has.
"""


def columns(classified: dict[str, str]) -> set[tuple[str, str]]:
    """Return the tables and columns of one of the lists."""
    return {(table, column) for table, names in classified.items() for column in names.split()}
