"""The ids of all messages: written by scripts/generate_message_ids.py."""

from __future__ import annotations

from typing import Literal

# fmt: off
MessageId = Literal[
    # commands.ftl
    "commands-movie", "commands-movie-prompt", "commands-movie-duration", "commands-movie-video-model",
    "commands-movie-image-model", "commands-movie-aspect-ratio", "commands-movie-language", "commands-movie-subtitles",
    "commands-movie-tone", "commands-wide", "commands-tall", "commands-language-auto", "commands-language-english",
    "commands-language-spanish", "commands-language-french", "commands-language-japanese", "commands-language-thai",
    "commands-language-chinese", "commands-language-bengali", "commands-language-hindi", "commands-language-sanskrit",
    "commands-language-latin", "commands-tone-grounded", "commands-tone-cinematic", "commands-make-movie-menu",
    "commands-credits", "commands-credits-member", "commands-movies", "commands-movies-member", "commands-movies-show",
    "commands-movies-all", "commands-movies-in-progress", "commands-movies-ready", "commands-movies-failed",
    "commands-preferences", "commands-help", "commands-quota", "commands-quota-credits", "commands-quota-member",
    "commands-quota-reason", "commands-quota-show", "commands-quota-show-member", "commands-quota-default",
    "commands-quota-default-credits", "commands-quota-server", "commands-quota-server-credits",
    "commands-quota-set-member", "commands-quota-set-member-credits", "commands-quota-role",
    "commands-quota-role-role", "commands-quota-role-credits", "commands-quota-grant", "commands-quota-take",
    "commands-quota-block", "commands-quota-block-hours", "commands-quota-unblock", "commands-quota-reset",
    "commands-quota-channel", "commands-quota-channel-channel", "commands-quota-report", "commands-quota-report-month",
    # credits.ftl
    "credits-account-title", "credits-unnamed-account-title", "credits-summary", "credits-blocked",
    "credits-blocked-until", "credits-allowance-field", "credits-used-field", "credits-used-value",
    "credits-on-hold-field", "credits-bonus-field", "credits-bonus-value", "credits-shared-field",
    "credits-shared-value", "credits-source-member", "credits-source-role", "credits-source-server",
    "credits-source-bot", "credits-adjustments-field", "credits-granted", "credits-removed", "credits-usage-reset",
    "credits-with-reason", "credits-receipts-field", "credits-receipts-page-field",
    "credits-receipts-many-pages-field", "credits-receipt", "credits-no-receipts", "credits-newer-button",
    "credits-older-button", "credits-export-button", "credits-exported", "credits-exported-latest",
    "credits-export-in-progress", "credits-too-many-exports", "credits-not-authorized",
    # forms.ftl
    "forms-new-modal-title", "forms-remix-modal-title", "forms-edit-modal-title", "forms-prompt-label",
    "forms-prompt-hint", "forms-prompt-cut-hint", "forms-duration-label", "forms-duration-hint",
    "forms-video-model-label", "forms-video-model-placeholder", "forms-image-model-label",
    "forms-image-model-placeholder", "forms-aspect-ratio-label", "forms-options-label", "forms-options-hint",
    "forms-default-hint", "forms-subtitles-option", "forms-subtitles-hint", "forms-tone-option", "forms-language-hint",
    # log.ftl
    "log-entry", "log-entry-with-reason", "log-bot", "log-operator", "log-confirmation", "log-default-set",
    "log-default-cleared", "log-server-set", "log-server-cleared", "log-member-set", "log-member-cleared",
    "log-role-set", "log-role-cleared", "log-granted", "log-removed", "log-blocked", "log-blocked-hours",
    "log-unblocked", "log-usage-reset", "log-usage-reset-credits", "log-channel-set", "log-channel-cleared",
    "log-failures-stopped", "log-server-limited", "log-server-limit-reset", "log-server-blocked",
    "log-server-unblocked", "log-paused", "log-resumed", "log-movie-unknown", "log-movie-resolved",
    "log-backup-restored", "log-reason-role-deleted", "log-reason-movie", "log-reason-failed",
    "log-reason-request-found", "log-reason-may-be-ordered", "log-reason-may-be-sent",
    # preferences.ftl
    "preferences-title", "preferences-intro", "preferences-empty", "preferences-cost", "preferences-no-model",
    "preferences-footer", "preferences-choices-field", "preferences-video-model", "preferences-image-model",
    "preferences-duration", "preferences-aspect-ratio", "preferences-language", "preferences-subtitles",
    "preferences-tone", "preferences-auto", "preferences-auto-unnamed", "preferences-default",
    "preferences-unsupported", "preferences-unsupported-default", "preferences-unavailable",
    "preferences-unavailable-default", "preferences-video-model-placeholder", "preferences-image-model-placeholder",
    "preferences-duration-placeholder", "preferences-aspect-ratio-placeholder", "preferences-language-placeholder",
    "preferences-subtitles-placeholder", "preferences-tone-placeholder", "preferences-video-model-option",
    "preferences-image-model-option", "preferences-duration-option", "preferences-aspect-ratio-option",
    "preferences-language-option", "preferences-subtitles-option", "preferences-tone-option", "preferences-off-option",
    "preferences-on-option", "preferences-delivery-field", "preferences-channel-value", "preferences-dm-value",
    "preferences-channel-button", "preferences-dm-button", "preferences-reset-button", "preferences-extras-button",
    "preferences-back-button", "preferences-not-offered", "preferences-dropped-aspect-ratio",
    "preferences-dropped-model", "preferences-channel-set", "preferences-dm-set", "preferences-reset",
    # quota.ftl
    "quota-server-title", "quota-each-member-field", "quota-server-field", "quota-channel-field", "quota-roles-field",
    "quota-members-field", "quota-blocked-field", "quota-bot-default", "quota-set-by-operator", "quota-unlimited",
    "quota-no-channel", "quota-channel-failed", "quota-limit-line", "quota-block-line", "quota-member-title",
    "quota-unnamed-member-title", "quota-allowance-field", "quota-used-field", "quota-on-hold-field",
    "quota-bonus-field", "quota-bonus-value", "quota-left-field", "quota-not-blocked", "quota-blocked-until",
    "quota-blocked", "quota-block-with-reason", "quota-operator-limits-server", "quota-operator-blocks-member",
    "quota-not-allowed", "quota-bad-credits", "quota-bad-hours", "quota-reason-required", "quota-reason-too-long",
    "quota-bad-month", "quota-bot-member", "quota-not-a-member", "quota-role-deleted", "quota-everyone",
    "quota-no-bonus", "quota-too-little-bonus", "quota-not-blocked-member", "quota-nothing-to-reset",
    "quota-cannot-post",
    # quotes.ftl
    "quotes-title", "quotes-movie-field", "quotes-balance-field", "quotes-balance-value", "quotes-footer",
    "quotes-last-model-field", "quotes-last-model-value", "quotes-failing-field", "quotes-failing-value",
    "quotes-accept-button", "quotes-edit-button", "quotes-cancel-button", "quotes-smaller-button", "quotes-accepted",
    "quotes-cancelled", "quotes-not-accepted", "quotes-already-ordered", "quotes-already-ordered-there",
    "quotes-replaced", "quotes-expired",
    # report.ftl
    "report-title", "report-movies", "report-credits", "report-members-field", "report-models-field",
    "report-failures-field", "report-lost-field", "report-lost-value", "report-server-field", "report-server-value",
    "report-mismatches-field", "report-mismatches-value", "report-none", "report-none-yet", "report-updated-footer",
    "report-share", "report-failure", "report-failure-lost", "report-in-line", "report-too-many",
    "report-service-failed", "report-service-lost", "report-rejected", "report-key-rejected", "report-model-refused",
    "report-wrong-version", "report-credits-ran-out", "report-key-limit", "report-plan-exhausted",
    "report-service-busy", "report-unreachable", "report-not-confirmed", "report-cancelled",
    "report-closed-by-operator", "report-chart-title", "report-chart-spent", "report-chart-lost", "report-chart-held",
    "report-chart-refunded", "report-chart-empty", "report-chart-description", "report-chart-peak",
    # states.ftl
    "states-waiting", "states-in-progress", "states-ready", "states-failed", "states-cancelled",
    "states-cancelled-in-part", "states-unknown",
    # units.ftl
    "units-credits", "units-credits-monthly", "units-credits-per-second", "units-bonus-credits", "units-movies",
    "units-seconds", "units-minutes", "units-minutes-seconds", "units-hours", "units-hours-minutes", "units-percent",
    "units-more-lines",
]
