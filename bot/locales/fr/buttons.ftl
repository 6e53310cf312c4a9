### Les boutons d'un film et les réponses

buttons-cancel-button = Annuler
buttons-follow-button = Me prévenir
buttons-unfollow-button = Ne plus me prévenir
buttons-post-here-button = Publier plutôt ici
buttons-direct-button = Plutôt par MP
buttons-remix-button = Remixer
buttons-rerun-button = Refaire
buttons-retry-button = Réessayer
buttons-new-link-button = Nouveau lien
buttons-receipt-button = Reçu
buttons-delete-button = Supprimer
buttons-studio-button = Studio
buttons-cancel-movie-button = Annuler le film
buttons-delete-movie-button = Supprimer le film
buttons-leave-gallery-button = Retirer de la galerie seulement

buttons-not-owner = Seul **{ $name }** peut utiliser ce bouton. Crée ton propre film avec /movie.
buttons-not-owner-unnamed = Seule la personne qui a demandé ce film peut utiliser ce bouton. Crée le tien avec /movie.
buttons-unknown-movie = Je ne trouve pas ce film. Tape /movies pour voir les tiens.

buttons-cancelled = Annulé. Remboursé : **{ $refunded }**.
buttons-cancelling-already = Il est déjà en cours d'annulation. Un message te dira ce qui a été dépensé et remboursé.
buttons-unclear = Le service de films le crée peut-être déjà : impossible de l'annuler avant de le savoir. D'ici là, ses crédits restent réservés.
buttons-being-queued = Il est en train d'entrer dans la file d'attente. Réessaie dans un instant.
buttons-being-sent = Il est en cours d'envoi au service de films. Réessaie dans un instant.
buttons-started = Trop tard pour l'annuler : le service de films a commencé et l'a déjà facturé. Tu le recevras quand il sera prêt.
buttons-finished = Il est déjà terminé : vois /movies.
buttons-ended-in-part = Il est déjà annulé. Dépensé : **{ $cost }**, remboursé : **{ $refunded }**.
buttons-ended = C'est déjà terminé. Remboursé : **{ $refunded }**.
buttons-question = { "**" }Annuler ce film ?**
buttons-question-unknown = Le service de films ne dit pas combien il a facturé jusqu'ici. Tu paies les étapes terminées, **{ $price }** au maximum. Le reste est remboursé.
buttons-question-known = Tu paies les étapes terminées. À cet instant, dépensé : **{ $cost }**, remboursé : **{ $refunded }**. Si une autre étape se termine avant l'arrêt, tu la paies aussi, { $price } au maximum en tout.
buttons-cancel-requested = J'annule ton film. Un message te dira ce qui a été dépensé et remboursé. S'il est en fait déjà terminé, tu reçois le film.
buttons-just-finished = Il vient de se terminer et ne peut plus être annulé. Tu le reçois dans un instant.
buttons-nearly-finished = Il peut se terminer à tout moment : c'est trop tard pour l'annuler. Tu le recevras quand il sera prêt.
buttons-just-ended = Il vient de prendre fin. Un message arrive dans un instant.
buttons-no-answer = Le service de films ne répond pas en ce moment, donc rien n'a été annulé. Réessaie dans une minute.
buttons-too-many-cancels = Tu as appuyé plusieurs fois sur Annuler. De nouveau possible { $time }.

buttons-own-movie = C'est ton film : je te préviendrai de toute façon.
buttons-following = Je te préviendrai quand il sera prêt. Si la personne qui l'a demandé choisit de le recevoir par MP, je te dirai seulement qu'il est prêt.
buttons-follow-full = La liste des notifications est pleine. Repasse ici plus tard.
buttons-follow-ended = Ce film a déjà pris fin : il n'y a plus rien à attendre.
buttons-follow-private = Ce film est envoyé par MP à la personne qui l'a demandé : je ne peux pas te prévenir.
buttons-unfollowed = D'accord, je ne te préviendrai pas.

buttons-to-direct = Je te l'enverrai par MP (ou le publierai ici si tes MP sont fermés). Pour toujours recevoir des MP : /preferences.
buttons-to-channel = Je le publierai dans le salon quand il sera prêt.

buttons-new-link = Nouveau lien :
buttons-no-new-link = Je n'ai pas pu obtenir de nouveau lien du service de films. Réessaie dans quelques minutes.
buttons-last-link = Je n'ai pas pu obtenir de nouveau lien du service de films. Réessaie dans quelques minutes. En attendant, voici le dernier, qui a peut-être expiré :
buttons-too-many-links = Ça fait beaucoup de liens d'un coup ! Le prochain sera possible { $time }.

buttons-receipts = Tous tes reçus sont dans /credits.
buttons-receipt-open = Il n'est pas encore terminé. Réservé : **{ $held }**.

# Supprimer
buttons-delete-question = { "**" }Supprimer ce film ?**
buttons-delete-question-of = { "**" }Supprimer ce film de { $name } ?**
buttons-delete-details = Son message disparaît pour tout le monde, et j'oublie ses liens. Il reste dans /movies, sans eux. Aucun crédit n'est remboursé, et c'est définitif.
buttons-deleted = Supprimé. Son message disparaît dans un instant.
buttons-left-gallery = Retiré de la galerie. Le film reste là où il a d'abord été publié, et les étoiles ne l'y remettront pas.
buttons-deleted-post-title = Film supprimé
buttons-deleted-already = Ce film est déjà supprimé.
buttons-delete-unfinished = Seul un film prêt peut être supprimé.
buttons-link-deleted = Ce film a été supprimé : il n'a plus de lien.
buttons-not-deleter = Seuls **{ $name }** et l'équipe du serveur peuvent supprimer ce film.
buttons-not-deleter-unnamed = Seuls la personne qui a demandé ce film et l'équipe du serveur peuvent le supprimer.
buttons-not-deleter-shared = D'autres ont aussi payé ce film, donc seule l'équipe du serveur peut le supprimer.
