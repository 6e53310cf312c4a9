### Series: the form of a next scene, and the movies that continue one another.

series-continue-button = 続きを作る
series-modal-title = この動画の続きを作る
series-next-scene = 次のシーン：
series-field = シリーズ（{ $movies }本）
