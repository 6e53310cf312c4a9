"""Repeatable measurements, each a ratio of ours to something as good as we could make it, taken in the same run."""
