"""A movie's link is shown whole, and never cut."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.delivery import MAX_FOLLOWERS
from bot.domain.jobs import JobState
from bot.domain.text import MAX_CONTENT_LENGTH, MAX_DESCRIPTION_LENGTH
from bot.ui import formatting, job_messages
from bot.ui.formatting import PlacedLink
from tests.helpers.discord_limits import broken_limits
from tests.helpers.expected_text import ENGLISH
from tests.helpers.factories import balance, job

SAID, MORE = "Your movie is ready.", "> a red balloon"
FOLLOWERS = tuple(range(10**19 - MAX_FOLLOWERS, 10**19))


def link_of(length: int) -> str:
    return "https://movies.test/".ljust(length, "a")


def test_a_link_goes_into_the_content_as_long_as_that_has_room_for_it() -> None:
    """Discord plays the movie from the content."""
    fitting = link_of(MAX_CONTENT_LENGTH - len(SAID) - 1)
    assert formatting.place(ENGLISH, fitting, SAID, MORE) == PlacedLink(f"{SAID}\n{fitting}", MORE)
    longer = formatting.place(ENGLISH, f"{fitting}a", SAID, MORE)
    assert longer == PlacedLink(f"{SAID}\n{ENGLISH('links-below')}", f"{MORE}\n{fitting}a")


def test_a_link_goes_into_a_file_where_the_description_has_no_room_for_it_either() -> None:
    fitting = link_of(MAX_DESCRIPTION_LENGTH - len(MORE) - 1)
    for private, where in ((True, ENGLISH("links-in-file")), (False, ENGLISH("links-in-movies"))):
        assert formatting.place(ENGLISH, fitting, SAID, MORE, private=private).description == f"{MORE}\n{fitting}"
        longer = formatting.place(ENGLISH, f"{fitting}a", SAID, MORE, private=private)
        assert longer == PlacedLink(f"{SAID}\n{where}", MORE, f"{fitting}a", posted=False)


def test_a_link_that_can_be_posted_nowhere_is_in_no_file_either() -> None:
    unsafe = PlacedLink(f"{SAID}\n{ENGLISH('links-unsafe')}", MORE, posted=False)
    for url in (None, "", "javascript:alert(1)", "https://a@b.test/" + "a" * 5000):
        assert formatting.place(ENGLISH, url, SAID, MORE, private=True) == unsafe


def test_beside_an_attached_movie_a_link_has_no_preview() -> None:
    """A URL that Markdown would cut is shown instead of a word."""
    plain = "https://movies.test/a.mp4?x=1"
    for spoiler in (False, True):  # the movie beside it is the spoiler
        placed = formatting.place(ENGLISH, plain, SAID, MORE, attached=True, spoiler=spoiler)
        assert placed.content == f"{SAID}\n[Watch](<{plain}>)"
    for odd in ("https://movies.test/a(1.mp4", "https://movies.test/a1).mp4"):
        assert formatting.place(ENGLISH, odd, SAID, MORE, attached=True).content == f"{SAID}\n<{odd}>"


LENGTHS = st.integers(20, 5000)


@given(LENGTHS, LENGTHS, st.integers(1, 1990), st.integers(0, 1000), st.booleans(), st.booleans())
def test_a_link_is_replaced_wherever_the_old_one_was(
    old: int, new: int, said: int, more: int, attached: bool, spoiler: bool
) -> None:
    how = {"attached": attached, "spoiler": spoiler}
    before = formatting.place(ENGLISH, link_of(old), "s" * said, "m" * more, **how)
    after = formatting.replaced(ENGLISH, link_of(new), before.content, before.description, **how)
    assert after == formatting.place(ENGLISH, link_of(new), "s" * said, "m" * more, **how)
    assert len(after.description) <= MAX_DESCRIPTION_LENGTH
    assert len(after.content) <= max(MAX_CONTENT_LENGTH, said + 100)
    whole = [link_of(new) in after.content, link_of(new) in after.description, after.file == link_of(new)]
    assert whole.count(True) == 1


def test_a_spoiler_stays_one_and_a_link_becomes_one_wherever_it_is() -> None:
    hidden, plain = PlacedLink(f"{SAID}\n|| {link_of(40)} ||", MORE), PlacedLink(f"{SAID}\n{link_of(40)}", MORE)
    for length in (30, 2500):
        for url in (link_of(length), link_of(length).replace("https", "http")):
            for was, becomes, expected in ((True, False, hidden), (False, True, hidden), (False, False, plain)):
                old = formatting.place(ENGLISH, url, SAID, MORE, spoiler=was)
                new = formatting.replaced(
                    ENGLISH, link_of(40), old.content, old.description, attached=False, spoiler=becomes
                )
                assert new == expected


def test_a_finished_movie_has_its_link_whole_in_one_place() -> None:
    """Only a link beyond 3,600 characters is left out."""
    for length in (500, 512, 513, 1450, 1451, 1900, 2100, 3700, 4097, 16_384):
        for direct in (False, True):
            url = link_of(length)
            done = job(JobState.COMPLETED, "*" * 500, movie_url=url, member_id=10**19 - 100)
            message = job_messages.completed_message(ENGLISH, done, balance(), FOLLOWERS, direct=direct)
            assert message.embed is not None
            assert broken_limits(message.embed, message.content, message.view) == []
            in_content, in_embed = message.content.endswith(url), str(message.embed.description).endswith(url)
            assert [in_content, in_embed].count(True) == message.has_link == (length < 3750)
            assert ("in /movies." in message.content) == (not in_content)
            if direct or length <= 1450:
                assert in_content == (length < 1950)
