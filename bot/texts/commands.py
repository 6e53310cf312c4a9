"""Names and descriptions of the commands, as Discord's client lists them (1 to 100 characters each)."""

MOVIE = "Make a movie from a prompt"
PROMPT = "What happens in your movie (up to 500 characters)"
DURATION = "How long, in seconds: 1 to 120 (30 if you don't say)"
VIDEO_MODEL = "Which model moves the pictures (the best one for the shape if you don't say)"
IMAGE_MODEL = "Which model draws the pictures"
ASPECT_RATIO = "Wide or tall (wide if you don't say)"

WIDE = "16:9 wide"
TALL = "9:16 tall"

CREDITS = "What you have left this month, and where it went"
