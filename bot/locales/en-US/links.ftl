### Where a movie's link is, in the message about it

links-below = Its link is long: it's below, and in /movies.
links-in-movies = Its link is too long for a message. The person who requested the movie can find it in /movies.
links-in-file = Its link is too long for a message, so it's in the attached file.
links-unsafe = This link can't be posted here. Open the movie in Studio.
