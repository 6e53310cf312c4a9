### Series: the form of a next scene, and the movies that continue one another.

series-continue-button = Continuer
series-modal-title = Continuer ce film
series-next-scene = Scène suivante :
series-field = Série ({ $movies })
