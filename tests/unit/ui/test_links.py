"""A movie's link is shown whole, and never cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.discord_limits import MAX_CONTENT_LENGTH, MAX_DESCRIPTION_LENGTH
from bot.domain.followers import MAX_FOLLOWERS
from bot.domain.job import JobState
from bot.ui import job_messages, links
from bot.ui.links import PlacedLink
from tests.helpers.discord_limits import broken_limits
from tests.helpers.expected_text import ENGLISH
from tests.helpers.factories import balance, job

SAID, MORE = "Your movie is ready.", "> a red balloon"
FOLLOWERS = tuple(range(10**19 - MAX_FOLLOWERS, 10**19))


def link_of(length: int) -> str:
    """Return a link with this many characters."""
    return "https://movies.test/".ljust(length, "a")


def test_a_link_goes_into_the_content_as_long_as_that_has_room_for_it() -> None:
    """Discord plays the movie from the content.

    The room is what the rest of the content leaves.
    """
    fitting = link_of(MAX_CONTENT_LENGTH - len(SAID) - 1)
    assert links.place(ENGLISH, fitting, SAID, MORE) == PlacedLink(f"{SAID}\n{fitting}", MORE)
    longer = links.place(ENGLISH, f"{fitting}a", SAID, MORE)
    assert longer.content == f"{SAID}\n{ENGLISH('links-below')}"
    assert longer.description == f"{MORE}\n{fitting}a"


def test_beside_an_attached_movie_a_link_has_no_preview() -> None:
    """A URL that Markdown would cut is shown instead of a word."""
    plain = "https://movies.test/a.mp4?x=1"
    assert links.place(ENGLISH, plain, SAID, MORE, attached=True).content == f"{SAID}\n[Watch](<{plain}>)"
    for odd in ("https://movies.test/a(1.mp4", "https://movies.test/a1).mp4"):
        assert links.place(ENGLISH, odd, SAID, MORE, attached=True).content == f"{SAID}\n<{odd}>"
    hidden = links.place(ENGLISH, plain, SAID, MORE, attached=True, spoiler=True)
    assert hidden.content == f"{SAID}\n[Watch](<{plain}>)", "the movie beside it is the spoiler"


@pytest.mark.parametrize("private", [False, True])
def test_a_link_goes_into_a_file_where_the_description_has_no_room_for_it_either(*, private: bool) -> None:
    """A public message has no file, and says where the link is."""
    fitting = link_of(MAX_DESCRIPTION_LENGTH - len(MORE) - 1)
    assert links.place(ENGLISH, fitting, SAID, MORE, private=private).description == f"{MORE}\n{fitting}"
    longer = links.place(ENGLISH, f"{fitting}a", SAID, MORE, private=private)
    where = ENGLISH("links-in-file" if private else "links-in-movies")
    assert (longer.content.endswith(where), longer.description) == (True, MORE)
    assert (longer.file, longer.posted) == (f"{fitting}a", False)


@pytest.mark.parametrize("url", [None, "", "javascript:alert(1)", "https://a@b.test/" + "a" * 5000])
def test_a_link_that_can_be_posted_nowhere_is_in_no_file_either(url: str | None) -> None:
    """An unsafe link is unsafe in a file, too."""
    odd = links.place(ENGLISH, url, SAID, MORE, private=True)
    assert odd == PlacedLink(f"{SAID}\n{ENGLISH('links-unsafe')}", MORE, posted=False)


@given(
    st.integers(20, 5000),
    st.integers(20, 5000),
    st.integers(1, 1990),
    st.integers(0, 1000),
    st.booleans(),
    st.booleans(),
)
def test_a_link_is_replaced_wherever_the_old_one_was(
    old: int,
    new: int,
    said: int,
    more: int,
    attached: bool,
    spoiler: bool,
) -> None:
    """The result equals a first message with the new link.

    The message fits with links of any length.
    """
    before = links.place(ENGLISH, link_of(old), "s" * said, "m" * more, attached=attached, spoiler=spoiler)
    after = links.replaced(
        ENGLISH, link_of(new), before.content, before.description, attached=attached, spoiler=spoiler
    )
    assert after == links.place(ENGLISH, link_of(new), "s" * said, "m" * more, attached=attached, spoiler=spoiler)
    assert len(after.description) <= MAX_DESCRIPTION_LENGTH
    assert len(after.content) <= max(MAX_CONTENT_LENGTH, said + 100)
    whole = [link_of(new) in after.content, link_of(new) in after.description, after.file == link_of(new)]
    assert whole.count(True) == 1


@pytest.mark.parametrize("length", [30, 2500])
def test_a_spoiler_stays_one_though_its_server_has_no_such_rule_any_more(length: int) -> None:
    """Also one that is in the description, because it is long."""
    before = links.place(ENGLISH, link_of(length), SAID, MORE, spoiler=True)
    after = links.replaced(ENGLISH, link_of(40), before.content, before.description, attached=False)
    assert after == PlacedLink(f"{SAID}\n|| {link_of(40)} ||", MORE)
    plain = links.place(ENGLISH, link_of(length), SAID, MORE)
    hidden = links.replaced(ENGLISH, link_of(40), plain.content, plain.description, attached=False, spoiler=True)
    assert hidden == after, "and one becomes a spoiler where the server has such a rule now"


def test_a_long_spoiler_without_other_words_is_one_too() -> None:
    placed = links.place(ENGLISH, link_of(2500), SAID, spoiler=True)
    assert placed.description == f"|| {link_of(2500)} ||"
    assert placed.embed is not None
    assert placed.embed.description == placed.description
    assert links.place(ENGLISH, link_of(40), SAID).embed is None


@pytest.mark.parametrize("length", [30, 2500])
def test_a_link_without_encryption_is_replaced_as_well(length: int) -> None:
    """The operator's own server may have such links."""
    before = links.place(ENGLISH, "http://movies.test/".ljust(length, "a"), SAID, MORE)
    after = links.replaced(ENGLISH, link_of(40), before.content, before.description, attached=False)
    assert after == PlacedLink(f"{SAID}\n{link_of(40)}", MORE)


@pytest.mark.parametrize("direct", [False, True])
@pytest.mark.parametrize("length", [500, 512, 513, 1450, 1451, 1900, 2100, 3700, 4097, 16_384])
async def test_a_finished_movie_has_its_link_whole_in_one_place(length: int, *, direct: bool) -> None:
    """All possible followers and the longest prompt leave room for it.

    Only a link beyond 3,600 characters is left out.
    """
    url = link_of(length)
    done = job(JobState.COMPLETED, "*" * 500, movie_url=url, member_id=10**19 - 100)
    message = job_messages.completed_message(ENGLISH, done, balance(), FOLLOWERS, direct=direct)
    assert message.embed is not None
    assert broken_limits(message.embed, message.content, message.view) == []
    description = str(message.embed.description)
    assert [message.content.endswith(url), description.endswith(url)].count(True) == (length < 3750)
    assert message.has_link == (length < 3750)
    assert ("in /movies." in message.content) == (not message.content.endswith(url))
    if direct or length <= 1450:
        assert message.content.endswith(url) == (length < 1950)


async def test_a_fresh_link_of_any_length_takes_the_place_of_any_other() -> None:
    """The link is in the content or the embed; other text stays."""
    done = [job(JobState.COMPLETED, movie_url=link_of(length)) for length in (100, 1800, 2500, 3500, 5000)]
    messages = [job_messages.completed_message(ENGLISH, each, balance(), FOLLOWERS[:3]) for each in done]
    for before in messages:
        for fresh, after in zip(done, messages, strict=True):
            assert job_messages.replace_link(ENGLISH, before.content, before.embed, fresh, attached=False) == (
                after.content,
                after.embed,
            )
