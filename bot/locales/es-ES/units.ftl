### Cantidades, duraciones y porcentajes. Los mensajes de todas las áreas pueden usarlos.

units-credits = { $credits ->
    [one] { $credits } crédito
   *[other] { $credits } créditos
}
units-credits-monthly = { units-credits } al mes
units-credits-per-second = { units-credits } por segundo
units-bonus-credits = { $credits ->
    [one] { $credits } crédito extra
   *[other] { $credits } créditos extra
}
units-movies = { $movies ->
    [one] { $movies } película
   *[other] { $movies } películas
}
units-seconds = { $seconds } s
units-minutes = { $minutes } min
units-minutes-seconds = { $minutes } min { $seconds } s
units-hours = { $hours ->
    [one] { $hours } hora
   *[other] { $hours } horas
}
units-hours-minutes = { $hours } h { $minutes } min
units-percent = { $percent } %
units-more-lines = y { $more } más
# A list: "Luma, Kling, Veo"
units-list = { $items }, { $next }
