### Movie night: the weekly message with a server's best movies, and the private player that its buttons open.

night-title = Noche de cine
night-intro = Las mejores películas de los últimos 7 días, por estrellas. *Ver todas* las muestra una tras otra, solo para ti.
night-all-button = ▶ Ver todas

# Above a movie. $number and $total: "2 of 5"; $member: a mention
night-playing = Película { $number } de { $total }, de { $member } · ⭐ { $stars }
night-next-button = Siguiente película
night-last = Era la última.
night-old-link = No pude conseguir un enlace nuevo, así que este puede haber caducado.
night-over = Esta película ya no se puede ver.
