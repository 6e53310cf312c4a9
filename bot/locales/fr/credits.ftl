### /credits : solde, ajustements et reçus d'un membre. Seule la personne qui demande les voit ; les gestionnaires
### voient aussi ceux des autres, donc rien ne dit « tu ».

credits-account-title = Crédits de { $name }
credits-unnamed-account-title = Crédits de ce membre
credits-summary =
    Il reste **{ $left }**
    { $bar } de l'allocation du mois utilisée ou réservée
    Renouvellement { $time } ({ $date }).
credits-blocked = 🚫 Création de films bloquée jusqu'à ce qu'un gestionnaire du serveur lève le blocage.
credits-blocked-until = 🚫 Création de films bloquée jusqu'au { $time }.
credits-blocked-everywhere = 🚫 Création de films bloquée sur tous les serveurs jusqu'à ce que l'opérateur du bot lève le blocage.
credits-timed-out-until = 🚫 Ne peut pas faire de films jusqu'au { $time } : trop de prompts étaient contraires aux règles de ce serveur.

credits-allowance-field = Allocation
credits-used-field = Utilisés
credits-used-value =
    { units-credits }
    ce mois-ci
credits-on-hold-field = Réservés
credits-bonus-field = Crédits bonus
credits-bonus-value =
    { units-credits }
    n'expirent jamais ; utilisés après l'allocation
credits-shared-field = Budget du serveur
credits-shared-value =
    { units-credits }
    restants ce mois-ci

credits-source-member = définie pour ce membre
credits-source-role = via { $role }
credits-source-server = valeur par défaut du serveur
credits-source-bot = valeur par défaut du bot

credits-adjustments-field = Derniers ajustements
credits-granted = { $date } { $credits ->
    [one] { units-bonus-credits } reçu
   *[other] { units-bonus-credits } reçus
}
credits-removed = { $date } { $credits ->
    [one] { units-bonus-credits } retiré
   *[other] { units-bonus-credits } retirés
}
credits-usage-reset = { $date } consommation du mois remise à zéro
credits-carried-over = { $date } { units-credits } utilisés avant la suppression des données
credits-gift-received = { $date } { units-bonus-credits } de { $member }
credits-gift-given = { $date } { units-bonus-credits } pour { $member }
credits-old-gift-received = { $date } { units-bonus-credits } d'un autre membre
credits-old-gift-given = { $date } { units-bonus-credits } pour un autre membre
credits-with-reason = { $change } : { $reason }

credits-receipts-field = Reçus
credits-receipts-page-field = Reçus, page { $page } sur { $pages }
credits-receipts-many-pages-field = Reçus, page { $page } sur plus de { $pages }
credits-receipt = { $date } { $outcome } · **{ $credits }** · { $duration } { $model }
credits-no-receipts =
    Pas encore de films. Fais ton premier avec /movie. Par exemple :
    > { -example-prompt }
credits-member-no-receipts = Pas encore de films sur ce serveur.
credits-newer-button = Plus récents
credits-older-button = Plus anciens
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
