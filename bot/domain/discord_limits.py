"""Discord's limits for messages and components, in characters unless noted.

Source: https://discord.com/developers/docs/resources/message and https://discord.com/developers/docs/components.
"""

from __future__ import annotations

from typing import Final

MAX_CONTENT_LENGTH: Final = 2000
MAX_DESCRIPTION_LENGTH: Final = 4096
MAX_FIELD_LENGTH: Final = 1024
MAX_CUSTOM_ID_LENGTH: Final = 100
MAX_BUTTON_URL_LENGTH: Final = 512

MAX_OPTION_LENGTH: Final = 100
"""For the label of a select's option, and for its description."""

MAX_OPTIONS: Final = 25
"""Options of a select, and what a member picks of them at once."""

MAX_INPUT_LENGTH: Final = 4000
"""For a text input of a modal."""

MAX_POST_TITLE_LENGTH: Final = 100
"""For the name of a post in a forum."""
