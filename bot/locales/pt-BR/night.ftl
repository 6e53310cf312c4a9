### Movie night: the weekly message with a server's best movies, and the private player that its buttons open.

night-title = Noite de cinema
night-intro = Os melhores filmes dos últimos 7 dias, por estrelas. *Ver todos* mostra um depois do outro, só para você.
night-all-button = ▶ Ver todos

# Above a movie. $number and $total: "2 of 5"; $member: a mention
night-playing = Filme { $number } de { $total }, de { $member } · ⭐ { $stars }
night-next-button = Próximo filme
night-last = Esse foi o último.
night-old-link = Não consegui um link novo, então este pode ter expirado.
night-over = Este filme não pode mais ser visto.
