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
refusals-cooling-down = Tu as annulé des films ou repris des crédits plusieurs fois de suite. Tu pourras recommander et participer { $time }.
refusals-failures-title = Tes films échouent sans arrêt
refusals-failures = Les films qui échouent coûtent des crédits à ce bot même s'ils te sont remboursés, et la limite du mois est atteinte. Tu pourras recommander { $time }. Un gestionnaire du serveur où ils ont échoué peut lever cela plus tôt avec `/quota unblock`.
refusals-too-fast = C'était rapide ! Tu pourras recommander { $time }. { -not-charged }
refusals-too-many-commands = Ça fait beaucoup de commandes ! Tu pourras en réutiliser une { $time }.

refusals-no-credits-title = Pas assez de crédits
refusals-member-credits = Ce film coûte **{ $price }** ; il te reste **{ $left }** ce mois-ci.
refusals-server-credits = Ce film coûte **{ $price }** ; il reste **{ $left }** à ce serveur ce mois-ci.
refusals-affordable = Tu peux t'offrir **{ $duration }** avec { $model }.
refusals-nothing-affordable = Tu ne peux pas t'offrir de film avec { $model } pour l'instant.
refusals-reset = Les crédits se renouvellent { $time } ({ $date }).
refusals-bot-credits-title = Ce bot ne peut plus faire de films ce mois-ci
refusals-bot-credits = Tu pourras de nouveau en commander { $time } ({ $date }). { -not-charged }
refusals-queue-full-title = Trop pour la file d'attente
refusals-queue-full = Ce film coûte **{ $price }**, mais tes films en file d'attente ne peuvent réserver que **{ $left }** de plus pour l'instant. Essaie un film plus court. Si d'autres films à toi attendent, tu peux aussi le commander dès que l'un d'eux a commencé.

refusals-blocked-title = Tu ne peux plus faire de films
refusals-blocked = Un gestionnaire du serveur t'a bloqué jusqu'à nouvel ordre.
refusals-blocked-until = Un gestionnaire du serveur t'a bloqué jusqu'au { $time }.
refusals-blocked-everywhere = L'opérateur du bot t'a bloqué jusqu'à nouvel ordre.
refusals-blocked-everywhere-until = L'opérateur du bot t'a bloqué jusqu'au { $time }.
refusals-timed-out-until = Tes prompts ont trop souvent été contraires aux règles de ce serveur : tu ne peux pas faire de films ici jusqu'au { $time }.
refusals-reason = Raison : { $reason }
refusals-in-progress-finish = { -in-progress-finish } { -not-charged }

refusals-server-not-allowed = Ce bot ne fait pas de films pour ce serveur. Demande à son opérateur si tu le veux ici.
refusals-may-not-post = Tu ne peux pas envoyer de messages dans ce salon, donc pas non plus y commander de films.
refusals-button-timed-out = Tu es exclu temporairement sur ce serveur, tu ne peux donc pas utiliser ce bouton pour l'instant. Réessaie { $time }.
refusals-not-own-message = Tu ne peux transformer en film que tes propres messages. Décris plutôt un film avec /movie. { -not-charged }
refusals-menu-off = Ce serveur a désactivé les films à partir de messages. Décris plutôt un film avec /movie. { -not-charged }

# The server's setup: $channels and $roles are lists of mentions
refusals-channel-title = Pas dans ce salon
refusals-channel = Les films se font dans { $channels }.
refusals-channel-deleted = Les salons pour les films n'existent plus. Demande à un gestionnaire du serveur d'en choisir d'autres avec /setup.
refusals-age-title = Pas dans ce salon
refusals-age = Ici, les films ne se font que dans les salons soumis à une limite d'âge.
refusals-role-title = Pas avec tes rôles
refusals-role = Pour faire des films ici, il te faut l'un de ces rôles : { $roles }.
refusals-role-deleted = Les rôles qui pouvaient faire des films ici n'existent plus. Demande à un gestionnaire du serveur d'en choisir d'autres avec /setup.
refusals-no-model-title = Pas de films ici pour l'instant
refusals-no-model = Aucun des modèles que ce serveur autorise n'est disponible pour l'instant. Demande à un gestionnaire du serveur d'en autoriser d'autres avec /setup.

# The prompt filter. Nothing says which rule it was. $time: "in 24 hours"
refusals-prompt-title = Ce prompt n'est pas autorisé ici
refusals-prompt = Un passage est contraire aux règles de ce serveur pour les prompts. Modifie-le et réessaie. Si tu penses que c'est une erreur, demande à un gestionnaire du serveur.
refusals-prompt-by-bot = Un passage que j'ai ajouté est contraire aux règles de ce serveur pour les prompts. N'utilise que tes propres mots.
refusals-prompt-last-one = Encore un comme celui-ci aujourd'hui, et tu ne pourras plus faire de films ici pendant { units-hours }.
refusals-prompt-timed-out = C'était le prompt de trop aujourd'hui. Tu pourras refaire des films ici { $time }.
refusals-prompt-yours = **Ton prompt :** { $prompt }

# Ce que permettent les crédits restants
refusals-models-field = Ce que tu peux t'offrir
refusals-model-affordable = { $model } : jusqu'à { $duration }
refusals-model-not-affordable = { $model } : crédits insuffisants

refusals-not-staff = Seule l'équipe de ce serveur peut faire ça.
