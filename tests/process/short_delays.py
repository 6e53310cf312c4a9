"""Runs the bot with short watchdog timeouts; LEAVE_SECONDS overrides how long a shutdown may take."""

import os
import runpy

import bot.lifecycle
import bot.maintenance
import bot.worker.worker


def main() -> None:
    bot.worker.worker._MOVIE_NOTIFICATION_SECONDS = 0.05
    bot.maintenance.WATCHDOG_INTERVAL_MS = 50
    bot.lifecycle._SHUTDOWN_TIMEOUT_SECONDS = float(
        os.environ.pop("LEAVE_SECONDS", bot.lifecycle._SHUTDOWN_TIMEOUT_SECONDS)
    )
    runpy.run_module("bot", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
