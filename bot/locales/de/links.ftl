### Wo der Link eines Films in der Nachricht darüber steht

links-below = Der Link ist lang: Du findest ihn unten und in /movies.
links-in-movies = Der Link ist zu lang für eine Nachricht. Wer den Film angefordert hat, findet ihn in /movies.
links-in-file = Der Link ist zu lang für eine Nachricht, deshalb steht er in der angehängten Datei.
links-unsafe = Dieser Link kann hier nicht gepostet werden. Öffne den Film im Studio.
links-watch = Ansehen
links-jump = Zur Nachricht
