### /movies : les films d'un membre, et la vue d'un film. Seule la personne qui lit les voit.

movies-own-title = Tes films
movies-member-title = Films de { $name } sur ce serveur
movies-unnamed-title = Films de ce membre sur ce serveur
movies-filtered-title = { $title } : { $filter }

movies-none =
    Pas encore de films. Fais ton premier avec /movie. Par exemple :
    > { -example-prompt }
movies-none-in-progress = Aucun film en cours.
movies-none-ready = Aucun film n'est encore prêt.
movies-none-failed = Aucun film échoué ou annulé.
movies-member-none = { $member } n'a encore demandé aucun film sur ce serveur.
movies-member-none-in-progress = { $member } n'a aucun film en cours sur ce serveur.
movies-member-none-ready = { $member } n'a encore aucun film prêt sur ce serveur.
movies-member-none-failed = { $member } n'a aucun film échoué ou annulé sur ce serveur.

movies-list-footer = Les plus récents d'abord. Choisis-en un ci-dessous pour les détails.
movies-outage = { $outage } Les films en file d'attente démarreront dès que le service les acceptera.
movies-not-delivered = 📬 prêt, mais je n'ai pas pu le publier : ouvre-le ci-dessous
movies-deleted = 🗑️ supprimé
movies-elsewhere = sur un autre serveur
movies-hidden-prompt = (commandé là où tu ne peux pas le voir)
# Members paid for it together
movies-with-others = avec d'autres
movies-share-value = Ta part : { units-credits }
movies-all-hint = Tous les films, les plus récents d'abord
movies-in-progress-hint = En file d'attente, en création ou en vérification
movies-ready-hint = Prêts à regarder
movies-failed-hint = Échoués ou annulés ; le reste est remboursé
movies-filter-placeholder = Filtrer
movies-open-placeholder = Ouvrir un film…
movies-newer-button = Plus récents
movies-older-button = Plus anciens
movies-refresh-button = Actualiser
movies-back-button = Retour à la liste

movies-here-is-yours = Voici ton film.
movies-here-it-is = Voici le film.
movies-posted-late = Je n'avais pas pu publier celui-ci. Le voici.
movies-link-may-have-expired = { $sentence } Je n'ai pas pu obtenir de nouveau lien, celui-ci a donc peut-être expiré : réessaie dans quelques minutes.

movies-movie-field = Film
movies-receipt-field = Reçu
movies-on-hold-value = { $credits ->
    [one] **{ units-credits }** réservé jusqu'à ce qu'il soit prêt
   *[other] **{ units-credits }** réservés jusqu'à ce qu'il soit prêt
}
movies-unknown-value = { $credits ->
    [one] **{ units-credits }** réservé jusqu'à ce qu'on sache ce qu'il est devenu
   *[other] **{ units-credits }** réservés jusqu'à ce qu'on sache ce qu'il est devenu
}
movies-spent-value = { $credits ->
    [one] **{ units-credits }** dépensé
   *[other] **{ units-credits }** dépensés
}
movies-refunded-value = { $credits ->
    [one] **{ units-credits }** remboursé
   *[other] **{ units-credits }** remboursés
}
movies-refunded-in-part-value = **{ $cost }** pour les étapes terminées, **{ $refund }** de retour
movies-requested-by-field = Demandé par
movies-unnamed-value = Ce membre
movies-requested-in-field = Demandé dans
movies-left-server-value = Un serveur que j'ai quitté
movies-other-server-value = Un autre serveur
movies-failed-field = Pourquoi il a échoué
movies-cancelled-field = Pourquoi il a été annulé
movies-status-field = État
movies-deleted-field = Supprimé
movies-deleted-value = { $date }. Son message et ses liens n'existent plus.
movies-deleted-by-manager-value = { $date }, par l'équipe du serveur. Son message et ses liens n'existent plus.
movies-dates-field = Dates
movies-requested-value = Demandé : { $date } ({ $ago })
movies-started-value = Démarré : { $date }
movies-finished-value = Terminé : { $date }
movies-finished-after-value = Terminé : { $date } (en { $duration })
movies-ended-value = Arrêté : { $date }
movies-id-footer = ID du film { $id }

movies-not-authorized = Tu ne peux voir que tes propres films. { -managers } peuvent voir ceux de tout le monde sur leur serveur.
movies-not-found = Je ne trouve pas ce film dans la liste. Tape /movies pour voir ce qu'il y a.
movies-unknown-id = Je ne trouve aucun film avec cet ID. Copie-le au bas du message du film.
