### /privacy, y lo que queda de las películas cuyo texto se eliminó

privacy-prompt-gone = (prompt eliminado)
privacy-link-gone = El enlace a esta película se ha eliminado.
privacy-not-again = El prompt de esta película se ha eliminado, así que no puedo volver a hacerla. Haz otra con /movie. { -not-charged }
