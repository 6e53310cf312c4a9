### Mengen, Dauern und Anteile. Meldungen aller Bereiche dürfen darauf verweisen.

units-credits = { $credits ->
    [one] { $credits } Credit
   *[other] { $credits } Credits
}
units-credits-monthly = { units-credits } pro Monat
units-credits-per-second = { units-credits } pro Sekunde
units-bonus-credits = { $credits ->
    [one] { $credits } Bonus-Credit
   *[other] { $credits } Bonus-Credits
}
units-movies = { $movies ->
    [one] { $movies } Film
   *[other] { $movies } Filme
}
units-seconds = { $seconds } s
units-minutes = { $minutes } min
units-minutes-seconds = { $minutes } min { $seconds } s
units-hours = { $hours ->
    [one] { $hours } Stunde
   *[other] { $hours } Stunden
}
units-hours-minutes = { $hours } h { $minutes } min
units-percent = { $percent } %
units-more-lines = und { $more } weitere
# A list: "Luma, Kling, Veo"
units-list = { $items }, { $next }
