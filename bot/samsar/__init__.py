"""The client of the Samsar API: what goes over the wire (`wire`, pure) and how it gets there (`client`, aiohttp).

This room knows the API's paths, words and oddities, and turns them into the values of `bot.domain` and the exceptions
of `bot.errors`. It decides nothing about jobs: when to look again, what a failure means and who is given credits back
are the engine's business. It stores nothing, and it never sends an order twice.
"""
