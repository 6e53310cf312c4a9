### Pourquoi une commande est refusée, et ce que le membre peut faire

refusals-not-charged = { -not-charged }
refusals-paused-title = Pas de nouveaux films pour le moment
refusals-paused = L'opérateur du bot a suspendu les nouveaux films. { -in-progress-finish }
refusals-server-blocked-title = Pas de nouveaux films sur ce serveur
refusals-server-blocked = L'opérateur du bot a arrêté les nouveaux films ici. { -in-progress-finish }
refusals-erasing-title = Tes données sont en cours de suppression
refusals-erasing = Tu m'as demandé de supprimer tes données. Tu pourras commander à nouveau quand ce sera fait.
refusals-open-movies-title = Assez de films pour l'instant
refusals-open-movies = Tu as déjà { units-movies } en attente ou en création, le maximum pour un membre. Commande le prochain quand l'un d'eux sera prêt.
refusals-server-open-movies-title = Ce serveur est très occupé
refusals-server-open-movies = Ce serveur a déjà { units-movies } en attente ou en création, le maximum pour un serveur. Réessaie quand certains seront prêts.
refusals-cooling-down-title = Faisons une petite pause
refusals-cooling-down = Tu as annulé plusieurs films de suite. Tu pourras recommander { $time }.
refusals-failures-title = Tes films échouent sans arrêt
refusals-failures = Les films échoués coûtent des crédits à ce bot même s'ils te sont remboursés, et la limite du mois est atteinte. Tu pourras recommander { $time }. Un gestionnaire du serveur où ils ont échoué peut lever cela plus tôt avec `/quota unblock`.
refusals-too-fast = C'était rapide ! Tu pourras recommander { $time }. { -not-charged }

refusals-no-credits-title = Pas assez de crédits
refusals-member-credits = Ce film coûte **{ $price }** ; il te reste **{ $left }** ce mois-ci.
refusals-server-credits = Ce film coûte **{ $price }** ; il reste **{ $left }** à ce serveur ce mois-ci.
refusals-affordable = Tu peux t'offrir **{ $duration }** avec { $model }.
refusals-nothing-affordable = Tu ne peux pas t'offrir de film avec { $model } pour l'instant.
refusals-reset = Remise à zéro des crédits { $time } ({ $date }).
refusals-bot-credits-title = Ce bot ne peut plus faire de films ce mois-ci
refusals-bot-credits = Tu pourras de nouveau en commander { $time } ({ $date }). { -not-charged }
refusals-queue-full-title = Trop pour la file d'attente
refusals-queue-full = Ce film coûte **{ $price }**, mais tes films en file d'attente ne peuvent réserver que **{ $left }** de plus pour l'instant. Essaie un film plus court, ou attends que l'un d'eux commence.

refusals-blocked-title = Tu ne peux plus faire de films
refusals-blocked = Un gestionnaire du serveur t'a bloqué jusqu'à nouvel ordre.
refusals-blocked-until = Un gestionnaire du serveur t'a bloqué jusqu'au { $time }.
refusals-blocked-everywhere = L'opérateur du bot t'a bloqué jusqu'à nouvel ordre.
refusals-blocked-everywhere-until = L'opérateur du bot t'a bloqué jusqu'au { $time }.
refusals-reason = Raison : { $reason }
refusals-in-progress-finish = { -in-progress-finish } { -not-charged }

refusals-server-not-allowed = Ce bot ne fait pas de films pour ce serveur. Demande à son opérateur si tu le veux ici.
refusals-may-not-post = Tu ne peux pas envoyer de messages dans ce salon, donc pas non plus y commander de films.
refusals-not-own-message = Tu ne peux transformer en film que tes propres messages. Décris plutôt un film avec /movie. { -not-charged }
refusals-menu-off = Ce serveur a désactivé les films à partir de messages. Décris plutôt un film avec /movie. { -not-charged }

# The server's setup: $channels and $roles are lists of mentions
refusals-channel-title = Pas dans ce salon
refusals-channel = Les films se font dans { $channels }.
refusals-channel-deleted = Les salons pour les films n'existent plus. Demande à un gestionnaire du serveur d'en choisir d'autres avec /setup.
refusals-role-title = Pas avec tes rôles
refusals-role = Pour faire des films ici, il te faut l'un de ces rôles : { $roles }.
refusals-role-deleted = Les rôles qui pouvaient faire des films ici n'existent plus. Demande à un gestionnaire du serveur d'en choisir d'autres avec /setup.
refusals-no-model-title = Pas de films ici pour l'instant
refusals-no-model = Aucun des modèles que ce serveur autorise n'est disponible pour l'instant. Demande à un gestionnaire du serveur d'en autoriser d'autres avec /setup.

# Ce que permettent les crédits restants
refusals-models-field = Ce que tu peux t'offrir
refusals-model-affordable = { $model } : jusqu'à { $duration }
refusals-model-not-affordable = { $model } : crédits insuffisants
