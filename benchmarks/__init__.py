"""Repeatable benchmarks.

Each compares the bot with a reference in the same run.
"""
