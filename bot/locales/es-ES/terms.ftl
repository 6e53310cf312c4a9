### Palabras para personas y cosas que usan los mensajes de todas las áreas, p. ej. { -managers }.

-managers = Los administradores del servidor
-operator-notified = Se ha avisado al operador del bot.
-not-charged = No se te ha cobrado nada.
-in-progress-finish = Las películas en curso se terminarán.
-example-prompt = Un barco de papel cruza de noche una calle lluviosa, luces de neón en los charcos
