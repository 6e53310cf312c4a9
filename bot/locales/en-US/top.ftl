### /top: a month's best of a server. Only the member who asked sees it.

top-title = Best of { $month }
top-movies-field = Movies
top-makers-field = Creators
top-patrons-field = Patrons (credits spent)
top-nothing = No finished movies for this month.
top-footer = To stay out of /top, use /preferences.
