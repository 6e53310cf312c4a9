"""Classifies the schema's columns by what they say about a member; tests/data/test_erasure.py tests them all."""

from __future__ import annotations

from typing import Final

OWN: Final = {
    "jobs": "member_id decided_by",
    "followers": "member_id",
    "stars": "member_id",
    "quotes": "member_id",
    "member_preferences": "member_id",
    "balances": "member_id",
    "ledger_entries": "member_id actor_id",
    "quota_limits": "subject_id",
    "member_blocks": "member_id",
    "audit_log": "subject_id actor_id",
    "failure_waivers": "member_id",
    "erasure_requests": "member_id",
    "credit_requests": "member_id decided_by",
    "movie_reports": "member_id",
    "gifts": "giver_id recipient_id",
    "reported_movies": "decided_by blocked_by",
    "pitches": "member_id",
    "pledges": "member_id",
    "pitch_votes": "member_id",
    "pitch_notices": "member_id",
}
"""Columns with the id of the member whose row it is, or who did it."""

WORDS: Final = {
    "jobs": "prompt member_name role_ids upstream_message movie_url samsar_request_id unverified_request_id"
    " callback_token_hash card_message_id interaction_id decline_reason staff_channel_id staff_message_id",
    "late_callbacks": "request_id",
    "quotes": "prompt own_prompt base_prompt",
    "ledger_entries": "reason",
    "member_blocks": "reason",
    "movie_reports": "reason interaction_id",
    "stars": "interaction_id",
    "outbox": "message_id channel_id",
    "audit_log": "reason interaction_id rule",
    "pitches": "prompt member_name role_ids interaction_id",
    "pledges": "interaction_id",
}
"""Columns with a member's texts, names and results, or their ids at Discord and the API."""

OTHER: Final = {
    "jobs": "id guild_id channel_id duration_seconds video_model image_model aspect_ratio price_credits delivery_target"
    " state created_at acknowledged_at submitted_at finished_at next_run_at submit_attempts not_found_count"
    " called_back_at last_pending_at completed_stages total_stages current_stage took_ms end_reason leased_by"
    " leased_until charged_credits member_language server_language spoken_language subtitles tone cancel_requested_at"
    " removed_at removed_by approval continues_id pitch_id traceparent",
    "followers": "job_id notice queued_at attempts next_attempt_at",
    "stars": "job_id guild_id given created_at",
    "late_callbacks": "job_id received_at",
    "quotes": "id guild_id channel_id duration_seconds video_model image_model aspect_ratio price_credits created_at"
    " cancelled_at accepted_job_id spoken_language subtitles tone root_id improvement style continues_id",
    "member_preferences": "duration_seconds video_model image_model aspect_ratio delivery_target spoken_language"
    " subtitles tone unlisted",
    "balances": "scope guild_id month granted used held",
    "ledger_entries": "id created_at entry_type guild_id month allowance extra upstream_charge job_id hold_id"
    " charge_difference released_allowance released_extra pitch_id taken_back",
    "outbox": "job_id type status attempts created_at next_attempt_at sent_at leased_by leased_until venue gallery_id",
    "quota_limits": "guild_id scope credits",
    "member_blocks": "guild_id expires_at is_timeout",
    "movie_nights": "id guild_id week starts_at state channel_id venue message_id created_at attempts next_attempt_at",
    "movie_night_movies": "night_id place job_id stars",
    "guild_settings": "guild_id staff_channel_id staff_channel_failed_at language channels roles video_models"
    " image_models longest_seconds default_video_model default_image_model default_seconds default_aspect_ratio"
    " chosen_language message_menu staff_roles gallery_channel_id gallery_failed_at age"
    " filter_presets filter_rules approval approval_credits trusted_roles approval_fallback pitch_days"
    " gallery_stars gift_credits movie_night movie_night_at",
    "audit_log": "id created_at guild_id action amount duration_hours job_id reason_code next_attempt_at setting"
    " setting_value rule_category",
    "breakers": "name state outage opened_at retry_at pause_ms trial_job_id reported",
    "key_value": "key value",
    "server_policies": "guild_id monthly_credits blocked_at",
    "failure_waivers": "guild_id waived_at",
    "refused_models": "kind model refused_at message",
    "processes": "id role host pid version started_at shards seen_at",
    "identify_slots": "bucket free_at",
    "rate_limits": "key empty_at",
    "departed_servers": "guild_id left_at",
    "present_servers": "guild_id",
    "credit_requests": "id guild_id channel_id day credits price_credits member_language state created_at decided_at"
    " log_channel_id log_message_id notice attempts next_attempt_at",
    "movie_reports": "job_id guild_id created_at",
    "gifts": "id guild_id channel_id credits taken_entry_id given_entry_id created_at notice attempts next_attempt_at",
    "past_gifts": "entry_id",
    "reported_movies": "job_id guild_id state reported_at decided_at staff_message_channel_id staff_message_id attempts"
    " next_attempt_at",
    "pitches": "id guild_id channel_id message_id manages_server member_language server_language duration_seconds"
    " video_model image_model aspect_ratio spoken_language subtitles tone price_credits state end_reason pledged"
    " created_at ends_at ended_at waits_for waiting_since next_run_at message_due_at message_attempts message_check_at"
    " continues_id parent_channel_id age_restricted",
    "pledges": "pitch_id guild_id month allowance extra state spent created_at ended_at member_language",
    "pitch_votes": "pitch_id",
    "pitch_notices": "pitch_id kind credits reason status attempts created_at next_attempt_at",
    "message_deletions": "message_id channel_id venue job_id attempts next_attempt_at",
    "erasure_requests": "id requested_at deletes_messages",
    "erasures": "id erased_at salt digest",
    "erased_accounts": "month digest guild_id spent failed",
    "erased_decisions": "month digest guild_id kind ends_at credits",
    "erased_events": "month digest kind guild_id happened_at times",
    "erasure_keys": "month key",
    "schema_migrations": "number name applied_at",
}
"""Columns that identify no member: servers, models, credits, times, digests, and messages still to delete."""


def columns(classified: dict[str, str]) -> set[tuple[str, str]]:
    return {(table, column) for table, names in classified.items() for column in names.split()}
