"""Becomes the bot, as run_bot.py does, with a watchdog for which everything may take next to no time.

It runs as LOOPBACK_MODULE. A movie may take a twentieth of a second: it is stuck after half a second, and hopeless
after one. LEAVE_SECONDS is how long leaving may take in all, where it is not what it is in production.
"""

import os
import runpy

import bot.lifecycle
import bot.maintenance
import bot.worker.worker


def main() -> None:
    """Become the impatient bot."""
    bot.worker.worker._MOVIE_NOTIFICATION_SECONDS = 0.05
    bot.maintenance.WATCH_EVERY_MS = 50
    bot.lifecycle._SHUTDOWN_TIMEOUT_SECONDS = float(
        os.environ.pop("LEAVE_SECONDS", bot.lifecycle._SHUTDOWN_TIMEOUT_SECONDS)
    )
    runpy.run_module("bot", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
