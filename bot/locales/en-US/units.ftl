### Amounts, durations and shares. Messages of every area may refer to them.

units-credits = { $credits ->
    [one] { $credits } credit
   *[other] { $credits } credits
}
units-credits-monthly = { units-credits } a month
units-credits-per-second = { units-credits } per second
units-bonus-credits = { $credits ->
    [one] { $credits } bonus credit
   *[other] { $credits } bonus credits
}
units-movies = { $movies ->
    [one] { $movies } movie
   *[other] { $movies } movies
}
units-seconds = { $seconds } s
units-minutes = { $minutes } min
units-minutes-seconds = { $minutes } min { $seconds } s
units-hours = { $hours ->
    [one] { $hours } hour
   *[other] { $hours } hours
}
units-hours-minutes = { $hours } h { $minutes } min
units-percent = { $percent }%
units-more-lines = and { $more } more
# A list: "Luma, Kling, Veo"
units-list = { $items }, { $next }
