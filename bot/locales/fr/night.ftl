### Movie night: the weekly message with a server's best movies, and the private player that its buttons open.

night-title = Soirée cinéma
night-intro = Les meilleurs films des 7 derniers jours, selon leurs étoiles. *Tout regarder* les montre l'un après l'autre, rien que pour toi.
night-all-button = ▶ Tout regarder

# Above a movie. $number and $total: "2 of 5"; $member: a mention
night-playing = Film { $number } sur { $total }, de { $member } · ⭐ { $stars }
night-next-button = Film suivant
night-last = C'était le dernier.
night-old-link = Je n'ai pas pu obtenir de nouveau lien : celui-ci a peut-être expiré.
night-over = Ce film ne peut plus être regardé.
