### Stars: the button under each movie, what it answers, and a movie in the gallery.

stars-star-button = ⭐ Estrella
stars-given = ⭐ Le diste una estrella a esta película. Estrellas: { $stars }. Pulsa otra vez para quitarla.
stars-given-posted = ⭐ Le diste una estrella a esta película. Estrellas: { $stars }. ¡Con eso entra en la galería!
stars-taken-back = Quitaste tu estrella. Estrellas: { $stars }.
stars-own = No puedes darle una estrella a tu propia película.
stars-gone = Ya no tengo esta película, así que no puede recibir estrellas.

# In the gallery. $member: a mention
stars-posted = ⭐ Una película de { $member } con estrellas de miembros de este servidor
