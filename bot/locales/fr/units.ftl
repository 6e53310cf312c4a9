### Quantités, durées et parts. Les messages de tous les domaines peuvent s'y référer.

units-credits = { $credits ->
    [one] { $credits } crédit
   *[other] { $credits } crédits
}
units-credits-monthly = { units-credits } par mois
units-credits-per-second = { units-credits } par seconde
units-bonus-credits = { $credits ->
    [one] { $credits } crédit bonus
   *[other] { $credits } crédits bonus
}
units-movies = { $movies ->
    [one] { $movies } film
   *[other] { $movies } films
}
units-seconds = { $seconds } s
units-minutes = { $minutes } min
units-minutes-seconds = { $minutes } min { $seconds } s
units-hours = { $hours ->
    [one] { $hours } heure
   *[other] { $hours } heures
}
units-hours-minutes = { $hours } h { $minutes } min
units-percent = { $percent } %
units-more-lines = et { $more } de plus
# A list: "Luma, Kling, Veo"
units-list = { $items }, { $next }
