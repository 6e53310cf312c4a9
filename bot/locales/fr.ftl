### What the bot says in French; docs/translating.md has the rules.

## approvals
## Movies that wait for a server's staff: the message in the staff channel, the list, and what one person reads.

approvals-request-title = ✋ Un film attend une approbation
approvals-storyboard-title = ✋ Approuver ce storyboard ?
approvals-deadline = Décidez avant le { $time }, sinon il est annulé et remboursé.
approvals-approve-button = Approuver
# Opens a form
approvals-decline-button = Refuser…

# In the list; $number: the movie's, from 1
approvals-list-title = ✋ En attente d'approbation : { units-movies }
approvals-list-empty = Aucun film n'attend d'approbation.
approvals-list-footer = Page { $page } sur { $pages }
approvals-back-button = Précédent
approvals-next-button = Suivant
# $time: "in 2 days"
approvals-expires = expire { $time }
approvals-staff-only = Seule l'équipe de ce serveur peut voir cela. Tes propres films sont dans /movies.

# The form for declining
approvals-decline-modal-title = Refuser ce film
approvals-reason-label = Raison (facultatif)
approvals-reason-hint = Le membre la lit dans le salon où il a commandé le film.

# What became of it; $staff and $member: mentions
approvals-approved = ✅ Approuvé par { $staff }.
approvals-declined = ❌ Refusé par { $staff }.
approvals-declined-because = ❌ Refusé par { $staff } : « { $reason } »
approvals-lapsed = ⌛ Personne n'a décidé à temps : le film a été annulé et remboursé.
approvals-withdrawn = ↩️ { $member } l'a annulé.
approvals-not-offered = ↩️ Ce modèle ou cette durée n'est plus disponible : le film a été annulé et remboursé.
approvals-waived = ▶️ Il a démarré sans approbation, car je ne pouvais pas écrire dans le salon de l'équipe.
approvals-ended = ↩️ Il n'attend plus d'approbation.

# What a staff member reads whose press changed nothing
approvals-own = Tu ne peux pas approuver un film que tu as demandé ou auquel tu as participé. Quelqu'un d'autre de l'équipe le peut.
approvals-blocked = Un blocage vise { $member }. Un gestionnaire du serveur doit d'abord le lever avec /quota unblock. Tu peux aussi refuser le film.
approvals-blocked-everywhere = L'opérateur du bot a bloqué { $member }, ce film ne peut donc pas démarrer. Tu peux le refuser.
approvals-paused = L'opérateur du bot n'accepte pas de films de ce serveur pour le moment. Réessaie plus tard, ou refuse-le.
approvals-prompt = Ce prompt enfreint une règle ajoutée au filtre de prompts après la commande. Refuse le film. Si la règle est celle de ce serveur, un gestionnaire peut aussi la changer avec /setup.
approvals-unknown = Je ne retrouve plus ce film.
approvals-reason-too-long = Cette raison est trop longue. Utilise { $max } caractères au plus.

## buttons
## Les boutons d'un film et les réponses

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

buttons-not-owner = Ce bouton est réservé à **{ $name }**. Crée ton propre film avec /movie.
buttons-not-owner-unnamed = Seule la personne qui a demandé ce film peut utiliser ce bouton. Crée le tien avec /movie.
buttons-unknown-movie = Je ne trouve pas ce film. Tape /movies pour voir les tiens.

buttons-cancelled = Annulé. Remboursé : **{ $refunded }**.
buttons-cancelling-already = Il est déjà en cours d'annulation. Un message te dira ce qui a été dépensé et remboursé.
buttons-unclear = Le service de films le crée peut-être déjà : impossible de l'annuler avant de le savoir. D'ici là, ses crédits restent réservés.
buttons-being-queued = Il est en train d'entrer dans la file d'attente. Réessaie dans un instant.
buttons-being-sent = Il est en cours d'envoi au service de films. Réessaie dans un instant.
buttons-started = Trop tard pour l'annuler : le service de films a commencé et l'a déjà facturé. Tu le recevras quand il sera prêt.
buttons-finished = Il est déjà terminé : regarde /movies.
buttons-ended-in-part = Il est déjà annulé. Dépensé : **{ $cost }**, remboursé : **{ $refunded }**.
buttons-ended = C'est déjà terminé. Remboursé : **{ $refunded }**.
buttons-ended-free = C'est déjà terminé.
buttons-question = { "**" }Annuler ce film ?**
buttons-question-unknown = Le service de films ne dit pas combien il a facturé jusqu'ici. Tu paies les étapes terminées, **{ $price }** au maximum. Le reste est remboursé.
buttons-question-known = Tu paies les étapes terminées. À cet instant, dépensé : **{ $cost }**, remboursé : **{ $refunded }**. Si une autre étape se termine avant l'arrêt, tu la paies aussi, { $price } au maximum en tout.
buttons-cancel-requested = J'annule ton film. Un message te dira ce qui a été dépensé et remboursé. S'il est en fait déjà terminé, tu reçois le film.
buttons-just-finished = Il vient de se terminer et ne peut plus être annulé. Tu le reçois dans un instant.
buttons-nearly-finished = Il peut se terminer à tout moment : c'est trop tard pour l'annuler. Tu le recevras quand il sera prêt.
buttons-just-ended = Il vient de prendre fin. Un message arrive dans un instant.
buttons-no-answer = Le service de films ne répond pas en ce moment, donc rien n'a été annulé. Réessaie dans une minute.
buttons-too-many-cancels = Tu as appuyé plusieurs fois sur Annuler. De nouveau possible { $time }.

buttons-own-movie = C'est ton film : je te préviendrai de toute façon.
buttons-following = Je te préviendrai quand il sera prêt. Si la personne qui l'a demandé choisit de le recevoir par MP, je te dirai seulement qu'il est prêt.
buttons-follow-full = La liste des notifications est pleine. Repasse ici plus tard.
buttons-follow-ended = Ce film a déjà pris fin : il n'y a plus rien à attendre.
buttons-follow-private = Ce film est envoyé par MP à la personne qui l'a demandé : je ne peux pas te prévenir.
buttons-unfollowed = D'accord, je ne te préviendrai pas.

buttons-to-direct = Je te l'enverrai par MP (ou le publierai ici si tes MP sont fermés). Pour toujours recevoir des MP : /preferences.
buttons-to-channel = Je le publierai dans le salon quand il sera prêt.

buttons-new-link = Nouveau lien :
buttons-no-new-link = Je n'ai pas pu obtenir de nouveau lien du service de films. Réessaie dans quelques minutes.
buttons-last-link = Je n'ai pas pu obtenir de nouveau lien du service de films. Réessaie dans quelques minutes. En attendant, voici le dernier, qui a peut-être expiré :
buttons-too-many-links = Ça fait beaucoup de liens d'un coup ! Le prochain sera possible { $time }.

buttons-receipts = Tous tes reçus sont dans /credits.
buttons-receipt-open = Il n'est pas encore terminé. Réservé : **{ $held }**.
buttons-receipt-free = C'est gratuit.

# Supprimer
buttons-delete-question = { "**" }Supprimer ce film ?**
buttons-delete-question-of = { "**" }Supprimer ce film de { $name } ?**
buttons-delete-details = Son message disparaît pour tout le monde, et j'oublie ses liens. Il reste dans /movies, sans eux. Aucun crédit n'est remboursé, et c'est définitif.
buttons-deleted = Supprimé. Son message disparaît dans un instant.
buttons-left-gallery = Retiré de la galerie. Le film reste là où il a d'abord été publié, et les étoiles ne l'y remettront pas.
buttons-deleted-post-title = Film supprimé
buttons-deleted-already = Ce film est déjà supprimé.
buttons-delete-unfinished = Seul un film prêt peut être supprimé.
buttons-link-deleted = Ce film a été supprimé : il n'a plus de lien.
buttons-not-deleter = La suppression de ce film est réservée à **{ $name }** et à l'équipe du serveur.
buttons-not-deleter-unnamed = Seules la personne qui a demandé ce film et l'équipe du serveur peuvent le supprimer.
buttons-not-deleter-shared = D'autres ont aussi payé ce film, donc seule l'équipe du serveur peut le supprimer.

## cards
## La carte qui montre dans le salon où en est un film

cards-waiting-title = 🎟️ Ton film est dans la file d'attente
cards-awaiting-title = ✋ Ton film attend une approbation
cards-being-made-title = 🎬 Ton film est en création
cards-drawing-title = 🖼️ Dessin du storyboard
cards-storyboard-title = 🖼️ Le storyboard est prêt
cards-cancelling-title = 🛑 Annulation de ton film
cards-ready-title = 🍿 Ton film est prêt
cards-failed-title = Ce film a échoué
cards-cancelled-title = Annulé
cards-unknown-title = 🔎 Vérification de ton film


cards-cost-on-hold = { $credits ->
    [one] { $credits } crédit réservé
   *[other] { $credits } crédits réservés
}
cards-requester = par { $member }

cards-waiting = En file d'attente.
cards-awaiting = L'équipe de ce serveur l'approuve avant qu'il démarre. Si personne ne le fait sous 48 heures, ses crédits sont remboursés.
cards-staff-not-informed = ⚠️ Je ne peux pas écrire dans un salon de l'équipe ici. Merci de prévenir l'équipe : elle le retrouve dans /movies.
cards-next = C'est ton tour juste après.
cards-ahead = { $movies ->
    [one] { $movies } film passe avant le tien.
   *[other] { $movies } films passent avant le tien.
}
cards-far-ahead = Plus de { $movies } films passent avant le tien.
cards-own-movies = Il attend tes autres films : je ne peux en créer que { $movies } des tiens à la fois.
cards-sending = Envoi au service de films…
cards-storyboard = { $member } peut lancer le rendu pour **{ $later }** crédits de plus, ou l'arrêter. Il s'arrête tout seul { $time }.
cards-step = Étape { $step } sur { $steps } : { $stage }
cards-stage = En ce moment : { $stage }…
cards-cancelling = Tu paies les étapes terminées. Le reste est remboursé.
cards-started = Commencé { $time }.
cards-direct = 📬 par MP
cards-sent-direct = 📬 Envoyé par MP à { $member }.
cards-in-list = { $member } le retrouve dans /movies.
cards-not-posted = Je n'ai pas pu le publier. { $member } le retrouve dans /movies.
cards-unknown = Le service de films n'a pas confirmé ta commande : je vérifie ce qu'elle est devenue. Je ne la passerai pas deux fois, et ses crédits restent réservés d'ici là.

cards-usual = En général { $spread }
cards-usual-ready = En général { $spread } · prêt vers { $time }
cards-late = C'est plus long que d'habitude (en général { $spread }).
cards-minutes = { $least } à { $most } min
cards-spread = { $low } à { $high }

cards-outage-no-answer = Le service de films ne répond pas en ce moment.
cards-outage-not-taken = Le service de films n'accepte pas de films de ce bot en ce moment. { -operator-notified }
cards-outage-busy = Le service de films est très sollicité en ce moment.
cards-outage-promise = { $outage } Les crédits du film restent réservés, et il commence dès que le service l'accepte. Si cela dure plus d'une heure, ils sont remboursés.

## commands
## Descriptions dans la liste des commandes de Discord : 100 caractères au plus.

commands-movie = Transformer un prompt en film
commands-movie-with-pictures = Transformer un prompt ou tes images en film
commands-movie-prompt = Ce qui se passe dans ton film (jusqu'à { $characters } caractères)
commands-movie-duration = Durée en secondes, { $min }–{ $max } (par défaut : ta dernière, ou { $default })
commands-movie-video-model = Modèle vidéo (par défaut : ton dernier, ou le meilleur pour le format)
commands-movie-image-model = Modèle d'image (par défaut : ton dernier, ou automatique)
commands-movie-aspect-ratio = Format (par défaut : ton dernier, ou 16:9)
commands-movie-language = Langue parlée (par défaut : ta dernière, ou automatique)
commands-movie-subtitles = Afficher des sous-titres (par défaut : ton dernier choix, ou non)
commands-movie-tone = Ton (par défaut : ton dernier, ou réaliste)
commands-movie-storyboard = Voir les images avant de payer la vidéo (par défaut : ta préférence)
commands-movie-picture = Une image dont faire le film (PNG, JPEG ou WebP, { $most } Mo max.)
commands-movie-another-picture = Une autre image

# Formats, aussi dans les formulaires et les menus
commands-wide = Paysage (16:9)
commands-tall = Portrait (9:16)

# Langue parlée dans un film, aussi dans les formulaires et les menus
commands-language-auto = Automatique
commands-language-english = Anglais
commands-language-spanish = Espagnol
commands-language-french = Français
commands-language-japanese = Japonais
commands-language-thai = Thaï
commands-language-chinese = Chinois
commands-language-bengali = Bengali
commands-language-hindi = Hindi
commands-language-sanskrit = Sanskrit
commands-language-latin = Latin

# Façon de raconter l'histoire
commands-tone-grounded = Réaliste
commands-tone-cinematic = Cinématographique

# Dans le menu d'un message, sous Applications
commands-make-movie-menu = Transformer en film
# Dans le menu d'un membre, sous Applications
commands-credits-menu = Crédits…

commands-credits = Ton solde et l'historique de tes dépenses
commands-credits-member = Voir les crédits d'un autre membre (gestionnaires uniquement)

commands-movies = Parcourir tes films
commands-movies-member = Voir les films d'un autre membre (gestionnaires uniquement)
commands-movies-show = Filtre (par défaut : tous)
commands-movies-id = Ouvrir un film par son ID (⋯ sous son message l'affiche)
commands-movies-all = Tous
commands-movies-running = En cours
commands-movies-done = Prêts
commands-movies-not-made = Échoués ou annulés
commands-movies-pending = En attente d'approbation (équipe uniquement)
commands-gift = Offrir des crédits bonus à un autre membre
commands-gift-member = Membre
commands-gift-credits = Nombre de crédits bonus
commands-top = Les meilleurs films, créateurs et mécènes de ce serveur sur un mois
commands-top-month = Mois au format AAAA-MM, p. ex. 2026-11 (par défaut : ce mois-ci)

commands-pitch = Proposer un film que les membres de ce serveur paient ensemble
commands-pitch-chip-in = Crédits que tu mets tout de suite
commands-pitches = Trouver des propositions auxquelles participer
commands-pitches-sort = Ce qui vient d'abord (par défaut : presque financées)
commands-pitches-missing = Presque financées
commands-pitches-votes = Plus de votes
commands-pitches-age = Plus récentes

commands-preferences = Choisir tes réglages par défaut et où vont tes films
commands-help = Comment je marche et combien ça coûte
commands-privacy = Voir, exporter ou supprimer ce que je conserve à ton sujet

commands-quota = Gérer les crédits de ce serveur
commands-quota-credits = Nombre de crédits
commands-quota-monthly-credits = Crédits par mois (vide : voir la valeur actuelle)
commands-quota-member = Membre
commands-quota-reason = Raison (notée dans le journal)
commands-quota-show = Afficher les limites de ce serveur ou d'un membre
commands-quota-show-member = Afficher les limites de ce membre
commands-quota-default = Définir l'allocation mensuelle par défaut des membres
commands-quota-server = Définir le budget mensuel de ce serveur
commands-quota-set-member = Définir l'allocation mensuelle d'un membre
commands-quota-role = Définir l'allocation mensuelle d'un rôle
commands-quota-role-role = Rôle
commands-quota-grant = Donner à un membre des crédits bonus sans date d'expiration
commands-quota-take = Retirer des crédits bonus à un membre
commands-quota-block = Empêcher un membre de faire des films
commands-quota-block-hours = Durée en heures (vide : jusqu'au déblocage)
commands-quota-unblock = Débloquer un membre
commands-quota-reset = Remettre à zéro la consommation d'un membre ce mois-ci
commands-quota-clear = Supprimer une limite
commands-quota-clear-default = Revenir à l'allocation par défaut du bot
commands-quota-clear-server = Supprimer le budget de ce serveur
commands-quota-clear-member = Supprimer l'allocation personnelle d'un membre
commands-quota-clear-role = Supprimer l'allocation d'un rôle
commands-quota-report = Rapport mensuel
commands-quota-report-month = Mois au format AAAA-MM, par ex. 2026-11 (par défaut : ce mois-ci)

commands-setup = Choisir où, par qui et comment les films sont faits sur ce serveur
commands-setup-panel = Voir et changer la configuration de ce serveur
commands-setup-export = Exporter la configuration de ce serveur en fichier JSON
commands-setup-import = Importer la configuration d'un fichier JSON (tu vois d'abord les changements)
commands-setup-import-file = Un fichier de /setup export


## copies
## Ce que l'on fait de films terminés : scènes refaites, doublages, sous-titres et longs métrages

# Why nothing is made
copies-not-offered = Ce n'est pas disponible pour le moment.
copies-source-gone = Ce film n'existe plus, on ne peut plus rien en faire.
copies-film-size = Un long métrage réunit de { $least } à { $most } films différents.
copies-film-shape = Un long métrage réunit des films du même format. Ici, certains sont horizontaux, d'autres verticaux.

copies-dub-button = Doubler
copies-subtitles-button = Sous-titres
copies-film-button = Faire un long métrage
copies-scene-title = 🎬 Refaire des scènes
copies-dub-title = 🗣️ Doubler ce film
copies-subtitles-title = 💬 Changer les sous-titres
copies-film-title = 🎞️ Réunir des films en un long métrage
copies-language-label = Langue
copies-subtitles-label = Sous-titres
copies-movies-label = Films du long métrage
copies-own-language-option = Dans la langue du film
copies-no-subtitles-option = Sans sous-titres
copies-pitch-button = Demander aux autres de participer
copies-pitched = C'est proposé ! Tout le monde peut participer ci-dessous.


## credits
## /credits : solde, ajustements et reçus d'un membre. Seule la personne qui demande les voit ; les gestionnaires
## voient aussi ceux des autres, donc rien ne dit « tu ».

credits-spend-own = { $credits ->
    [0] Tu ne peux rien dépenser maintenant
   *[other] Tu peux dépenser { units-credits } maintenant
}
credits-spend-member = { $credits ->
    [0] { $member } ne peut rien dépenser maintenant
   *[other] { $member } peut dépenser { units-credits } maintenant
}
credits-spend-less-own = Tu ne peux pas dépenser tous tes crédits maintenant
credits-spend-less-member = { $member } ne peut pas dépenser tous ses crédits maintenant
credits-budget-short = { $credits ->
    [0] Le solde est de { $own }, mais le budget du serveur est épuisé.
   *[other] Le solde est de { $own }, mais il ne reste que { units-credits } dans le budget du serveur ce mois-ci.
}
credits-queue-short = { $credits ->
    [0] Le solde est de { $own }, mais le maximum de films en attente ou en création est atteint. Réessaie quand l'un d'eux sera prêt.
   *[other] Le solde est de { $own }, mais les films en file d'attente peuvent coûter au plus { units-credits } de plus pour l'instant.
}
credits-plan-short = Les crédits du bot pour ce mois sont presque épuisés.
credits-plan-empty = Les crédits du bot pour ce mois sont épuisés.

credits-bar = { $bar } utilisés ou réservés · renouvellement { $time }
credits-allowance = { "**" }Allocation** · reste { $left } sur { units-credits-monthly } ({ $source })
credits-bonus = { "**" }Bonus** · { units-credits } sans expiration
credits-held = { "**" }Réservés** · { units-credits } pour des films et propositions en cours

credits-blocked = 🚫 Création de films bloquée jusqu'à ce qu'un gestionnaire du serveur lève le blocage.
credits-blocked-until = 🚫 Création de films bloquée jusqu'au { $time }.
credits-blocked-everywhere = 🚫 Création de films bloquée sur tous les serveurs jusqu'à ce que l'opérateur du bot lève le blocage.
credits-timed-out-until = 🚫 Ne peut pas faire de films jusqu'au { $time } : trop de prompts étaient contraires aux règles de ce serveur.

credits-source-member = définie pour ce membre
credits-source-role = via { $role }
credits-source-server = valeur par défaut du serveur
credits-source-bot = valeur par défaut du bot

credits-granted = { $date } { $credits ->
    [one] { units-bonus-credits } reçu
   *[other] { units-bonus-credits } reçus
}
credits-removed = { $date } { $credits ->
    [one] { units-bonus-credits } retiré
   *[other] { units-bonus-credits } retirés
}
credits-starter = { $date } remboursement du premier film : { units-credits }
credits-usage-reset = { $date } consommation du mois remise à zéro
credits-carried-over = { $date } consommation avant la suppression des données : { units-credits }
credits-gift-received = { $date } { units-bonus-credits } de { $member }
credits-gift-given = { $date } { units-bonus-credits } pour { $member }
credits-old-gift-received = { $date } { units-bonus-credits } d'un autre membre
credits-old-gift-given = { $date } { units-bonus-credits } pour un autre membre
credits-with-reason = { $change } : { $reason }

credits-page = Page { $page } sur { $pages }
credits-page-of-many = Page { $page } sur plus de { $pages }
credits-no-receipts =
    Pas encore de films. Fais ton premier avec /movie. Par exemple :
    > { -example-prompt }
credits-member-no-receipts = Pas encore de films sur ce serveur.
credits-newer-button = Plus récents
credits-older-button = Plus anciens
credits-open-button = Ouvrir
credits-export-button = Exporter en CSV

credits-exported = { $movies ->
    [one] Voici { $movies } film dans un fichier CSV.
   *[other] Voici les { $movies } films dans un fichier CSV.
}
credits-exported-latest = { $movies ->
    [one] Voici le dernier film dans un fichier CSV (sans les plus anciens).
   *[other] Voici les { $movies } derniers films dans un fichier CSV (sans les plus anciens).
}
credits-export-in-progress = Ton dernier export est encore en cours. Il arrive ici dans un instant.
credits-too-many-exports = Plusieurs exports viennent d'être faits ici. Tu pourras avoir le prochain { $time }.

credits-not-authorized = Tu ne peux voir que tes propres crédits. { -managers } peuvent voir ceux de tout le monde.

## deliveries
## Messages sur la fin d'un film, dans le salon ou par MP

deliveries-ready = { $member }, ton film est prêt.
deliveries-ready-followed = { $member }, ton film est prêt. Aussi pour { $followers }
deliveries-ready-direct = Ton film est prêt.
deliveries-by = par { $member }
deliveries-movie-alt-text = Film généré par IA, { $duration } : { $prompt }
deliveries-spent = Dépensé : **{ $cost }**
deliveries-spent-left = Dépensé : **{ $cost }** · encore **{ $left }** ce mois-ci
deliveries-not-cancelled = Il était terminé avant de pouvoir être annulé.
deliveries-followed = { $followers } Le film que tu attendais est prêt. La personne qui l'a demandé le reçoit par MP.
deliveries-followed-direct = 🎬 Un film que tu attendais est prêt, mais je ne peux pas te mentionner là où il se trouve. La personne qui l'a demandé peut te le montrer. ID { $id }

deliveries-failed = { $member }, ton film a échoué.
deliveries-refunded = Remboursé : **{ $refunded }**
deliveries-refunded-left = Remboursé : **{ $refunded }** · encore **{ $left }** ce mois-ci
deliveries-refunded-bonus = Remboursé en crédits bonus, car le mois de la commande est terminé : **{ $refunded }**

deliveries-unknown = { $member }, je vérifie ce qu'est devenu ton film.
deliveries-unknown-details =
    Le service de films n'a pas confirmé ta commande, et je ne la passerai pas deux fois. { -operator-notified }
    En attendant, je garde **{ $held }** en réserve.

deliveries-cancelled = { $member }, ton film a été annulé.
deliveries-spent-refunded = Dépensé : **{ $cost }** · remboursé : **{ $refunded }**

deliveries-not-started = { $member }, ton film n'a pas commencé.

deliveries-left = Il te reste **{ $left }** ce mois-ci

## errors
## Options invalides, permissions manquantes et erreurs

errors-prompt-blank = Ton prompt est vide. Décris ton film en { $max } caractères au plus.
errors-prompt-too-long = Ton prompt fait { $characters } caractères ; la limite est de { $max }. La plupart des emojis comptent pour deux ou plus.
errors-duration = « { $value } » n'est pas une durée valide. Saisis un nombre entier de secondes, de { $min } à { $max }.
errors-no-duration = Saisis une durée en secondes entières, de { $min } à { $max }.
errors-video-model = Le modèle vidéo « { $value } » n'est pas disponible. Choisis parmi : { $names }.
errors-video-model-aspect-ratio = { $model } ne gère pas le { $ratio }. Essaie plutôt : { $names }.
errors-image-model = Le modèle d'image « { $value } » n'est pas disponible. Choisis parmi : { $names }.
errors-aspect-ratio = « { $value } » n'est pas un format valide. Choisis parmi : { $names }.
errors-no-model = Aucun modèle vidéo ne gère le { $ratio } en ce moment. Choisis un autre format.
errors-language = « { $value } » n'est pas une langue disponible. Choisis parmi : { $names }.
errors-no-language = Ce bot ne permet pas de choisir la langue en ce moment. Laisse cette option vide.
errors-several-languages = Un film a une seule langue parlée, et tu en as choisi plusieurs : { $names }.
errors-subtitles = Choisis True ou False pour les sous-titres.
errors-no-subtitles = Ce bot n'a pas de sous-titres en ce moment. Laisse cette option vide.
errors-tone = « { $value } » n'est pas un ton disponible. Choisis parmi : { $names }.
errors-no-tone = Ce bot ne permet pas de choisir le ton en ce moment. Laisse cette option vide.
errors-music = « { $value } » n'est pas disponible pour la musique. Choisis parmi : { $names }.
errors-voice = « { $value } » n'est pas une voix disponible. Choisis parmi : { $names }.
errors-more-models = { $models ->
    [one] { $models } autre
   *[other] { $models } autres
}

errors-missing-permissions = Il me manque dans ce salon : { $permissions }. Demande à un gestionnaire du serveur. { -not-charged }

errors-view-channel = Voir le salon
errors-send-messages = Envoyer des messages
errors-send-messages-in-threads = Envoyer des messages dans les fils
errors-embed-links = Intégrer des liens
errors-attach-files = Joindre des fichiers
errors-read-message-history = Voir les anciens messages
errors-manage-threads = Gérer les fils

errors-empty-message = Ce message n'a pas de texte à transformer en film. Décris-en un avec /movie. { -not-charged }
errors-only-in-servers = Je ne fonctionne que sur les serveurs, pas en MP. { -not-charged }
errors-internal = Quelque chose s'est mal passé de mon côté. { -not-charged } Réessaie dans un instant.
errors-restarting = Je redémarre. Réessaie dans une minute. { -not-charged }
errors-invalid-option = Ce choix n'est pas valide. Choisis dans la liste. { -not-charged }
errors-server-not-loaded = Je suis encore en train de charger ce serveur. Réessaie dans une minute. Rien n'a été modifié.
errors-outdated = J'ai été mis à jour. Relance la commande. { -not-charged }
errors-order-voided = Le démarrage a pris trop de temps : j'ai tout annulé et remboursé tes crédits. Réessaie.
errors-not-queued = Je n'ai pas pu mettre ton film en file d'attente, il ne sera donc pas fait. Tes crédits seront remboursés d'ici une minute ou deux ; réessaie ensuite.

## forms
## Le formulaire d'un film, et les options d'un film en toutes lettres.

forms-new-modal-title = Créer un film
forms-remix-modal-title = Remixer ce film
forms-edit-modal-title = Modifier ton film

forms-prompt-label = Prompt
forms-prompt-hint = Jusqu'à { $characters } caractères. Laisse vide, et je te fais une surprise.
forms-prompt-cut-hint = Ton message a été coupé à { $characters } caractères.
forms-duration-label = Durée (secondes)
forms-duration-hint = { $min }–{ $max }
forms-video-model-label = Modèle vidéo
forms-video-model-placeholder = Automatique (le meilleur pour le format)
forms-image-model-label = Modèle d'image
forms-image-model-placeholder = Automatique
forms-aspect-ratio-label = Format

# Un seul menu pour le format, les sous-titres, le ton et la langue
forms-options-label = Format et options
forms-options-hint = Choisis-en autant que tu veux, mais une seule langue.
forms-default-hint = Par défaut : { $choice }
forms-subtitles-option = Sous-titres
forms-subtitles-hint = Afficher les paroles à l'écran
forms-language-hint = Langue parlée (une seule)
forms-more-modal-title = Plus pour ton film
forms-storyboard-label = D'abord le storyboard
forms-storyboard-hint = Tu vois les images, puis tu lances le rendu ou tu arrêtes.
forms-music-elevenlabs = { "ElevenLabs" }
forms-music-lyria = { "Lyria 3" }
forms-voice-any = Automatique
forms-voice-female = { $name } (féminine)
forms-voice-male = { $name } (masculine)
forms-voice-neutral = { $name } (neutre)
forms-pictures-label = Images
forms-pictures-hint = Jusqu'à { $most } fichiers PNG, JPEG ou WebP. Ils remplacent ceux ajoutés avant.

## gifts
## /gift: what the giver and the recipient of bonus credits read.

gifts-given = 🎁 Tu as offert { units-bonus-credits } à { $member }. Je le lui fais savoir.
gifts-off = Les cadeaux sont désactivés sur ce serveur. Les gestionnaires du serveur peuvent les activer avec /setup.
gifts-erasing = Rien n'a été offert : tu m'as demandé de supprimer tes données.
gifts-paused = Rien n'a été offert : l'opérateur du bot l'a suspendu ici.
gifts-too-fast = Rien n'a été offert. C'était rapide ! Tu pourras offrir à nouveau { $time }.
gifts-self = Tu ne peux pas t'offrir de crédits.
gifts-blocked = Tu ne peux pas offrir de crédits pendant ton blocage.
gifts-recipient-blocked = Ce membre ne peut pas recevoir de crédits pour le moment.
gifts-over-bound = Rien n'a été offert : c'est plus que ce que tu peux encore offrir aujourd'hui sur ce serveur ({ units-bonus-credits }). La limite se renouvelle à minuit UTC.
gifts-too-few = Rien n'a été offert. Tu as { units-bonus-credits } ; ton allocation ne peut pas être offerte.

# To the recipient. $member: a mention; $place: a link to the channel
gifts-received = 🎁 { $member } t'a offert { units-bonus-credits } le { $time } dans { $place }. Les crédits bonus n'expirent jamais.
gifts-received-here = 🎁 { $recipient }, { $member } t'a offert { units-bonus-credits } le { $time }.

## help
## /help : ce que fait le bot, et ce que ce membre peut faire ici. Lui seul le voit.

help-title = Matinee transforme les mots en films
help-summary = Décris une scène avec { $command }, et j'en fais un court film.
help-refunds = Les films coûtent des crédits ; ceux qui échouent sont remboursés.
help-make-button = Créer un film
help-all-button = Tout voir
help-available = ✅ Tu peux faire des films dans ce salon.
help-refused = 🚫 { $reason }
help-missing-permissions = 🚫 Je ne peux pas publier de films ici. Il me manque dans ce salon : { $permissions }. Demande à un gestionnaire du serveur.
help-no-member-credits = 🚫 Tu as utilisé tous tes crédits. Ils se renouvellent { $time }.
help-no-server-credits = 🚫 Le budget de ce serveur est épuisé. Il se renouvelle { $time }.
help-no-bot-credits = 🚫 Ce bot ne peut plus faire de films ce mois-ci. Tu pourras de nouveau en commander { $time }.
help-in-progress = { $movies ->
    [one] 🎬 { $movies } de tes films est en cours : { $command }
   *[other] 🎬 { $movies } de tes films sont en cours : { $command }
}
help-many-in-progress = 🎬 Plus de { $movies } de tes films sont en cours : { $command }

help-spend = **{ $spend }.** Tes crédits se renouvellent { $time }.
help-bonus = Dont { units-bonus-credits } sans date d'expiration.

help-prices-field = Prix par seconde
help-price = **{ $model }** : { units-credits } · { $ratios }
help-more-models = { $models ->
    [one] et { $models } autre modèle
   *[other] et { $models } autres modèles
}
help-asks-above = Un film dure au maximum { $duration }. Je te demande avant de dépenser plus de { units-credits }.
help-asks-above-or-share = Un film dure au maximum { $duration }. Je demande avant de dépenser plus de { units-credits }, ou plus de { $share } de ton solde.
help-always-asks = Un film dure au maximum { $duration }. Je te montre le prix avant de dépenser quoi que ce soit.

help-commands-field = Commandes
help-command = { $command } · { $description }
help-from-a-message = Sur un de tes messages : **Applications** → **{ $menu }**
help-from-any-message = Sur n'importe quel message : **Applications** → **{ $menu }**
help-managers = Gestionnaires : { $setup }, { $show }, { $report } et les autres commandes /quota

## ideas
## Idées de film, composées de trois listes : qui, fait quoi, et où.

ideas-prompt = { $who } { $does } { $where }.

ideas-who =
    { $variant ->
        [0] Un renard mécanique
        [1] Un gardien de phare timide
        [2] Une minuscule astronaute
        [3] Une vieille capitaine
        [4] Un dragon de papier
        [5] Un robot curieux
        [6] Un géant ensommeillé
        [7] Une musicienne des rues
        [8] Une baleine volante
        [9] Une chouette blanche
        [10] Un gentil fantôme
        *[11] Un jeune boulanger
    }

ideas-does =
    { $variant ->
        [0] apprend à danser
        [1] ouvre une porte secrète
        [2] suit une piste de lumière
        [3] bâtit un pont de musique
        [4] apprivoise une tempête
        [5] plante une forêt lumineuse
        [6] fait la course contre une étoile filante
        [7] retrouve une mélodie perdue
        [8] peint le ciel nocturne
        [9] veille sur un œuf d'or
        [10] réveille une ville endormie
        *[11] attrape le dernier rayon de soleil
    }

ideas-where =
    { $variant ->
        [0] dans une ville au-dessus des nuages
        [1] au fond de la mer
        [2] à bord d'un train de nuit sous la neige
        [3] dans une bibliothèque sans fin
        [4] sur une planète minuscule
        [5] à la fête foraine de minuit
        [6] dans un jardin de verre
        [7] sur un toit sous la pluie
        [8] à l'intérieur d'une horloge géante
        [9] sur un lac gelé à l'aube
        [10] au marché flottant
        *[11] sous un double arc-en-ciel
    }

## links
## Où se trouve le lien d'un film, dans le message qui l'annonce

links-in-movies = Son lien est trop long pour un message. La personne qui a demandé le film le trouve dans /movies.
links-in-file = Son lien est trop long pour un message, il est donc dans le fichier joint.
links-unsafe = Ce lien ne peut pas être publié ici. Ouvre le film dans le Studio.
links-watch = Regarder
links-jump = Aller au message

## log
## Changements faits par les gestionnaires du serveur, l'opérateur du bot et le bot : dans le salon de l'équipe, et comme
## confirmation pour la personne qui les a faits. Ce salon peut être public : il ne montre donc aucun solde.

log-bot = Le bot
log-operator = L'opérateur du bot
log-confirmation = ✅ { $change }

log-set-default-limit = Par défaut, les membres reçoivent maintenant { units-credits-monthly }.
log-set-default-limit-cleared = Les membres reçoivent de nouveau l'allocation par défaut du bot.
log-set-server-limit = Ce serveur peut maintenant dépenser { units-credits-monthly }.
log-set-server-limit-cleared = Le budget du serveur a été supprimé.
log-set-member-limit = { $subject } reçoit maintenant { units-credits-monthly }.
log-set-member-limit-cleared = L'allocation personnelle de { $subject } a été supprimée.
log-set-role-limit = Les membres avec { $subject } reçoivent maintenant { units-credits-monthly }.
log-set-role-limit-cleared = L'allocation de { $subject } a été supprimée.
log-grant = { $member } a reçu { units-bonus-credits }.
log-gift = A offert { units-bonus-credits } à { $member }.
log-revoke = { $credits ->
    [one] { units-bonus-credits } retiré à { $member }.
   *[other] { units-bonus-credits } retirés à { $member }.
}
log-block = { $member } ne peut plus faire de films jusqu'à ce qu'un gestionnaire lève le blocage. Les films en cours seront terminés.
log-block-hours = { $member } ne peut plus faire de films pendant { units-hours }. Les films en cours seront terminés.
log-unblock = { $member } peut de nouveau faire des films.
log-reset-usage = La consommation de { $member } ce mois-ci a été remise à zéro.
log-reset-usage-credits = La consommation de { $member } ce mois-ci a été remise à zéro (avant : { units-credits }).
# $setting: "Longest movie"; $value: "1 min"
log-setting = **{ $setting }** : maintenant { $value }
log-gallery-failed = Je ne peux plus publier dans la galerie { $channel }. En attendant, les films terminés apparaissent là où ils ont été commandés. Vérifiez mes permissions là-bas, ou choisissez une autre galerie avec /setup.
log-movie-night-failed = Je n'ai pas pu publier la soirée cinéma dans { $channel }. Vérifiez mes permissions là-bas et la règle d'âge, ou choisissez une autre galerie avec /setup.

log-request-credits = 🙋 { $member } demande { units-bonus-credits }.
log-decline-credits = La demande de { $member } ({ units-bonus-credits }) a été refusée.
log-cancel-queued = Les films en attente de { $member } ont été annulés. Remboursé : { units-credits }.
log-remove-pitch = La proposition de { $member } a été supprimée. Remboursé : { units-credits }.
log-request-granted = ✅ Accordé par { $manager }.
log-request-declined = ❌ Refusé par { $manager }.
log-request-replaced = Ce membre a fait une nouvelle demande depuis : seule la plus récente peut recevoir une réponse.
log-request-lapsed = Cette demande a expiré. Le membre peut en faire une autre.
log-request-not-told = Je ne peux pas envoyer de MP à { $member }. Merci de lui donner la réponse.
log-reason = Raison : { $reason }
log-result = Résultat : { $reason }

log-failures-stopped = { $member } ne peut plus faire de films ce mois-ci, car ses films qui ont échoué ont coûté { units-credits } au bot. Un gestionnaire peut en autoriser d'autres avec /quota unblock.
# A prompt that the filter stopped, for staff. $category: one of the categories below
log-prompt-refused = Un prompt de { $member } a été arrêté par la règle « { $rule } » : ||{ $prompt }||
log-prompt-refused-preset = Un prompt de { $member } a été arrêté par la règle « { $rule } » ({ $category }) : ||{ $prompt }||
log-prompt-refused-operator = Un prompt de { $member } a été arrêté par une règle de l'opérateur du bot : ||{ $prompt }||
log-prompt-flagged = Un prompt de { $member } a été arrêté par la modération du service de films ({ $category }) : ||{ $prompt }||
log-time-out = { $member } ne peut pas faire de films pendant { units-hours }, car trop de ses prompts ont été arrêtés aujourd'hui. Un gestionnaire peut lever cela avec /quota unblock.
log-category-minors = contenu sexuel impliquant des mineurs
log-category-sexual = contenu sexuel
log-category-gore = violence sanglante
log-category-slurs = insultes discriminatoires
log-category-self-harm = automutilation
log-category-violence = contenu violent
log-category-hate = haine
log-category-harassment = harcèlement
log-category-illicit = activités illégales
log-category-other = contraire à ses règles
log-limit-server = Ce serveur peut dépenser au maximum { units-credits-monthly }, quoi que fixent ses gestionnaires.
log-limit-server-cleared = Ce serveur retrouve la limite habituelle du bot.
log-block-server = Ce serveur ne peut plus faire de films. Les films en cours seront terminés.
log-unblock-server = Ce serveur peut de nouveau faire des films.
log-pause = Pour l'instant, aucun serveur ne peut faire de nouveaux films. Les films en cours seront terminés.
log-resume = On peut de nouveau faire des films.
log-job-unknown = { $credits ->
    [one] Le service de films n'a pas confirmé un film de { $member }. { units-credits } reste réservé jusqu'à ce qu'on sache ce qu'il est devenu.
   *[other] Le service de films n'a pas confirmé un film de { $member }. { units-credits } restent réservés jusqu'à ce qu'on sache ce qu'il est devenu.
}
log-job-given-up = { $credits ->
    [one] Impossible de savoir ce qu'un film de { $member } est devenu. Il est considéré comme échoué et { units-credits } a été remboursé.
   *[other] Impossible de savoir ce qu'un film de { $member } est devenu. Il est considéré comme échoué et { units-credits } ont été remboursés.
}
log-job-resolved = Un film de { $member } a été vérifié.
log-movie-removed = Un film de { $member } a été supprimé (ID { $id }).
log-gallery-removed = Un film de { $member } a été retiré de la galerie (ID { $id }).
log-report-dismissed = Les signalements d'un film de { $member } ont été ignorés (ID { $id }).
log-deletion-refused = Un film de { $member } a été supprimé (ID { $id }), mais Discord ne me laisse pas supprimer son message. Je réessaie pendant 30 jours. Tu peux le supprimer toi-même : { $link }
log-deletion-given-up = Un film de { $member } a été supprimé (ID { $id }), mais après 30 jours, Discord ne me laisse toujours pas supprimer son message. J'arrête d'essayer. Supprime-le toi-même : { $link }
log-request-approval = Un film de { $member } attend une approbation ({ units-price }, ID { $id }).
log-approve-movie = Un film de { $member } peut démarrer ({ units-price }, ID { $id }).
log-decline-movie = { $credits ->
    [0] Un film de { $member } a été refusé (ID { $id }).
   *[other] Un film de { $member } pour { units-credits } a été refusé et remboursé (ID { $id }).
}
log-lapse-approval = { $credits ->
    [0] Personne n'a décidé à temps pour un film de { $member } : il a été annulé (ID { $id }).
   *[other] Personne n'a décidé à temps pour un film de { $member } pour { units-credits } : il a été annulé et remboursé (ID { $id }).
}
log-restore-backup = Une sauvegarde a été restaurée. Un film de { $member } attend que l'opérateur du bot l'ait vérifié.

log-reason-role-deleted = le rôle a été supprimé
log-reason-submission-unconfirmed = film { $id }
log-reason-ended-as-failed = échec, crédits remboursés
log-reason-request-id-found = retrouvé au service de films, sous l'ID { $id }
log-reason-may-be-submitted = le film { $id } a peut-être déjà été commandé
log-reason-may-be-sent = le message sur le film { $id } a peut-être déjà été envoyé
log-reason-requested = demandés par le membre
log-reason-not-age-restricted = la galerie n'est pas soumise à une limite d'âge
log-reason-staff-unreachable = je ne peux pas écrire dans le salon de l'équipe, et ce serveur laisse alors les films démarrer

## more
## Behind ⋯: a sentence beside each button

more-storyboard = Voir le storyboard et décider.
more-refresh = Obtiens un nouveau lien.
more-scene = Refais une scène : nouvelle image, nouveau clip, nouvelle version du film.
more-rerun = Refais-le avec les mêmes réglages. Tu vois d'abord le prix.
more-dub = Double-le dans une autre langue.
more-subtitles = Ajoute ou change les sous-titres, gratuitement.
more-film = Réunis sa série en un long métrage.
more-retry = Réessaie. Tu vois d'abord le prix.
more-cancel = Annule ce film.
more-cancel-as-staff = Annule ce film à la place de son auteur. Ses crédits sont remboursés.
more-target = Change l'endroit où tu le reçois.
more-remix = Fais ton propre film à partir de son prompt. Tu vois d'abord le prix.
more-versions = Regarde ses versions et ce dont il est tiré.
more-receipt = Regarde ce qu'il a coûté.
more-studio = Ouvre-le dans le Studio du service de films.
more-report = Signale-le à l'équipe.
more-leave-gallery = Retire-le de la galerie. Il reste là où il a été publié d'abord.
more-delete = Supprime ce film et ses liens.
more-remove = Supprime ce film et ses liens, en tant qu'équipe.
more-nothing = Tu ne peux rien faire d'autre avec ce film pour le moment.

## movies
## /movies : les films d'un membre, et la vue d'un film. Seule la personne qui lit les voit.

movies-own-title = Tes films
movies-member-title = Films de { $name } sur ce serveur
movies-unnamed-title = Films de ce membre sur ce serveur
movies-filtered-title = { $title } : { $filter }

movies-none-all =
    Pas encore de films. Fais ton premier avec /movie. Par exemple :
    > { -example-prompt }
movies-none-running = Aucun film en cours.
movies-none-done = Aucun film n'est encore prêt.
movies-none-not-made = Aucun film échoué ou annulé.
movies-member-none-all = { $member } n'a encore demandé aucun film sur ce serveur.
movies-member-none-running = { $member } n'a aucun film en cours sur ce serveur.
movies-member-none-done = { $member } n'a encore aucun film prêt sur ce serveur.
movies-member-none-not-made = { $member } n'a aucun film échoué ou annulé sur ce serveur.

movies-outage = { $outage } Les films en file d'attente démarreront dès que le service les acceptera.
movies-not-delivered = 📬 prêt, mais je n'ai pas pu le publier : ouvre-le ci-dessous
movies-deleted = 🗑️ supprimé
movies-elsewhere = sur un autre serveur
movies-hidden-prompt = (commandé là où tu ne peux pas le voir)
# Members paid for it together
movies-with-others = avec d'autres
movies-share-value = Ta part : { units-credits }
movies-all-hint = Tous les films, les plus récents d'abord
movies-running-hint = En file d'attente, en création ou en vérification
movies-done-hint = Prêts à regarder
movies-not-made-hint = Échoués ou annulés ; le reste est remboursé
movies-filter-placeholder = Filtrer
movies-open-placeholder = Ouvrir un film…
movies-newer-button = Plus récents
movies-older-button = Plus anciens
movies-refresh-button = Actualiser
movies-back-button = Retour à la liste

movies-posted-late = Je n'avais pas pu publier celui-ci. Le voici.
movies-link-may-have-expired = Je n'ai pas pu obtenir de nouveau lien : celui-ci a peut-être expiré.

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
movies-refunded-in-part-value = Dépensé pour les étapes terminées : **{ $cost }**, remboursé : **{ $refunded }**
movies-left-server-value = Un serveur que j'ai quitté
movies-other-server-value = Un autre serveur
movies-deleted-value = Supprimé : { $date }. Son message et ses liens n'existent plus.
movies-deleted-by-manager-value = Supprimé par l'équipe du serveur : { $date }. Son message et ses liens n'existent plus.
movies-requested-value = Demandé : { $date }
movies-finished-value = Terminé : { $date }
movies-finished-after-value = Terminé : { $date } (en { $duration })
movies-ended-value = Arrêté : { $date }
movies-id-footer = ID du film { $id }
movies-by = de { $name }
movies-remixed-from = 🔀 Remix de { $movie }
movies-remixes = Remix ({ $remixes })

movies-not-authorized = Tu ne peux voir que tes propres films. { -managers } peuvent voir ceux de tout le monde sur leur serveur.
movies-not-found = Je ne trouve pas ce film dans la liste. Tape /movies pour voir ce qu'il y a.
movies-unknown-id = Je ne trouve aucun film avec cet ID. Appuie sur ⋯ sous le message du film pour le voir.

## night
## Movie night: the weekly message with a server's best movies, and the private player that its buttons open.

night-title = Soirée cinéma
night-recap-title = La semaine en films
night-intro = Les meilleurs des 7 derniers jours, selon leurs étoiles. *Tout regarder* ne les montre qu'à toi.
night-recap-week = { units-movies } cette semaine, { $spent } en tout
night-recap-maker = en tête : { $member } ({ $movies })
night-all-button = ▶ Tout regarder

# Above a movie. $number and $total: "2 of 5"; $member: a mention
night-playing = Film { $number } sur { $total }, de { $member }
night-next-button = Film suivant
night-last = C'était le dernier.
night-over = Ce film ne peut plus être regardé.

## pictures
## Films faits avec les images d'un membre

pictures-prompt = Un film fait avec mes images
pictures-count = { $pictures ->
    [one] { $pictures } image
   *[other] { $pictures } images
}
pictures-notice = 🖼️ Le service de films reçoit tes images. N'utilise que des images que tu as le droit de partager, avec le consentement de toute personne dont on voit le visage.

pictures-not-offered = Les images ne sont pas disponibles pour le moment.
pictures-too-many = Un film accepte jusqu'à { $most } images.
pictures-too-large = L'image { $number } est trop lourde. Chacune peut faire jusqu'à { $most } Mo.
pictures-too-large-together = Tes images sont trop lourdes ensemble. À elles toutes, elles peuvent faire jusqu'à { $most } Mo.
pictures-not-a-picture = Le fichier { $number } n'est pas une image PNG, JPEG ou WebP.
pictures-not-read = Discord n'a pas transmis l'image { $number }. Réessaie.
pictures-with-duration = La durée du film dépend des images, et il n'a pas de storyboard. Laisse **duration** et **storyboard** vides.
pictures-gone = Je ne garde les images que tant que leur commande est ouverte, et celles-ci n'y sont plus. Rien ne t'a été facturé. Tape /movie et ajoute-les à nouveau.

## pitch
## /pitch : un film que des membres paient ensemble. Le message public, et ce que lit seulement qui a appuyé.

# The public message. $time: "in 3 days"
pitch-ended-title = Cette proposition est terminée
pitch-progress = { $pledged } sur { $price } · { $people ->
    [one] { $people } personne
   *[other] { $people } personnes
} · fin { $time }
pitch-by = proposé par { $member }
pitch-waits-plan = Financée, mais ce bot ne peut plus faire de films ce mois-ci : { -keep-trying }
pitch-waits-server = Financée, mais le budget de ce serveur ne suffit pas encore : { -keep-trying }
pitch-waits-busy = Financée, mais trop de films sont en cours : { -keep-trying }
pitch-waits-paused = Financée, mais les nouveaux films sont en pause : { -keep-trying }
pitch-waits-member = Financée, mais le film ne peut pas être commandé pour le moment : { -keep-trying }
pitch-ended-funded = Elle est entièrement financée, et le film est commandé.
pitch-ended-lapsed = Le délai a expiré, et tout le monde a été remboursé.
pitch-ended-withdrawn = Le membre qui l'a faite l'a retirée, et tout le monde a été remboursé.
pitch-ended-removed-by-staff = L'équipe de ce serveur l'a supprimée, et tout le monde a été remboursé.
pitch-ended-prompt-refused = Son prompt est contraire aux règles de ce serveur : tout le monde a été remboursé.
pitch-ended-not-offered = Son modèle ou sa durée n'est plus disponible ici : tout le monde a été remboursé.
pitch-ended-restored = J'ai été restauré depuis une sauvegarde, alors je l'ai fermée, et tout le monde a été remboursé.
pitch-ended-server-left = J'ai été retiré du serveur, et tout le monde a été remboursé.
pitch-ended-message-gone = Son message ou son salon a été supprimé : tout le monde a été remboursé.

pitch-add-button = Mettre { $credits }
pitch-rest-button = Le reste ({ $credits })
pitch-other-button = Autre montant
pitch-back-button = Reprendre
pitch-withdraw-button = Retirer
pitch-remove-button = Supprimer
pitch-other-line = Participe avec un autre montant : jusqu'à { $missing }.
pitch-back-line = Reprends ta participation ({ $share }) tant que la proposition n'est pas financée.
pitch-withdraw-line = Retire ta proposition : tout le monde est remboursé.
pitch-remove-line = Supprime-la en tant qu'équipe : son prompt est masqué, et tout le monde est remboursé.
pitch-other-modal-title = Participer avec un autre montant
pitch-amount-label = Combien de crédits ?
pitch-amount-hint = Il manque encore { units-credits }. Si le film ne se fait pas, tes crédits sont remboursés.

# Private answers. $share, $mine, $missing, $price, $left: amounts such as "50 credits"
pitch-pledged = Tu as mis { $share }. Ton total : { $mine }. Il manque encore { $missing }. Tu peux reprendre tes crédits (⋯) tant que la proposition n'est pas financée.
pitch-month-ends = 🗓️ Cela comprend { units-credits } de l'allocation de ce mois, qui se termine { $time } avec le mois. Si la proposition n'est pas financée d'ici là, cette part est perdue.
pitch-completed = 🎉 Avec ta participation ({ $share }), le compte y est ! Le film est commandé. Tu peux suivre sa progression ici.
pitch-completed-approval = 🎉 Avec ta participation ({ $share }), le compte y est ! L'équipe de ce serveur doit d'abord approuver le film. Si personne ne le fait sous 48 heures, tout le monde est remboursé.
pitch-completed-waiting = 🎉 Avec ta participation ({ $share }), le compte y est !
pitch-taken-back = Tu as repris { $share }. Il manque encore { $missing }.
pitch-shortfall = Cela fait { $price }, mais il ne te reste que { $left }. { -not-charged } Mets moins, ou attends : tes crédits se renouvellent { $time }.
pitch-shortfall-new = Tu ne peux pas mettre { $price } : il te reste { $left }, alors rien n'a été proposé. Mets moins, ou attends : tes crédits se renouvellent { $time }.
pitch-too-much = C'est trop : il ne manque plus que { $missing }. { -not-charged }
pitch-alone = Ce film coûte { $price } : mets moins, ou crée-le toi-même avec /movie. Rien n'a été proposé.
pitch-complete = Cette proposition est déjà entièrement financée. Son film attend d'être créé.
pitch-no-pledge = Tu n'as pas de crédits dans cette proposition.
pitch-not-yours = Le retrait de cette proposition est réservé à { $member }. Appuie sur ⋯ pour reprendre tes propres crédits.
pitch-too-many = Tu as déjà { $pitches } propositions ouvertes ici, c'est la limite. Retires-en une ou attends la fin de l'une d'elles.
pitch-not-offered = On ne peut pas se cotiser pour cela. Commande-le toi-même.
pitch-failing = Tes { $failures } derniers films de ce prompt ont échoué : les autres ne devraient pas payer pour le prochain. Propose un autre prompt, ou crée d'abord ce film toi-même avec /movie.
pitch-voted = Tu as voté pour cette proposition. Les votes sont gratuits et ne changent que l'ordre dans /pitches.
pitch-voted-already = Tu as déjà voté pour cette proposition.
pitch-unknown = Je ne trouve pas cette proposition ici. Tape /pitches pour voir celles qui sont en cours.
pitch-over = Cette proposition est terminée.
pitch-handled = C'est déjà fait. Tu as { units-credits } dans cette proposition.
pitch-amount-invalid = Écris un nombre entier de crédits, par exemple 25. { -not-charged }
pitch-never-fits-server = Ce film coûte { $price }, et le budget du serveur pour un mois entier est de { $left }. Propose un film plus court.
pitch-never-fits-queue = Ce film coûte { $price }, mais les films en file d'attente d'un membre ne peuvent pas coûter plus de { $left } au total. Propose un film plus court.
pitch-never-fits-bot = Ce film coûte { $price }, plus que ce que le bot peut dépenser en un mois. Propose un film plus court.
pitch-withdraw-question = Retirer cette proposition ? Tout le monde est remboursé, et plus personne ne peut participer.
pitch-withdrawn = Retirée. Tout le monde est remboursé.
pitch-remove-question = Supprimer cette proposition ? Son prompt est masqué, et tout le monde est remboursé.
pitch-removed = Supprimée. Tout le monde est remboursé.
pitch-not-posted = Discord n'a pas confirmé ta proposition, alors je l'ai retirée. Réessaie, s'il te plaît.

## pitches
## /pitches: the open pitches of a server.

pitches-list-title = Propositions en cours
pitches-empty = Aucune proposition en cours. Lances-en une avec /pitch, et tout le monde ici pourra participer.
# $credits: what is still needed; $price: "600 credits"; $time: "in 3 days"
pitches-missing = { $credits ->
    [one] { $credits } sur { $price } manquant
   *[other] { $credits } sur { $price } manquants
}
pitches-complete = financée, en attente de création
pitches-ends = se termine { $time }
# The text of a link to the pitch
pitches-open = Ouvrir
pitches-sort-placeholder = Trier par
pitches-manage-placeholder = Choisis une proposition : participer, reprendre…
pitches-back-button = Précédent
pitches-next-button = Suivant
pitches-page-footer = Page { $page } sur { $pages }

## pledges
## What members who chipped in for a pitch are told.

# In the channel, or by DM. $members: mentions; $pitch: a link to the pitch; $why: one of the sentences below
pledges-funded = 🎬 { $members } : [la proposition]({ $pitch }) à laquelle tu as participé est financée, et son film est commandé.
pledges-funded-direct = 🎬 [La proposition]({ $pitch }) où tu as mis { units-credits } est financée, et son film est commandé.
pledges-approval = 🎬 { $members } : [la proposition]({ $pitch }) à laquelle tu as participé est financée, et l'équipe du serveur a 48 heures pour approuver le film.
pledges-approval-direct = 🎬 [La proposition]({ $pitch }) où tu as mis { units-credits } est financée, et l'équipe du serveur a 48 heures pour approuver le film.
pledges-returned = ↩️ { $members }, tes crédits pour [la proposition]({ $pitch }) ont été remboursés{ $why }.
pledges-returned-direct = ↩️ Remboursé : { units-credits } pour [la proposition]({ $pitch }){ $why }.
pledges-over = 🎟️ { $members }, [ta proposition]({ $pitch }) est terminée{ $why }.
pledges-over-direct = 🎟️ [Ta proposition]({ $pitch }) est terminée{ $why }.
pledges-lapsed = 🗓️ { $members }, l'allocation du mois dernier ne compte plus pour [la proposition]({ $pitch }) : participe à nouveau si tu veux toujours ce film.
pledges-lapsed-direct = 🗓️ L'allocation du mois dernier ({ units-credits }) ne compte plus pour [la proposition]({ $pitch }) : participe à nouveau si tu veux toujours ce film.
pledges-waiting = ⏳ { $members } : [la proposition]({ $pitch }) à laquelle tu as participé est financée, mais son film ne peut pas encore être commandé : { -keep-trying }
pledges-waiting-direct = ⏳ [La proposition]({ $pitch }) où tu as mis { units-credits } est financée, mais son film ne peut pas encore être commandé : { -keep-trying }
pledges-made = 🎬 { $members }, le film de [la proposition]({ $pitch }) à laquelle tu as participé est prêt : retrouve-le dans /movies.
pledges-made-direct = 🎬 Le film de [la proposition]({ $pitch }) où tu as mis { units-credits } est prêt : retrouve-le dans /movies.

# Why credits came back
pledges-why-lapsed = le délai a expiré
pledges-why-withdrawn = elle a été retirée
pledges-why-removed-by-staff = l'équipe du serveur l'a supprimée
pledges-why-prompt-refused = son prompt est contraire aux règles du serveur
pledges-why-not-offered = son modèle ou sa durée n'est plus disponible
pledges-why-restored = le bot a été restauré depuis une sauvegarde
pledges-why-server-left = j'ai été retiré du serveur
pledges-why-message-gone = son message ou son salon a été supprimé
pledges-why-job-ended = le film n'a pas été fait
pledges-why-job-ended-late = le film n'a pas été fait, et le mois du paiement est terminé : tu reçois des crédits bonus

# A movie that was canceled after it began. $spent, $refunded: credits of the member's share
pledges-charged = ↩️ { $members }, le film de [la proposition]({ $pitch }) a été annulé : les parts de chacun ont payé ses étapes terminées, et le reste a été remboursé.
pledges-charged-direct = ↩️ Le film de [la proposition]({ $pitch }) a été annulé ; ses étapes terminées t'ont coûté { $spent }, remboursé : { $refunded }.

# In the message of the movie. $names: a list of mentions
pledges-paid-by = Payé par { $names }.
pledges-paid-by-more = Payé par { $names } et { $more } de plus.
pledges-paid-by-unnamed = { $more ->
    [one] Payé par { $more } membre.
   *[other] Payé par { $more } membres.
}

# The credits of a movie that members paid for together. $cost, $price: all shares, such as "200 credits"
pledges-cost = Dépensé ensemble : **{ $cost }**
pledges-refunded = Tout le monde a récupéré ses crédits.
pledges-refunded-bonus = Tout le monde a récupéré ses crédits sous forme de crédits bonus, car le mois du paiement est terminé.
pledges-cost-in-part = Tout le monde a payé sa part de **{ $cost }** et récupéré le reste.
pledges-cancelled = Annulé. Tout le monde a récupéré ses crédits.
pledges-ended = C'est déjà terminé. Tout le monde a récupéré ses crédits.
pledges-failed = { $member }, le film que tu as proposé a échoué.
pledges-not-started = { $member }, le film que tu as proposé n'a pas commencé.
pledges-not-cancellable = Un film payé ensemble ne peut plus être annulé quand il est en cours. Je le publierai dans le salon quand il sera prêt.
pledges-to-channel = Un film payé ensemble est toujours publié dans le salon.

## preferences
## /preferences : les choix par défaut d'un membre et la destination de ses films. Visible de lui seul.

preferences-title = Tes préférences
preferences-intro = /movie reprend tes derniers choix, sauf si tu en indiques d'autres.
preferences-empty = Aucun choix par défaut pour l'instant. Fais-les ici, ou je retiendrai ceux de ton prochain film.
preferences-cost = Un film de { $duration } coûte **{ $price }** ({ $rate }).
preferences-footer = Valable sur tous les serveurs.

preferences-video-model = Modèle vidéo : { $choice }
preferences-image-model = Modèle d'image : { $choice }
preferences-seconds = Durée : { $choice }
preferences-aspect-ratio = Format : { $choice }
preferences-language = Langue : { $choice }
preferences-subtitles = Sous-titres : { $choice }
preferences-tone = Ton : { $choice }
preferences-music = Musique : { $choice }
preferences-voice = Voix : { $choice }

# Comment ce choix a été fait
preferences-unsupported-default = { $choice } ne prend pas ce format en charge, d'où le choix par défaut : **{ $other }**
preferences-unavailable-default = { $choice } n'est plus disponible, d'où le choix par défaut : **{ $other }**

preferences-video-model-placeholder = Modèle vidéo
preferences-image-model-placeholder = Modèle d'image
preferences-seconds-placeholder = Durée
preferences-aspect-ratio-placeholder = Format
preferences-language-placeholder = Langue
preferences-subtitles-placeholder = Sous-titres
preferences-tone-placeholder = Ton
preferences-music-placeholder = Musique
preferences-voice-placeholder = Voix

# La première option de chaque menu, qui rétablit le choix par défaut
preferences-video-model-option = Modèle vidéo : automatique (le meilleur pour le format)
preferences-image-model-option = Modèle d'image : automatique
preferences-seconds-option = Durée : { $choice } (par défaut)
preferences-aspect-ratio-option = Format : { $choice } (par défaut)
preferences-language-option = Langue : { $choice } (par défaut)
preferences-subtitles-option = Sous-titres : { $choice } (par défaut)
preferences-tone-option = Ton : { $choice } (par défaut)
preferences-music-option = Musique : { $choice } (par défaut)
preferences-voice-option = Voix : { $choice } (par défaut)

preferences-off-option = Non
preferences-on-option = Oui

preferences-channel-value = Les films terminés sont publiés là où tu les as commandés, en te mentionnant.
preferences-direct-value = Les films terminés arrivent par MP, ou dans le salon si tes MP sont fermés.

preferences-channel-button = Dans le salon
preferences-dm-button = Par MP
preferences-unlist-button = Ne pas montrer
preferences-list-button = Montrer
preferences-listed-value = Les étoiles peuvent amener tes films dans une galerie, et tu peux être dans /top.
preferences-unlisted-value = Les étoiles n'amènent tes films ni dans une galerie ni dans une soirée cinéma, et tu n'es pas dans /top.
preferences-unlisted = Désormais, les étoiles n'amènent plus tes films dans une galerie ni dans une soirée cinéma, et tu n'es plus dans /top.
preferences-storyboard-value = Tes films commencent par un storyboard : tu vois les images avant de payer la vidéo.
preferences-no-storyboard-value = Tes films sont faits d'un seul coup, sans storyboard.
preferences-storyboard-button = D'abord le storyboard
preferences-no-storyboard-button = D'un seul coup
preferences-listed = Les étoiles peuvent maintenant amener tes films dans une galerie, et tu peux être dans /top.
preferences-reset-button = Réinitialiser
preferences-extras-button = Modifier
preferences-back-button = Retour

preferences-not-offered = Ce choix n'est plus disponible. Choisis-en un autre ci-dessous.
preferences-dropped-aspect-ratio = { $model } ne prend pas en charge { $dropped } : ton format est maintenant { $choice }.
preferences-dropped-model = { $model } ne prend pas en charge { $choice } : j'ai pris le meilleur modèle pour ce format.
preferences-channel-set = À partir de ton prochain film, je publierai tes films terminés dans le salon.
preferences-dm-set = À partir de ton prochain film, je t'enverrai tes films terminés par MP.
preferences-reset = Tes préférences sont réinitialisées.

## privacy
## /privacy, et ce qui reste des films dont le texte a été supprimé

privacy-prompt-gone = (prompt supprimé)
privacy-link-gone = Le lien vers ce film a été supprimé.
privacy-not-again = Le prompt de ce film a été supprimé, je ne peux donc pas le refaire. Crées-en un nouveau avec /movie. { -not-charged }
privacy-unnamed = un membre qui a supprimé ses données

privacy-title = Tes données
privacy-about = Je conserve ton ID, tes films et propositions avec leurs prompts et leurs liens, ton nom au moment de la commande, tes crédits et chaque changement, tes choix de /preferences, les films dont tu veux des nouvelles, les propositions pour lesquelles tu as voté, les films auxquels tu as donné une étoile ou que tu as signalés (et pourquoi) et le début des prompts bloqués par les règles d'un serveur. Je ne conserve pas tes autres messages, sauf si quelqu'un en fait un film. Les prompts sont envoyés au service de films.
privacy-moderation = Avant que je commande un film ou que j'en montre le prix, le service de films vérifie son prompt. Je conserve le début des prompts qu'il n'accepte pas.
privacy-pictures = Les images dont tu fais un film vont au service de films. Je ne les garde que jusqu'à ce qu'il les ait, ou que la commande se termine.
privacy-kept-field = Combien de temps
privacy-kept-value =
    { $days ->
        [one] { $days } jour
       *[other] { $days } jours
    } après la fin d'un film ou d'une proposition, je supprime son prompt, ses liens et ton nom. Ton ID et tes crédits restent jusqu'à ce que tu les supprimes, ou jusqu'à 30 jours après mon retrait d'un serveur.
privacy-kept-always-value = Jusqu'à ce que tu les supprimes, ou jusqu'à 30 jours après mon retrait d'un serveur.
privacy-elsewhere-field = Ce que je ne peux pas supprimer
privacy-elsewhere-value = Les messages déjà publiés sur Discord, sauf ceux de tes films si tu les supprimes aussi, et ce que conserve le service de films.
privacy-now-value = En ce moment : { units-movies }, tes crédits et leur historique, et tes préférences.
privacy-nothing = Rien n'est conservé à ton sujet.
privacy-export-button = Exporter
privacy-erase-button = Supprimer mes données
privacy-policy-button = Confidentialité
privacy-terms-button = Conditions d'utilisation
privacy-export-ready = Tout ce que je conserve à ton sujet : JSON pour les programmes, CSV pour les tableurs.
privacy-export-too-large = C'est trop pour un message Discord. Demande ton export à l'opérateur du bot.
privacy-question-title = Supprimer tes données sur tous les serveurs ? C'est définitif.
privacy-question-what = Tes films, liens, reçus et préférences disparaissent. Tes propositions ouvertes sont retirées, et ce que tu as mis dans celles des autres est remboursé.
privacy-question-waiting = En file d'attente : { units-movies }. Ce qui attend est annulé et remboursé.
privacy-question-open = En cours : { units-movies }. Tu reçois encore ce qui est en cours, puis c'est supprimé aussi. D'ici là, tu ne peux rien commander.
privacy-question-bonus = Tu perds { units-bonus-credits }.
privacy-question-memory = Ce que tu as dépensé ce mois-ci compte jusqu'à la fin du mois. Les blocages et les allocations de 0 restent valables jusqu'à leur fin. Tout est gardé sous un code qui ne te nomme pas.
privacy-question-messages = Les messages sur Discord restent, sauf si tu supprimes aussi ceux de tes films. Ceux des films auxquels d'autres ont participé restent.
privacy-confirm-button = Tout supprimer
privacy-confirm-messages-button = Tout supprimer, messages compris
privacy-keep-button = Garder mes données
privacy-erased = C'est fait. Tes données sont supprimées.
privacy-erased-with-messages = C'est fait. Tes données sont supprimées, et je supprime les messages de tes films.
privacy-erasing-soon = Je supprime tes données. Cela prend un instant.
privacy-erasing-later = Je supprime tes données. Encore en cours : { units-movies }. Tu reçois encore ce qui est en cours, puis c'est supprimé aussi. D'ici là, tu ne peux rien commander.
privacy-nothing-erased = OK, rien n'a été supprimé.
privacy-not-yours = Seule la personne qui a tapé /privacy peut utiliser ce bouton. Tape-le toi-même pour voir tes propres données.
privacy-too-often = Tu as supprimé tes données plusieurs fois. Tu pourras recommencer { $time }.

## prompts
## Les boutons d'un prompt sous son prix, et les mots qui l'améliorent.

prompts-surprise-button = Surprends-moi
prompts-improve-button = Améliorer mon prompt
prompts-back-button = Revenir à mon prompt
prompts-style-placeholder = Choisir un style
prompts-no-style-option = Aucun style

prompts-no-room = Il n'y a plus de place : un prompt compte jusqu'à { $characters } caractères. Raccourcis d'abord le tien.
prompts-style-gone = Ce style n'est plus disponible. Choisis-en un autre.

prompts-next-sentence = { $last } { $added }
prompts-end-and-next-sentence = { $last }. { $added }
prompts-list = { $words }, { $next }
prompts-sentence = { $words }.

prompts-shot =
    { $variant ->
        [0] Plan d'ensemble large
        [1] Gros plan intime
        [2] Contre-plongée
        [3] Vue du ciel
        [4] Plan par-dessus l'épaule
        *[5] Composition symétrique
    }

prompts-light =
    { $variant ->
        [0] lumière dorée du soir
        [1] brume douce du matin
        [2] clair de lune froid
        [3] lumière chaude d'une lampe
        [4] contre-jour spectaculaire
        *[5] soleil à travers les feuilles
    }

prompts-camera =
    { $variant ->
        [0] lent travelling avant
        [1] travelling fluide
        [2] caméra à l'épaule discrète
        [3] mouvement de grue ascendant
        [4] lente rotation autour du sujet
        *[5] faible profondeur de champ
    }

prompts-mood =
    { $variant ->
        [0] ambiance onirique
        [1] émerveillement discret
        [2] énergie espiègle
        [3] chaleur nostalgique
        [4] attente tendue
        *[5] grandeur épique
    }

## quota
## /quota : les limites d'un serveur ou d'un membre, et les refus. Seule la personne qui demande les voit.

quota-server-title = Limites de ce serveur
quota-each-member-field = Allocation par défaut
quota-server-field = Budget du serveur
quota-staff-channel-field = Salon de l'équipe
quota-roles-field = Rôles
quota-members-field = Membres
quota-blocked-field = Blocage

quota-budget-used = { $bar } · **{ $credits } sur { $limit }** utilisés
quota-budget-failed = { $used }, dont { $credits } pour des films échoués

quota-bot-default = { units-credits-monthly } (valeur par défaut du bot)
quota-set-by-operator = { units-credits-monthly } (limite fixée par l'opérateur du bot)
quota-unlimited = illimité (jusqu'au forfait du bot)
quota-no-channel = aucun (choisis-en un avec /setup)
quota-channel-failed = ⚠️ Je n'ai pas pu y écrire { $time }. Vérifie mes permissions, puis choisis à nouveau le salon.
quota-limit-line = { $name } : { units-credits-monthly }
quota-block-line = { $name } : { $block }

quota-blocked-until = jusqu'au { $time }
quota-blocked = jusqu'au déblocage
quota-blocked-everywhere = sur tous les serveurs, jusqu'à ce que l'opérateur du bot lève le blocage
quota-blocked-everywhere-until = sur tous les serveurs jusqu'au { $time }, par l'opérateur du bot
quota-timed-out-until = jusqu'au { $time }, par le filtre de prompts
quota-block-with-reason = { $block } ({ $reason })

quota-change-modal-title = Crédits : { $name }
quota-grant-label = Crédits bonus à donner
quota-grant-hint = En a { $credits }. Vide : aucun changement
quota-allowance-label = Allocation mensuelle
quota-allowance-hint = Actuellement { units-credits-monthly }. Vide : aucun changement
quota-hours-label = Bloquer pendant combien d'heures ?
quota-hours-hint = Vide : aucun changement. Blocage sans fin : /quota block
quota-reason-label = Raison
quota-reason-hint = Facultatif. Elle est notée dans le journal, et le membre bloqué la voit.
quota-nothing-changed = Tous les champs étaient vides : rien n'a changé.

quota-operator-limits-server = L'opérateur du bot accorde { units-credits-monthly } à ce serveur : c'est donc sa limite.
quota-operator-blocks-member = Ce membre ne peut pourtant pas encore faire de films : l'opérateur du bot l'a bloqué sur tous les serveurs.

quota-not-allowed = Il te faut la permission **Gérer le serveur**.
quota-bad-credits = **credits** doit être un nombre entier entre { $min } et { $max } (tu as saisi { $given }).
quota-bad-hours = **hours** doit être un nombre entier entre { $min } et { $max } (tu as saisi { $given }).
quota-reason-required = **reason** ne peut pas être vide.
quota-reason-too-long = **reason** est trop long ({ $characters } caractères, { $max } au maximum).
quota-bad-month = « { $given } » n'est pas un mois valide. Écris-le au format AAAA-MM, par ex. 2026-11.
quota-bot-member = { $member } est un bot. Les bots ne peuvent pas faire de films.
quota-not-a-member = { $member } n'est plus sur ce serveur.
quota-role-deleted = { $role } n'existe plus.
quota-everyone = Pour @everyone, utilise /quota default.
quota-no-bonus = { $member } n'a pas de crédits bonus à retirer.
quota-too-little-bonus = Tu peux retirer au maximum { units-bonus-credits } à { $member } (le reste est utilisé ou réservé).
quota-not-blocked-member = Aucun blocage ne vise { $member }.
quota-nothing-to-reset = { $member } n'a encore rien utilisé de l'allocation de ce mois-ci.

quota-current-default = Par défaut, les membres reçoivent { units-credits-monthly }.
quota-current-bot-default = Par défaut, les membres reçoivent { units-credits-monthly } (valeur du bot).
quota-current-server = Ce serveur peut dépenser { units-credits-monthly }.
quota-current-server-operator = Ce serveur peut dépenser { units-credits-monthly } (limite fixée par l'opérateur du bot).
quota-current-server-unlimited = Ce serveur n'a pas de budget propre. Il peut dépenser autant que le forfait du bot le permet.
quota-current-member = { $member } reçoit { units-credits-monthly } ({ $source }).
quota-current-role = Les membres avec { $role } reçoivent { units-credits-monthly }.
quota-current-role-none = { $role } n'a pas d'allocation propre.
quota-how-to-set = Pour changer cela, relance cette commande avec **{ $option }**.
quota-how-to-change = Pour changer cela, relance cette commande avec **{ $option }**. Pour le supprimer, utilise /quota clear { $what }.

quota-default-not-set = Aucune allocation par défaut n'est définie ici. Les membres reçoivent déjà la valeur par défaut du bot.
quota-server-not-set = Ce serveur n'a pas de budget propre.
quota-member-not-set = { $member } n'a pas d'allocation personnelle.

quota-queued = { $movies ->
    [one] Ce membre a encore { $movies } film en attente.
   *[other] Ce membre a encore { $movies } films en attente.
}
quota-cancel-queued-button = Annuler et rembourser
quota-queued-cancelled = { $movies ->
    [one] { $movies } film annulé et remboursé. Les films en cours seront terminés.
   *[other] { $movies } films annulés et remboursés. Les films en cours seront terminés.
}
quota-none-queued = Ce membre n'a plus rien en attente : rien n'a été annulé.

## quotes
## Le prix d'un film avant la commande, et la suite. Visible de son membre seulement.

quotes-price = **{ units-credits }** pour { $duration }
quotes-starter = 🎁 Ton premier film est offert : ses crédits sont remboursés dès qu'il est prêt.
quotes-price-at-most = **Jusqu'à { units-credits }** pour { $duration } : tu paies ce que ça coûte
quotes-storyboard = 🖼️ D'abord le storyboard : **{ $now }** pour le dessiner, **{ $later }** de plus si tu lances le rendu. Tout est réservé jusqu'à ta décision.
quotes-resets = crédits renouvelés { $time }

quotes-last-model = ⚠️ Ton dernier modèle, { $model }, coûte { $rate } ; { $other } coûte { $other_rate }.
quotes-raised = ⚠️ Le prix de { $model } a augmenté : { $rate } désormais.

quotes-failing = ⚠️ Tes { $failures } derniers films de ce prompt ont échoué. Essaie un autre prompt.

# Durées proposées pendant la saisie
quotes-leaves = reste { $after }
quotes-missing = il manque { $credits }

quotes-accept-button = C'est parti ({ $credits })
quotes-accept-free-button = C'est parti
quotes-accept-at-most-button = C'est parti (jusqu'à { $credits })
quotes-storyboard-button = Dessiner ({ $now } + { $later })
quotes-edit-button = Modifier
quotes-cancel-button = Annuler
quotes-shorter-button = Créer { $duration } ({ $credits })
quotes-with-model = { $duration } avec { $model }
quotes-ideas-button = Idées
quotes-more-button = Plus…
quotes-back-button = Durée et modèle

quotes-accepted = C'est parti ! Suis-le ci-dessous.
quotes-cancelled = Annulé. Rien ne t'a été débité.
quotes-not-accepted = Discord a eu un raté : rien n'a été commandé ni débité. Réessaie.

quotes-already-ordered = Tu as déjà commandé ce film.
quotes-already-ordered-there = Tu as déjà commandé ce film : { $link }
quotes-replaced = Tu as modifié, proposé ou annulé ce film. Rien ne t'a été débité.
quotes-expired = Ce prix n'est plus valable. Rien ne t'a été débité. Recommence.

## reasons
## Pourquoi un film s'est terminé sans résultat, tel que le membre le lit.

reasons-upstream-failed = Le service de films n'a pas pu terminer ce film.
reasons-upstream-lost-job = Le service de films a perdu ce film.
reasons-request-rejected = Le service de films a refusé cette demande.
reasons-authentication-failed = Le bot n'arrive pas à se connecter au service de films. { -operator-notified } Réessaie plus tard.
reasons-model-refused = Le service de films n'accepte pas ce modèle en ce moment, choisis-en un autre. { -operator-notified }
reasons-wrong-api = Le service de films a changé, et ce bot doit être mis à jour. { -operator-notified } Réessaie plus tard.
reasons-credits-ran-out = Le bot n'avait plus de crédits auprès du service de films pendant la création de ton film. Ce n'est pas ta faute. { -operator-notified } Réessaie plus tard.
reasons-key-limit-reached = Ce bot a atteint sa limite mensuelle auprès du service de films. { -operator-notified } Réessaie plus tard.
reasons-plan-exhausted = Ce bot n'a plus de crédits auprès du service de films. { -operator-notified } Réessaie plus tard.
reasons-rate-limited = Le service de films est très occupé en ce moment. Réessaie dans quelques minutes.
reasons-unreachable = Le service de films est resté injoignable pendant une heure. Réessaie plus tard.
reasons-resolved-by-operator = Le service de films n'a jamais confirmé ce film, l'opérateur du bot l'a donc marqué comme échoué.
reasons-stayed-unknown = Impossible de savoir ce que ce film est devenu : j'ai cessé d'attendre et je l'ai marqué comme échoué.
reasons-response-failed = Discord n'a pas confirmé ta commande à temps, le film n'a donc jamais démarré.
reasons-cancelled-by-member = Annulé avant d'avoir démarré.
reasons-cancelled-by-staff = Annulé par l'équipe du serveur avant d'avoir démarré.
reasons-cancelled-in-part = Annulé en cours de création. Seules les étapes terminées ont été facturées.
reasons-declined = L'équipe de ce serveur l'a refusé.
reasons-declined-because = L'équipe de ce serveur l'a refusé : « { $reason } »
reasons-approval-lapsed = L'équipe de ce serveur ne l'a pas approuvé sous 48 heures.
reasons-server-left = J'ai été retiré du serveur avant que son équipe se décide.
reasons-not-offered = Au moment de l'approbation, ce modèle ou cette durée n'était plus disponible.
reasons-stopped = Arrêté au storyboard. Seul le storyboard a été facturé.
reasons-undecided = Personne n'a décidé du storyboard sous 48 heures. Seul le storyboard a été facturé.
reasons-source-gone = Le film d'origine a été supprimé avant l'envoi. Rien n'a été facturé.

reasons-with-message = { $sentence } Sa réponse : « { $message } »

## refusals
## Pourquoi une commande est refusée, et ce que le membre peut faire

refusals-not-charged = { -not-charged }
refusals-paused = L'opérateur du bot a suspendu les nouveaux films. { -in-progress-finish }
refusals-server-blocked = L'opérateur du bot a arrêté les nouveaux films ici. { -in-progress-finish }
refusals-erasing = Tu m'as demandé de supprimer tes données. Tu pourras commander à nouveau quand ce sera fait.
refusals-open-movies = Tu as déjà { units-movies } en attente ou en création, le maximum pour un membre. Commande le prochain quand l'un d'eux sera prêt.
refusals-server-open-movies = Ce serveur a déjà { units-movies } en attente ou en création, le maximum pour un serveur. Réessaie quand certains seront prêts.
refusals-cooling-down = Tu as annulé des films ou repris des crédits plusieurs fois de suite. Tu pourras recommander et participer { $time }.
refusals-failures = Tes films échoués ont trop coûté à ce bot ce mois-ci. Tu pourras recommander { $time }, ou plus tôt si un gestionnaire du serveur où ils ont échoué utilise `/quota unblock`.
refusals-too-fast = C'était rapide ! Tu pourras recommander { $time }. { -not-charged }
refusals-too-many-commands = Ça fait beaucoup de commandes ! Tu pourras en réutiliser une { $time }.

refusals-member-credits = Ce film coûte **{ $price }** ; il te reste **{ $left }** jusqu'au { $date }.
refusals-server-credits = Ce film coûte **{ $price }** ; il reste **{ $left }** à ce serveur jusqu'au { $date }.
refusals-bot-credits = Ce bot ne peut pas créer ce film avant le { $date }.
refusals-queue-full = Ce film coûte **{ $price }** ; tes films en file d'attente peuvent coûter au plus **{ $left }** de plus pour l'instant.

refusals-blocked = Un gestionnaire du serveur te bloque jusqu'à nouvel ordre.
refusals-blocked-until = Un gestionnaire du serveur te bloque jusqu'au { $time }.
refusals-blocked-everywhere = L'opérateur du bot te bloque jusqu'à nouvel ordre.
refusals-blocked-everywhere-until = L'opérateur du bot te bloque jusqu'au { $time }.
refusals-timed-out-until = Tes prompts ont trop souvent été contraires aux règles de ce serveur : tu ne peux pas faire de films ici jusqu'au { $time }.
refusals-reason = Raison : { $reason }
refusals-in-progress-finish = { -in-progress-finish } { -not-charged }

refusals-server-not-allowed = Ce bot ne fait pas de films pour ce serveur. Demande à son opérateur si tu le veux ici.
refusals-may-not-post = Tu ne peux pas envoyer de messages dans ce salon, donc pas non plus y commander de films.
refusals-button-timed-out = Ton exclusion temporaire de ce serveur t'empêche d'utiliser ce bouton pour l'instant. Réessaie { $time }.
refusals-not-own-message = Tu ne peux transformer en film que tes propres messages. Décris plutôt un film avec /movie. { -not-charged }
refusals-menu-off = Ce serveur a désactivé les films à partir de messages. Décris plutôt un film avec /movie. { -not-charged }

# The server's setup: $channels and $roles are lists of mentions
refusals-channel = Les films se font dans { $channels }.
refusals-channel-deleted = Les salons pour les films n'existent plus. Demande à un gestionnaire du serveur d'en choisir d'autres avec /setup.
refusals-age = Ici, les films ne se font que dans les salons soumis à une limite d'âge.
refusals-role = Pour faire des films ici, il te faut l'un de ces rôles : { $roles }.
refusals-role-deleted = Les rôles qui pouvaient faire des films ici n'existent plus. Demande à un gestionnaire du serveur d'en choisir d'autres avec /setup.
refusals-no-model = Aucun des modèles que ce serveur autorise n'est disponible pour l'instant. Demande à un gestionnaire du serveur d'en autoriser d'autres avec /setup.

# The prompt filter. Nothing says which rule it was. $time: "in 24 hours"
refusals-prompt = Ton prompt est contraire aux règles de ce serveur. Modifie-le, ou demande à un gestionnaire du serveur si c'est une erreur.
refusals-prompt-by-bot = Des mots que j'ai ajoutés sont contraires aux règles de ce serveur. N'utilise que les tiens.
refusals-prompt-last-one = Encore un comme celui-ci aujourd'hui, et tu ne pourras plus faire de films ici pendant { units-hours }.
refusals-prompt-timed-out = C'était le prompt de trop aujourd'hui. Tu pourras refaire des films ici { $time }.
refusals-prompt-flagged = Le service de films n'accepte pas ce prompt ({ $category }). Modifie-le, ou écris-en un autre.
refusals-pictures-flagged = Le service de films n'accepte pas ce prompt ou ces images ({ $category }). Modifie le prompt, ou choisis d'autres images.

# Ce que permettent les crédits restants

refusals-not-staff = Seule l'équipe de ce serveur peut faire ça.

## report
## /quota report : les chiffres d'un mois et le graphique. Seule la personne qui demande les voit.

report-title = Rapport mensuel : { $month }
report-movies = Films prêts : **{ $movies }** · en cours : **{ $running_movies }** · crédits dépensés : **{ $credits }**
report-facts = Réservés : { $held_credits } · Remboursés : { $refunded_credits } · Crédits bonus donnés : { $granted_credits }
report-members-field = Plus gros consommateurs
report-models-field = Modèles
report-failures-field = Films échoués
report-lost-value = Perdus : { units-credits }. Le service de films ne rembourse pas les échecs ; les membres ont tout récupéré.
report-mismatches-value = ⚠️ { $mismatches ->
    [one] { $mismatches } écart trouvé dans les comptes.
   *[other] { $mismatches } écarts trouvés dans les comptes.
} Demande à l'opérateur du bot de lancer un audit.
report-updated-footer = Les chiffres peuvent dater d'une minute

report-share = { $name } : { $credits } ({ units-movies })
report-failure = { $reason } : { units-movies } (remboursés : { $refunded_credits })
report-failure-lost = { $reason } : { units-movies } (remboursés : { $refunded_credits }, non récupérés : { $lost_credits })

report-in-line = Quelques autres rapports passent d'abord. Le tien apparaîtra ici dans un instant.
report-too-many = Plusieurs rapports viennent d'être créés ici. Tu pourras avoir le prochain { $time }.

report-service-failed = Échec au service de films
report-service-lost = Perdu par le service de films
report-rejected = Refusé par le service de films
report-key-rejected = Le bot n'a pas pu se connecter au service de films
report-model-refused = Le service de films n'a pas accepté le modèle
report-wrong-version = Le bot n'est pas configuré pour cette version du service de films
report-credits-ran-out = Les crédits du bot au service de films se sont épuisés en route
report-key-limit = Le bot a atteint sa limite mensuelle au service de films
report-plan-exhausted = Le bot n'avait plus de crédits au service de films
report-service-busy = Le service de films était surchargé
report-unreachable = Le service de films était injoignable
report-not-confirmed = Discord n'a pas confirmé la commande
report-cancelled = Annulé par le membre
report-declined = Refusé par l'équipe
report-approval-lapsed = Pas approuvé à temps
report-not-offered = Plus disponible
report-closed-by-operator = Marqué comme échoué par l'opérateur du bot
report-stayed-unknown = Toujours incertain après une longue attente

report-chart-title = Crédits par jour, { $month }
report-chart-spent = dépensés pour des films
report-chart-lost = perdus par des films échoués
report-chart-held = réservés pour des films en cours
report-chart-refunded = remboursés
report-chart-empty = Aucun film ce mois-ci
report-chart-description = Diagramme en barres des crédits par jour, { $month }, empilés selon leur sort : { units-credits } dépensés, { $lost_credits } perdus par des films échoués, { $held_credits } réservés, { $refunded_credits } remboursés.
report-chart-peak = Le { $date } a vu le plus de dépenses : { units-credits }.

## reported
## Reported movies: the modal and what its member reads, and the message in the staff channel.

reported-report-button = Signaler
reported-report-modal-title = Signaler ce film
reported-reason-label = Quel est le problème ?
reported-reason-hint = Facultatif. L'équipe du serveur le lit, sans savoir de qui ça vient.
reported-saved = Merci. L'équipe du serveur va s'en occuper.
reported-no-channel = Merci, j'ai noté ton signalement. Je ne peux pas joindre l'équipe de ce serveur pour le moment : préviens aussi un gestionnaire du serveur.
reported-reviewed = Merci. L'équipe du serveur a déjà examiné ce film et l'a gardé. Elle verra qu'il a été signalé de nouveau.
reported-repeated = Tu l'as déjà signalé.
reported-too-many = Tu as signalé beaucoup de films aujourd'hui. Pour celui-ci, préviens un gestionnaire du serveur.
reported-own = C'est ton propre film. Si tu n'en veux plus ici, appuie sur ⋯, puis sur Supprimer.

reported-title = { $reports ->
    [one] 🚩 Un film a été signalé
   *[other] 🚩 Un film a été signalé { $reports } fois
}
reported-remove-button = Supprimer le film
reported-dismiss-button = Ignorer
reported-removed = Supprimé par { $staff }.
reported-removed-by-requester = Supprimé par le membre qui l'avait demandé.
reported-dismissed = Ignoré par { $staff }. Le film reste.
reported-blocked = { $staff } a bloqué { $member } : plus de nouveaux films.

reported-own-decision = Les signalements de ton propre film sont l'affaire du reste de l'équipe. Si tu n'en veux plus ici, appuie sur ⋯ en dessous, puis sur Supprimer.
reported-unknown = Je ne retrouve plus ce signalement.

## requests
## Demandes de crédits : le bouton, les réponses lues par une seule personne, et le MP qui prévient le membre.

requests-ask-button = En demander plus
requests-ask-managers = Il t'en faut plus ? Un gestionnaire du serveur peut te donner des crédits bonus.
requests-sent = J'ai demandé { units-bonus-credits } pour toi aux gestionnaires du serveur. Tu auras leur réponse par MP.
requests-asked-today = Tu as déjà fait une demande aujourd'hui. Tu pourras recommencer { $time }.
requests-enough = Tu as maintenant assez de crédits, je n'ai donc rien demandé.
requests-no-channel = D'ici, je ne peux pas joindre les gestionnaires du serveur. Demande directement à l'un d'eux.
requests-no-help = Je n'ai rien demandé, car plus de crédits n'aideraient pas : ce serveur ne peut plus dépenser autant ce mois-ci.

requests-grant-button = Accorder { $credits }
requests-decline-button = Refuser

requests-already-answered = { $manager } a déjà répondu à cette demande.
requests-unknown = Je ne retrouve plus cette demande. Tu peux toujours utiliser /quota grant.
requests-blocked = Un blocage vise { $member }, rien n'a donc été accordé. Lève-le d'abord avec /quota unblock.
requests-blocked-everywhere = L'opérateur du bot a bloqué { $member }, rien n'a donc été accordé.
requests-server-budget = Le budget du serveur ne suffit plus ce mois-ci pour le film de { $member }, rien n'a donc été accordé. Augmente-le avec /quota server, puis appuie de nouveau.
requests-operator-limit = L'opérateur du bot ne laisse pas ce serveur dépenser assez ce mois-ci pour le film de { $member }, rien n'a donc été accordé.

requests-answer-granted = 🎉 Tu as reçu { units-bonus-credits } dans { $place }. Les crédits bonus n'expirent jamais. Fais ton film avec /movie.
requests-answer-declined = Un gestionnaire du serveur a refusé ta demande de { units-bonus-credits } dans { $place }.
requests-answer-unposted = Je n'ai pas pu transmettre ta demande de { units-bonus-credits } dans { $place }, car je ne peux pas écrire dans le salon de l'équipe. Demande directement à un gestionnaire du serveur.

## scenes
## *Refaire une scène* d'un film terminé

scenes-button = Refaire une scène
scenes-other-button = Autres scènes
scenes-title = Refaire une scène
scenes-intro = Choisis les scènes à refaire, avec une nouvelle image et un nouveau clip. Le film reste tel quel : tu reçois une nouvelle version.
# $scenes: their numbers, as "2, 5"
scenes-left-out = Impossible à refaire : { $scenes }.
scenes-placeholder = Choisis des scènes

# Why none can be chosen
scenes-too-fast = Ça fait beaucoup d'un coup ! Tu pourras regarder à nouveau { $time }.
scenes-none = Aucune scène de ce film ne peut être refaite.
scenes-not-now = Le service de films ne peut pas modifier ce film pour le moment. Rien n'a été facturé.
scenes-no-answer = Le service de films ne répond pas pour le moment. Rien n'a été facturé. Réessaie dans une minute.


## series
## Series: the form of a next scene, and the movies that continue one another.

series-continue-button = Continuer
series-modal-title = Continuer ce film
series-next-scene = Scène suivante :
series-field = Série ({ $movies })

## setup
## /setup: what managers decide for their server. Only the manager who asked sees the panel. The names and values of
## settings are in the staff channel, too.

setup-title = Configuration du serveur
setup-intro = Ces règles valent pour tout le monde, gestionnaires compris. Les changements prennent effet tout de suite et sont notés dans le journal.
setup-nothing-offered = Aucun des modèles autorisés n'est disponible en ce moment : personne ne peut commander de film.
setup-problem = ⚠️ { $problem }

setup-members-field = Où et qui
setup-models-field = Modèles et durée
setup-defaults-field = Valeurs par défaut
setup-gallery-field = Films terminés
setup-approval-field = Approbation
setup-community-field = Communauté
setup-staff-field = Équipe
setup-filter-field = Filtre de prompts
setup-gallery-button = Créer une galerie

# $setting: one of the names below; $value: what is set
setup-line = **{ $setting } :** { $value }
# In a menu, while nothing is picked there; $value: what holds then
setup-current-placeholder = { $setting } : { $value }

# The settings
setup-channels = Salons pour les films
setup-roles = Qui peut faire des films
setup-video-models = Modèles vidéo
setup-image-models = Modèles d'image
setup-longest-seconds = Film le plus long
setup-default-video-model = Modèle vidéo par défaut
setup-default-image-model = Modèle d'image par défaut
setup-default-seconds = Durée par défaut
setup-default-aspect-ratio = Format par défaut
setup-language = Langue
# Whose messages can be turned into movies, in the menu of a message
setup-message-menu = Menu des messages
setup-gallery = Galerie
setup-gallery-stars = Étoiles nécessaires pour la galerie
setup-age = Règle d'âge
# Rules for prompts: those that come with the bot, and those of the server's managers
setup-filter-presets = Règles prêtes à l'emploi
setup-filter-rules = Règles du serveur
setup-approval = L'équipe approuve
setup-approval-credits = Seulement les films à plus de
setup-trusted-roles = Rôles de confiance
setup-approval-fallback = Quand le salon de l'équipe est inaccessible
setup-storyboard-credits = Storyboard d'abord à plus de
setup-gift-credits = Cadeaux par membre et par jour
setup-starter-credits = Premier film offert, jusqu'à
setup-pitch-days = Durée d'une proposition
setup-movie-night = Soirée cinéma
setup-weekly-recap = Bilan de la semaine
setup-staff-channel = Salon de l'équipe
setup-staff-roles = Rôles de l'équipe

# Their values where nothing is set
setup-every-channel-option = Tous les salons
setup-everyone-option = Tout le monde
setup-all-option = Tous les modèles
setup-bot-limit-option = Aussi long que le bot le permet
setup-bot-default-option = Valeur du bot
setup-discord-language-option = La langue du serveur sur Discord
setup-order-channel-option = Publiés là où ils sont commandés
setup-no-age-option = Aucune règle d'âge
setup-approval-off-option = Rien à approuver
setup-no-gifts-option = Pas de cadeaux
setup-no-starter-option = Aucun film offert
setup-a-week-option = 7 jours
setup-no-movie-night-option = Pas de soirée cinéma
setup-weekly-recap-on-option = Bilan de la semaine avec la soirée cinéma, sinon le dimanche
setup-weekly-recap-off-option = Pas de bilan de la semaine
setup-days-option = { $days ->
    [one] { $days } jour
   *[other] { $days } jours
}
setup-every-movie-option = Tous les films
setup-stars-option = { $stars ->
    [one] { $stars } étoile
   *[other] { $stars } étoiles
}
setup-any-price-option = Tous les prix
setup-no-roles-option = Aucun
setup-approval-hold-option = Les films attendent
setup-no-storyboards-option = Seulement si un membre le veut
setup-none-option = Aucun
setup-managers-option = Seulement les gestionnaires du serveur

setup-message-menu-own-option = Ses propres messages
setup-message-menu-anyone-option = Les messages de tout le monde
setup-message-menu-off-option = Désactivé
setup-age-spoiler-option = Spoiler : masqué jusqu'à ce qu'on clique
setup-age-restricted-option = Seulement dans les salons soumis à une limite d'âge
setup-age-spoiler-note = Le prompt reste lisible, et tout le monde peut cliquer.
setup-age-restricted-note = Commandes et films seulement dans ces salons. C'est Discord qui décide qui peut les ouvrir : je ne peux vérifier l'âge de personne. Un film en MP ne va qu'à la personne qui l'y a commandé.
# The day of a movie night. $time: "18:00"
setup-movie-night-monday-option = Lundi, { $time } UTC
setup-movie-night-tuesday-option = Mardi, { $time } UTC
setup-movie-night-wednesday-option = Mercredi, { $time } UTC
setup-movie-night-thursday-option = Jeudi, { $time } UTC
setup-movie-night-friday-option = Vendredi, { $time } UTC
setup-movie-night-saturday-option = Samedi, { $time } UTC
setup-movie-night-sunday-option = Dimanche, { $time } UTC
# In the panel, below the day
setup-movie-night-note = Les 5 meilleurs films de la semaine selon leurs étoiles, dans la galerie ou le salon du meilleur.
setup-approval-untrusted-option = Les films des membres sans rôle de confiance
setup-approval-everyone-option = Les films de tous, sauf des gestionnaires
setup-approval-storyboards-option = Les films de tous, une fois leur storyboard prêt
setup-approval-fallback-start-option = Les films démarrent sans approbation

# Of the prompt filter
setup-off-option = Désactivé
# $language: "Deutsch"; $category: "slurs", as in the staff channel
setup-preset-option = { $language } : { $category }
setup-rules-count =
    { $rules ->
        [one] { $rules } règle
       *[other] { $rules } règles
    }

# This language, as Discord's own list of languages names it
setup-this-language-option = Français

# The end of a list
setup-more = { $more } de plus
setup-deleted = { $more ->
    [one] ⚠️ { $more } supprimé
   *[other] ⚠️ { $more } supprimés
}

# The prompt filter's own rules, in a form
# $rule: what was typed; $problem: one of the lines below
setup-rules-modal-title = Règles pour les prompts
setup-rules-label = Règles, une par ligne
setup-rules-more-label = Autres règles
setup-rules-hint = Un mot, deux mots, début*, *fin, *milieu*, ou un ... autre
setup-rules-wrong-title = Ces règles ne sont pas utilisables
setup-rules-kept = Rien n'a été modifié. Ton texte est dans le fichier joint ; le bouton le rouvre.
setup-rules-conflict = ⚠️ Quelqu'un d'autre a modifié les règles entre-temps, je n'ai donc rien enregistré. Ton texte est dans le fichier joint ; le bouton le rouvre, à la place des règles actuelles.
setup-rules-fix-button = Modifier ces règles…
setup-rules-line = Ligne { $line }, « { $rule } » : { $problem }
setup-rules-too-many = Un serveur peut avoir jusqu'à { $max } règles et { $room } caractères en tout. Ici : { $rules } règles et { $characters } caractères.
setup-rule-empty = elle n'a aucune lettre.
setup-rule-too-long = une règle a au plus { $max } caractères.
setup-rule-too-many-words = une règle a au plus { $max } mots.
setup-rule-word-too-long = un mot a au plus { $max } lettres.
setup-rule-star-inside = un astérisque ne peut être qu'au début ou à la fin d'un mot.
setup-rule-star-too-wide = un astérisque doit être accolé à au moins { $min } lettres.
setup-rule-gap-at-end = « ... » ne peut être qu'entre deux mots.
setup-rule-too-many-gaps = « ... » peut y être { $max } fois au plus.

# $change: "Language: Deutsch"
setup-changed = ✅ { $change }
setup-conflict = ⚠️ Quelqu'un d'autre a changé ça entre-temps, je n'ai donc rien enregistré. Voici où on en est.
# $problem: "Longest movie: …"
setup-not-changed = ⚠️ Rien n'a été changé. { $problem }

# $setting: a setting's name; $problem: one of the next
setup-invalid = { $setting } : { $problem }
setup-not-a-list = « { $value } » n'est pas une liste.
setup-too-many = choisis-en { $max } au plus.
setup-not-an-id = « { $value } » n'est pas un ID Discord.
setup-not-offered = « { $value } » n'est pas disponible. Choisis parmi { $names }.
setup-seconds-out-of-range = « { $value } » n'est pas une durée valide. Saisis un nombre entier de secondes, de { $min } à { $max }.
setup-credits-out-of-range = « { $value } » n'est pas un montant valable. Indique un nombre entier de crédits de { $min } à { $max }.
setup-stars-out-of-range = « { $value } » n'est pas un nombre d'étoiles valide. Saisis un nombre de { $min } à { $max }.
setup-days-out-of-range = « { $value } » n'est pas un nombre de jours valide. Saisis un nombre de { $min } à { $max }.
# $longest: "1 min"
setup-longer-than-longest = le film le plus long dure { $longest }, la durée par défaut ne peut pas le dépasser.
setup-not-in-server = « { $value } » n'est pas sur ce serveur.
setup-not-a-rule = « { $value } » ne peut pas être une règle : { $problem }
setup-everyone = { $value } n'est pas possible ici.
setup-missing-permissions = je ne peux pas écrire dans { $channel }. Donne-moi d'abord là-bas : { $permissions }.
setup-not-age-restricted = { $channel } n'a pas de limite d'âge : les films apparaissent donc là où ils ont été commandés.

# Export and import of a file
setup-exported = Voici la configuration de ton serveur. Modifie-la, garde-la ou réutilise-la ailleurs avec /setup import.
setup-file-too-large = Ce fichier est trop grand : une configuration fait au plus { $max } Ko.
setup-file-unreadable = Je n'ai pas pu récupérer ce fichier sur Discord. Réessaie.
setup-file-problems-title = Impossible d'importer ce fichier
# $problem: one of the next, or a problem above
setup-file-line = Ligne { $line } : { $problem }
setup-file-line-key = Ligne { $line }, `{ $key }` : { $problem }
setup-file-not-json = ce n'est pas du JSON valide.
setup-file-not-an-object = ce doit être un objet JSON : { "{ … }" }.
setup-file-other-version = ce doit être 1, comme dans un fichier de /setup export.
setup-file-unknown-key = ce réglage n'existe pas.
setup-file-duplicate-key = il apparaît plusieurs fois dans le fichier.
setup-import-title = Appliquer ces changements ?
setup-import-intro = Rien n'a encore changé. Ce que le fichier ne contient pas reste tel quel.
setup-import-conflict = ⚠️ La configuration a changé entre-temps, je n'ai donc rien enregistré. Voici les changements à présent.
# $before, $after: values
setup-difference = **{ $setting } :** { $before } → { $after }
# Of the own rules: how many are new, and how many go
setup-rules-difference = **{ $setting } :** { $before } → { $after } (+{ $added }, −{ $removed })
setup-apply-button = Appliquer
setup-drop-button = Annuler
setup-import-nothing-new = Tout ce que contient ce fichier est déjà réglé ainsi.
setup-import-dropped = Rien n'a été importé.

setup-rules-field = Règles du serveur
# The buttons of the panel. Of the file, see below
setup-change-button = Modifier
setup-back-button = Retour
setup-export-button = Exporter
setup-import-button = Importer
setup-reset-button = Réinitialiser
# Warnings in the panel
setup-no-staff-channel = Aucun salon d'équipe : les signalements et les demandes n'arrivent nulle part
setup-nobody-asked = Aucun salon d'équipe : l'équipe ne trouve les films en attente que dans /movies
# In a form. $unset: what holds where it is empty
setup-seconds-hint = De { $min } à { $max } secondes. Vide : { $unset }
setup-credits-hint = De { $min } à { $max } crédits. Vide : { $unset }
# A channel's name
setup-gallery-name = galerie
setup-gallery-not-created = ⚠️ Discord ne m'a pas laissé créer de salon.
setup-file-label = Fichier de configuration
setup-file-hint = Un fichier d'« Exporter ». Tu vois les changements avant qu'ils ne comptent.
setup-reset-title = Réinitialiser la configuration ?
setup-reset-intro = Les limites, les crédits et les blocages restent. Exporte d'abord la configuration pour en garder une copie.
# The first questions, with an answer to each
setup-first-title = Configure ton serveur
setup-first-intro = Tout peut être modifié plus tard dans /setup panel.
setup-first-where = Où peut-on faire des films ?
setup-first-credits = Combien chaque membre peut-il dépenser ?
setup-first-approval = Que doit d'abord approuver l'équipe ?
setup-first-language = Dans quelle langue est-ce que je publie ?
setup-first-apply-button = Appliquer ces réponses
setup-first-change-button = Modifier…
setup-first-skip-button = Passer

## staff
## Ce que répond ⋯ sur un message du salon de l'équipe, et le formulaire d'un blocage

staff-block = Bloquer pour de nouveaux films ici. Les films en cours seront terminés.
staff-block-button = Bloquer le membre
staff-unblock-button = Débloquer
staff-movies = Ses films sur ce serveur
staff-movies-button = Films
staff-credits = Ses crédits et ses reçus
staff-credits-button = Crédits
staff-nothing = Tu ne peux rien faire d'autre ici pour le moment.
staff-unknown = Je ne retrouve plus de quoi il s'agissait.
staff-erased = Ce membre a supprimé ses données, je ne peux donc pas le bloquer.
staff-own = Tu ne peux pas te bloquer toi-même.
staff-blocked = { $member } est déjà bloqué.
staff-block-modal-title = Bloquer ce membre
staff-hours-label = Durée en heures
staff-hours-hint = Vide : jusqu'au déblocage
staff-reason-label = Raison
staff-reason-hint = Facultatif. Le membre la lit, et elle est notée dans le journal.

## stages
## Ce que fait le service de films, sur la carte d'un film

stages-prompt-generation = écriture des scènes
stages-image-generation = dessin des images
stages-audio-generation = création du son
stages-frame-generation = préparation des images
stages-video-generation = assemblage du film
stages-ai-video-generation = animation des images
stages-speech-generation = enregistrement des voix
stages-music-generation = composition de la musique
stages-lip-sync-generation = synchronisation des lèvres et des voix
stages-sound-effect-generation = ajout des bruitages
stages-transcript-generation = écriture des sous-titres
stages-delete-reflow = mise en ordre des scènes
stages-timeline-reflowed = enchaînement des scènes
stages-rendering = rendu du film

## stars
## Stars: the button under each movie, what it answers, and a movie in the gallery.

stars-star-button = ⭐ Étoile
stars-given = ⭐ Tu as donné une étoile à ce film. Étoiles : { $stars }. Appuie encore pour la reprendre.
stars-given-posted = ⭐ Tu as donné une étoile à ce film. Étoiles : { $stars }. Il entre dans la galerie !
stars-taken-back = Tu as repris ton étoile. Étoiles : { $stars }.
stars-none = Pas encore d'étoile. Quand d'autres en donneront à ton film, le bouton les comptera.
stars-gone = Je n'ai plus ce film : il ne peut plus recevoir d'étoile.

# In the gallery
stars-posted = ⭐ Étoilé par des membres de ce serveur

## states
## Où en est un film, dans les listes et les reçus

states-waiting = ⏳ en file d'attente
states-awaiting = ✋ en attente d'approbation
states-being-made = 🎬 en création
states-storyboard = 🖼️ storyboard à décider
states-ready = ✅ prêt
states-failed = ↩️ échoué, remboursé
states-cancelled = ↩️ annulé, remboursé
states-cancelled-in-part = ↩️ annulé, dépensé : { $spent }
states-unknown = 🔎 en vérification

# Titres de la vue d'un film
states-waiting-title = ⏳ En file d'attente
states-awaiting-title = ✋ En attente d'approbation
states-being-made-title = 🎬 En création
states-ready-title = ✅ Prêt
states-failed-title = ↩️ Échoué
states-cancelled-title = ↩️ Annulé
states-unknown-title = 🔎 En vérification

## storyboards
## Un film dont l'auteur voit d'abord les images, et décide

storyboards-drawn = Ton storyboard est prêt : « { $title } ». Lance le rendu ou arrête-le sous 48 heures.
storyboards-drawn-shared = Un storyboard est prêt : « { $title } ». { $owner } décide du rendu.
storyboards-reminder = Ton storyboard « { $title } » t'attend encore. Il s'arrête { $time }.
storyboards-not-yours = Seule la personne qui a commandé ce storyboard peut décider.
storyboards-not-waiting = Ce storyboard n'attend pas encore ta décision.
storyboards-rendering = Le rendu est déjà lancé.
storyboards-stopped = Il est déjà arrêté.
storyboards-look-button = Voir
storyboards-render-button = Rendu ({ $credits })
storyboards-stop-button = Arrêter ({ $credits } rendus)
storyboards-yours = Tu peux lancer le rendu pour **{ $later }** crédits de plus, ou l'arrêter. Il s'arrête tout seul { $time }.
storyboards-scene = Scène sans texte
storyboards-render-chosen = C'est parti ! Je lance le rendu pour { $credits } crédits de plus.
storyboards-stop-chosen = Arrêté. { $credits } crédits reviennent dès que le service de films le confirme.

## terms
## Mots pour des personnes et des choses, repris dans tous les domaines, par ex. { -managers }.

-managers = Les gestionnaires du serveur
-operator-notified = L'opérateur du bot a été prévenu.
-not-charged = Rien ne t'a été débité.
-keep-trying = je réessaie jusqu'à la fin de la proposition, ou je rembourse tout le monde.
-in-progress-finish = Les films en cours seront terminés.
-example-prompt = Un bateau en papier traverse une rue pluvieuse la nuit, des néons se reflètent dans les flaques

## top
## /top: a month's best of a server. Only the member who asked sees it.

top-title = Le meilleur du mois : { $month }
top-movies-field = Films
top-makers-field = Créateurs
top-patrons-field = Mécènes (crédits dépensés)
top-nothing = Aucun film terminé ce mois-là.
top-footer = Pour ne pas apparaître dans /top, utilise /preferences.

## units
## Quantités, durées et parts. Les messages de tous les domaines peuvent s'y référer.

units-credits = { $credits ->
    [one] { $credits } crédit
   *[other] { $credits } crédits
}
units-free = Gratuit
units-price = { $credits ->
    [0] gratuit
   *[other] { units-credits }
}
units-credits-monthly = { units-credits } par mois
units-credits-per-second = { units-credits } par seconde
units-bonus-credits = { $credits ->
    [one] { $credits } crédit bonus
   *[other] { $credits } crédits bonus
}
units-movies = { $movies ->
    [one] { $movies } film
   *[other] { $movies } films
}
units-seconds = { $seconds } s
units-minutes = { $minutes } min
units-minutes-seconds = { $minutes } min { $seconds } s
units-hours = { $hours ->
    [one] { $hours } heure
   *[other] { $hours } heures
}
units-hours-minutes = { $hours } h { $minutes } min
units-percent = { $percent } %
units-more-lines = et { $more } de plus
# A list: "Luma, Kling, Veo"
units-list = { $items }, { $next }

## versions
## Ce que l'on fait de films terminés : versions d'un seul et longs métrages de plusieurs

versions-scene = Scène { $scenes } refaite
versions-scenes = Scènes { $scenes } refaites
versions-dub = Doublage : { $language }
versions-dub-subtitles = Doublage : { $language }, avec sous-titres
versions-subtitles = Avec sous-titres
versions-subtitles-in = Sous-titres : { $language }
versions-without-subtitles = Sans sous-titres
versions-film = Long métrage de { units-movies }

versions-made-from = 🎞️ Tiré de { $movie }
versions-of-film = Films de ce long métrage ({ $movies })
versions-list = Versions ({ $versions })
versions-films = Longs métrages avec ce film ({ $films })
versions-open-button = Versions
versions-open-placeholder = Ouvrir un film associé…

## welcome
## Publié là où le bot arrive, dans la langue du serveur

welcome-greeting = 👋 Salut, moi c'est Matinee, et je transforme les mots en courts films. Tape { $movie } et décris une scène, par exemple :
welcome-example = { -example-prompt }
welcome-credits = Les films coûtent des crédits, et tout le monde ici en reçoit chaque mois : { $help } montre les tiens et les prix. { -managers } décident avec *Configurer* où l'on crée des films et combien chacun peut dépenser.
welcome-make-button = Créer mon premier film
welcome-setup-button = Configurer
