"""A process that writes the id which it generates first."""

import sys

from bot.domain.job import generate_id

if __name__ == "__main__":
    sys.stdout.write(generate_id(0))
