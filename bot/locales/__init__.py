"""Texts for people; see docs/translating.md.

One Fluent file for each language, with a heading for each area.
"""
