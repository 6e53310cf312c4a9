### Was der Filmdienst gerade tut, auf der Karte eines Films

stages-prompt-generation = Schreibt die Szenen
stages-image-generation = Zeichnet die Bilder
stages-audio-generation = Macht den Ton
stages-frame-generation = Bereitet die Einzelbilder vor
stages-video-generation = Setzt den Film zusammen
stages-ai-video-generation = Erweckt die Bilder zum Leben
stages-speech-generation = Nimmt die Stimmen auf
stages-music-generation = Komponiert die Musik
stages-lip-sync-generation = Passt die Lippen an die Stimmen an
stages-sound-effect-generation = Fügt Geräusche hinzu
stages-transcript-generation = Schreibt die Untertitel
stages-delete-reflow = Räumt die Szenen auf
stages-timeline-reflowed = Fügt die Szenen aneinander
stages-rendering = In Arbeit
