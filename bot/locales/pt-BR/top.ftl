### /top: a month's best of a server. Only the member who asked sees it.

top-title = O melhor de { $month }
top-movies-field = Filmes
top-makers-field = Criadores
top-patrons-field = Mecenas (créditos gastos)
top-nothing = Não há filmes prontos neste mês.
top-footer = Para não aparecer no /top, use /preferences.
