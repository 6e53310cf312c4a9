### Stars: the button under each movie, what it answers, and a movie in the gallery.

stars-star-button = ⭐ Étoile
stars-given = ⭐ Tu as donné une étoile à ce film. Étoiles : { $stars }. Appuie encore pour la reprendre.
stars-given-posted = ⭐ Tu as donné une étoile à ce film. Étoiles : { $stars }. Il entre dans la galerie !
stars-taken-back = Tu as repris ton étoile. Étoiles : { $stars }.
stars-own = Tu ne peux pas donner d'étoile à ton propre film.
stars-gone = Je n'ai plus ce film : il ne peut plus recevoir d'étoile.

# In the gallery. $member: a mention
stars-posted = ⭐ Un film de { $member }, avec des étoiles de membres de ce serveur
