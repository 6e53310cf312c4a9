### Movie night: the weekly message with a server's best movies, and the private player that its buttons open.

night-title = Movie night
night-intro = The best movies of the last 7 days, by stars. *Play all* shows them one after another, only to you.
night-all-button = ▶ Play all

# Above a movie. $number and $total: "2 of 5"; $member: a mention
night-playing = Movie { $number } of { $total } by { $member } · ⭐ { $stars }
night-next-button = Next movie
night-last = That was the last one.
night-old-link = I couldn't get a new link, so this one may have expired.
night-over = This movie can't be played anymore.
