### /top: a month's best of a server. Only the member who asked sees it.

top-title = Lo mejor de { $month }
top-movies-field = Películas
top-makers-field = Creadores
top-patrons-field = Mecenas (créditos gastados)
top-nothing = No hay películas terminadas en este mes.
top-footer = Para no aparecer en /top, usa /preferences.
