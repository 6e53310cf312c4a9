"""Attaches movies by reading each file into memory."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import aiohttp


async def attach(addresses: Sequence[str], upload_to: str) -> None:
    """Download all movies and upload each as a multipart form, concurrently."""
    async with aiohttp.ClientSession() as session:
        await asyncio.gather(*(_one(session, address, upload_to) for address in addresses))


async def _one(session: aiohttp.ClientSession, address: str, upload_to: str) -> None:
    async with session.get(address) as response:
        movie = await response.read()
    form = aiohttp.FormData()
    form.add_field("files[0]", movie, filename="movie.mp4", content_type="video/mp4")
    async with session.post(upload_to, data=form) as response:
        response.raise_for_status()
        await response.read()
