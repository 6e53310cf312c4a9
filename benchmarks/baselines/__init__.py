"""References for the benchmarks.

Each is the simplest implementation, as good as possible.
"""
