"""References for the benchmarks: the simplest implementation of each, as good as possible."""
