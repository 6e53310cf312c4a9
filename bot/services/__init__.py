"""Use cases that the cogs and the worker share."""
