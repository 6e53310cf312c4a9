### Dónde está el enlace de una película, en el mensaje que la anuncia

links-below = El enlace es largo: está abajo y en /movies.
links-in-movies = El enlace es demasiado largo para un mensaje. Quien pidió la película lo encuentra en /movies.
links-in-file = El enlace es demasiado largo para un mensaje, así que está en el archivo adjunto.
links-unsafe = Este enlace no se puede publicar aquí. Abre la película en el Studio.
links-watch = Ver
links-jump = Ir al mensaje
