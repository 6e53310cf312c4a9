### /top: a month's best of a server. Only the member who asked sees it.

top-title = Le meilleur de { $month }
top-movies-field = Films
top-makers-field = Créateurs
top-patrons-field = Mécènes (crédits dépensés)
top-nothing = Aucun film terminé ce mois-là.
top-footer = Pour ne pas apparaître dans /top, utilise /preferences.
