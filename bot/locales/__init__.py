"""Texts for people; see docs/translating.md.

One Fluent file for each language and area.
"""
