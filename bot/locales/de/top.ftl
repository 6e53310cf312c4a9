### /top: a month's best of a server. Only the member who asked sees it.

top-title = Das Beste aus { $month }
top-movies-field = Filme
top-makers-field = Kreative
top-patrons-field = Förderer (ausgegebene Credits)
top-nothing = In diesem Monat gibt es keine fertigen Filme.
top-footer = Mit /preferences kannst du dich aus /top heraushalten.
