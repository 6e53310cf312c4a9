### Where a movie's link is, in the message about it

links-below = The link is long: find it below, or in /movies.
links-in-movies = The link is too long for a message. The movie's creator can find it in /movies.
links-in-file = The link is too long for a message, so it's in the attached file.
links-unsafe = This link can't be posted here. Open the movie in Studio.
links-watch = Watch
links-jump = Go to message
