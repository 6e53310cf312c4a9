### Stars: the button under each movie, what it answers, and a movie in the gallery.

stars-star-button = ⭐ Star
stars-given = ⭐ You gave this movie a star. Stars: { $stars }. Press again to take it back.
stars-given-posted = ⭐ You gave this movie a star. Stars: { $stars }. That gets it into the gallery!
stars-taken-back = You took your star back. Stars: { $stars }.
stars-own = You can't star your own movie.
stars-gone = I don't have this movie anymore, so it can't get a star.

# In the gallery. $member: a mention
stars-posted = ⭐ A movie by { $member } that members of this server starred
