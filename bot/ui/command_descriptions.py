"""Names and descriptions of the commands.

1 to 100 characters each (Discord's limit).
"""

from __future__ import annotations

from bot.domain import request
from bot.domain.catalogue import RequestLimits

MOVIE = "Make a movie from a prompt"
VIDEO_MODEL = "Which model moves the pictures (the best one for the shape if you don't say)"
IMAGE_MODEL = "Which model draws the pictures"
ASPECT_RATIO = "Wide or tall (wide if you don't say)"

WIDE = "16:9 wide"
TALL = "9:16 tall"

CREDITS = "What you have left this month, and where it went"
CREDITS_MEMBER = "Someone else's, if you may manage the server"

MOVIES = "Your movies, with their links"
MOVIES_MEMBER = "Someone else's in this server, if you may manage it"
MOVIES_SHOW = "Which of them (all if you don't say)"

PREFERENCES = "Your defaults, and where finished movies go"

HELP = "What I do, what it costs, and what you can do here"

MAKE_A_MOVIE = "Make a movie of this"

QUOTA = "Who may spend how much here, and where it went"
QUOTA_SHOW = "Show this server's limits, or a member's"
QUOTA_SHOW_MEMBER = "Show this member's limits"
QUOTA_DEFAULT = "Set what members get each month"
QUOTA_DEFAULT_CREDITS = "Credits a month for each member (leave out for the bot's default)"
QUOTA_SERVER = "Set how much this server may spend"
QUOTA_SERVER_CREDITS = "Credits a month for the whole server (leave out for no limit of its own)"
QUOTA_MEMBER = "Set a member's own allowance"
QUOTA_MEMBER_MEMBER = "Whose allowance"
QUOTA_MEMBER_CREDITS = "Credits a month (leave out to go back to the default)"
QUOTA_ROLE = "Set the allowance of everyone with a role"
QUOTA_ROLE_ROLE = "Which role"
QUOTA_ROLE_CREDITS = "Credits a month (leave out to take the role's allowance away)"
QUOTA_GRANT = "Give a member extra credits, which don't expire"
QUOTA_GRANT_MEMBER = "Who gets them"
QUOTA_GRANT_CREDITS = "How many credits"
QUOTA_TAKE = "Take extra credits back from a member"
QUOTA_TAKE_MEMBER = "From whom"
QUOTA_TAKE_CREDITS = "How many credits"
QUOTA_REASON = "Why: kept with the change"
QUOTA_BLOCK = "Stop a member from making movies for a while"
QUOTA_BLOCK_MEMBER = "Whom"
QUOTA_BLOCK_HOURS = "For how many hours (leave out: until unblocked)"
QUOTA_UNBLOCK = "Let a blocked member make movies again"
QUOTA_UNBLOCK_MEMBER = "Whom"
QUOTA_RESET = "Set a member's use of this month's allowance back to zero"
QUOTA_RESET_MEMBER = "Whose"
QUOTA_CHANNEL = "Choose the channel where changes are noted"
QUOTA_CHANNEL_CHANNEL = "Which channel (leave out for none)"
QUOTA_REPORT = "A month in figures: where the credits went"
QUOTA_REPORT_MONTH = "Which month, such as 2026-11 (this month if you don't say)"


def prompt(limits: RequestLimits) -> str:
    """Describe the option for the prompt."""
    return f"What happens in your movie (up to {limits.max_prompt_length:,} characters)"


def duration(limits: RequestLimits) -> str:
    """Describe the option for the duration."""
    default = request.DEFAULT_DURATION_SECONDS
    return f"How long, in seconds: {limits.min_seconds} to {limits.max_seconds} ({default} if you don't say)"


def format_rate(credits: int) -> str:
    """Format a price, such as "10 credits a second"."""
    return "1 credit a second" if credits == 1 else f"{credits:,} credits a second"
