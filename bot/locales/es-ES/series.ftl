### Series: the form of a next scene, and the movies that continue one another.

series-continue-button = Continuar
series-modal-title = Continuar esta película
series-next-scene = Siguiente escena:
series-field = Serie ({ $movies })
