### Movie night: the weekly message with a server's best movies, and the private player that its buttons open.

night-title = Filmabend
night-intro = Die besten Filme der letzten 7 Tage nach Sternen. *Alle abspielen* zeigt sie dir nacheinander, nur für dich.
night-all-button = ▶ Alle abspielen

# Above a movie. $number and $total: "2 of 5"; $member: a mention
night-playing = Film { $number } von { $total }, von { $member } · ⭐ { $stars }
night-next-button = Nächster Film
night-last = Das war der letzte.
night-old-link = Ich konnte keinen neuen Link bekommen, dieser ist vielleicht abgelaufen.
night-over = Dieser Film kann nicht mehr abgespielt werden.
