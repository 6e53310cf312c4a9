### Series: the form of a next scene, and the movies that continue one another.

series-continue-button = Continuar
series-modal-title = Continuar este filme
series-next-scene = Próxima cena:
series-field = Série ({ $movies })
