### Quantidades, durações e porcentagens. As mensagens de todas as áreas podem usá-las.

units-credits = { $credits ->
    [one] { $credits } crédito
   *[other] { $credits } créditos
}
units-credits-monthly = { units-credits } por mês
units-credits-per-second = { units-credits } por segundo
units-bonus-credits = { $credits ->
    [one] { $credits } crédito bônus
   *[other] { $credits } créditos bônus
}
units-movies = { $movies ->
    [one] { $movies } filme
   *[other] { $movies } filmes
}
units-seconds = { $seconds } s
units-minutes = { $minutes } min
units-minutes-seconds = { $minutes } min { $seconds } s
units-hours = { $hours ->
    [one] { $hours } hora
   *[other] { $hours } horas
}
units-hours-minutes = { $hours } h { $minutes } min
units-percent = { $percent }%
units-more-lines = e mais { $more }
# A list: "Luma, Kling, Veo"
units-list = { $items }, { $next }
