### La carte qui montre dans le salon où en est un film

cards-queued-title = 🎟️ Ton film est dans la file d'attente
cards-awaiting-title = ✋ Ton film attend une approbation
cards-rendering-title = 🎬 Ton film est en création
cards-cancelling-title = 🛑 Annulation de ton film
cards-ready-title = 🍿 Ton film est prêt
cards-failed-title = Ce film a échoué
cards-cancelled-title = Annulé
cards-unknown-title = 🔎 Vérification de ton film

cards-movie-field = Film
cards-cost-field = Coût
cards-requester-field = Demandé par
cards-status-field = État

cards-cost-on-hold = { $credits ->
    [one] { $credits } crédit réservé
   *[other] { $credits } crédits réservés
}
cards-cost-refunded = { $credits ->
    [one] { $credits } crédit remboursé
   *[other] { $credits } crédits remboursés
}
cards-cost-in-part =
    Dépensé : { $cost }
    Remboursé : { $refunded }

cards-waiting = En file d'attente.
cards-awaiting = L'équipe de ce serveur l'approuve avant qu'il démarre. Si personne ne le fait sous 48 heures, ses crédits sont remboursés.
cards-staff-not-informed = ⚠️ Je ne peux pas écrire dans un salon de l'équipe ici. Merci de prévenir l'équipe : elle le retrouve dans /movies.
cards-next = C'est bientôt ton tour : tu es le prochain.
cards-ahead = { $movies ->
    [one] { $movies } film passe avant le tien.
   *[other] { $movies } films passent avant le tien.
}
cards-far-ahead = Plus de { $movies } films passent avant le tien.
cards-own-movies = Il attend tes autres films : je ne peux en créer que { $movies } des tiens à la fois.
cards-sending = Envoi au service de films…
cards-step = Étape { $step } sur { $steps } · { $stage }
cards-stage = { $stage }…
cards-cancelling = Tu paies les étapes terminées. Le reste est remboursé.
cards-started = Commencé { $time }.
cards-ready = Terminé !
cards-direct = 📬 Sera envoyé par MP à { $member }.
cards-sent-direct = 📬 Envoyé par MP à { $member }.
cards-in-list = { $member } le retrouve dans /movies.
cards-not-posted = Je n'ai pas pu le publier. { $member } le retrouve dans /movies.
cards-unknown = Le service de films n'a pas confirmé ta commande : je vérifie ce qu'elle est devenue. Je ne la passerai pas deux fois, et ses crédits restent réservés d'ici là.

cards-usual = En général { $spread }
cards-usual-ready = En général { $spread } · prêt vers { $time }
cards-late = C'est plus long que d'habitude (en général { $spread }).
cards-minutes = { $least } à { $most } min
cards-spread = { $low } à { $high }

cards-outage-no-answer = Le service de films ne répond pas en ce moment.
cards-outage-not-taken = Le service de films n'accepte pas de films de ce bot en ce moment. { -operator-notified }
cards-outage-busy = Le service de films est très sollicité en ce moment.
cards-outage-promise = { $outage } Les crédits du film restent réservés, et il commence dès que le service l'accepte. Si cela dure plus d'une heure, ils sont remboursés.
