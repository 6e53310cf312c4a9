### Ce que fait le service de films, sur la carte d'un film

stages-prompt-generation = Écriture des scènes
stages-image-generation = Dessin des images
stages-audio-generation = Création du son
stages-frame-generation = Préparation des images
stages-video-generation = Assemblage du film
stages-ai-video-generation = Animation des images
stages-speech-generation = Enregistrement des voix
stages-music-generation = Composition de la musique
stages-lip-sync-generation = Synchronisation des lèvres et des voix
stages-sound-effect-generation = Ajout des bruitages
stages-transcript-generation = Écriture des sous-titres
stages-delete-reflow = Mise en ordre des scènes
stages-timeline-reflowed = Enchaînement des scènes
stages-rendering = En cours de création
