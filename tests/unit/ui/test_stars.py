"""Stars: the answers to a press, and the gallery's message."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.job import JobState
from bot.ui import stars
from tests.helpers.expected_text import ENGLISH
from tests.helpers.factories import ALICE, job, request

URL = "https://movies.test/final.mp4"
DONE = job(JobState.COMPLETED, "a *fox*", movie_url=URL)
SAID = ENGLISH("stars-posted", member=f"<@{ALICE}>")


def test_a_star_says_whether_it_brings_the_movie_into_the_gallery() -> None:
    assert stars.given(ENGLISH, 2, posted=False) == ENGLISH("stars-given", stars=2)
    assert stars.given(ENGLISH, 3, posted=True) == ENGLISH("stars-given-posted", stars=3)
    assert stars.taken_back(ENGLISH, 1) == ENGLISH("stars-taken-back", stars=1)
    assert stars.own(ENGLISH) == ENGLISH("stars-own")
    assert stars.gone(ENGLISH) == ENGLISH("stars-gone")


async def test_the_gallerys_message_names_the_member_and_is_recognized_by_its_footer() -> None:
    """Its buttons are those of the movie's own message."""
    message = stars.gallery_message(ENGLISH, DONE)
    assert (message.content, message.mentions) == (f"{SAID}\n{URL}", ())
    assert message.embed is not None
    assert message.embed.description == r">>> a \*fox\*"
    assert message.embed.footer.text == f"ID {DONE.id}"
    assert (message.has_link, message.link_in_embed, message.alt_text, message.spoiler) == (True, False, "", False)
    assert message.view is not None
    assert [len(row["components"]) for row in message.view.to_components()] == [5, 4]
    erased = stars.gallery_message(ENGLISH, replace(DONE, member_id=-5))
    assert erased.content.startswith(ENGLISH("stars-posted", member=ENGLISH("privacy-unnamed")))


async def test_the_gallerys_message_attaches_and_hides_a_movie_as_its_own_message_does() -> None:
    attached = stars.gallery_message(ENGLISH, DONE, attached=True)
    assert attached.content == f"{SAID}\n[Watch](<{URL}>)"
    assert "fox" in attached.alt_text
    hidden = stars.gallery_message(ENGLISH, DONE, spoiler=True)
    assert (hidden.content, hidden.spoiler) == (f"{SAID}\n|| {URL} ||", True)


async def test_the_gallerys_message_knows_where_its_link_is() -> None:
    """A link that fits nowhere is not refreshed there."""
    found = []
    for url in (URL, URL.ljust(2500, "x"), URL.ljust(5000, "x"), None):
        message = stars.gallery_message(ENGLISH, replace(DONE, movie_url=url, request=request("a fox")))
        found.append((message.has_link, message.link_in_embed))
    assert found == [(True, False), (True, True), (False, False), (False, False)]
