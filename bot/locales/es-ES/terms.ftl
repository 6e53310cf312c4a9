### Palabras para personas y cosas que usan los mensajes de todas las áreas, p. ej. { -managers }.

-managers = Los administradores del servidor
