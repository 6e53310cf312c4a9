### Stars: the button under each movie, what it answers, and a movie in the gallery.

stars-star-button = ⭐ Estrela
stars-given = ⭐ Você deu uma estrela a este filme. Estrelas: { $stars }. Aperte de novo para retirar.
stars-given-posted = ⭐ Você deu uma estrela a este filme. Estrelas: { $stars }. Com isso, ele entra na galeria!
stars-taken-back = Você retirou sua estrela. Estrelas: { $stars }.
stars-own = Você não pode dar uma estrela ao próprio filme.
stars-gone = Não tenho mais este filme, então ele não pode receber estrelas.

# In the gallery. $member: a mention
stars-posted = ⭐ Um filme de { $member } com estrelas de membros deste servidor
