### Series: the form of a next scene, and the movies that continue one another.

series-continue-button = Continue
series-modal-title = Continue this movie
series-next-scene = Next scene:
series-field = Series ({ $movies })
