"""Repeatable benchmarks: each compares the bot with a reference in the same run."""
