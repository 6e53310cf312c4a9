"""The Samsar API: its wire format (`wire`) and its client (`client`).

`wire` is pure, `client` uses aiohttp. This package knows the API's paths, formats and quirks, and converts them to
values of `bot.domain` and exceptions of `bot.core.errors`. It makes no decisions about jobs, stores nothing, and never
sends a create request twice.
"""
