### Qué está haciendo el servicio de películas, en la tarjeta de una película

stages-prompt-generation = Escribiendo las escenas
stages-image-generation = Dibujando las imágenes
stages-audio-generation = Creando el sonido
stages-frame-generation = Preparando los fotogramas
stages-video-generation = Montando la película
stages-ai-video-generation = Dando vida a las imágenes
stages-speech-generation = Grabando las voces
stages-music-generation = Componiendo la música
stages-lip-sync-generation = Ajustando los labios a las voces
stages-sound-effect-generation = Añadiendo efectos de sonido
stages-transcript-generation = Escribiendo los subtítulos
stages-delete-reflow = Ordenando las escenas
stages-timeline-reflowed = Uniendo las escenas
stages-rendering = En proceso
