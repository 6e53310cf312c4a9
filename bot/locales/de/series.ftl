### Series: the form of a next scene, and the movies that continue one another.

series-continue-button = Fortsetzen
series-modal-title = Diesen Film fortsetzen
series-next-scene = Nächste Szene:
series-field = Reihe ({ $movies })
