### /quota report : les chiffres d'un mois et le graphique. Seule la personne qui demande les voit.

report-title = Rapport mensuel : { $month }
report-movies = { $movies ->
    [one] { "**" }{ units-movies }** terminé, **{ $running_movies }** en cours
   *[other] { "**" }{ units-movies }** terminés, **{ $running_movies }** en cours
}
report-credits =
    { $credits ->
        [one] { "**" }{ units-credits }** dépensé
       *[other] { "**" }{ units-credits }** dépensés
    }
    Réservés : { $held_credits } · Remboursés : { $refunded_credits } · Crédits bonus donnés : { $granted_credits }
report-members-field = Plus gros consommateurs
report-models-field = Modèles
report-failures-field = Films échoués
report-lost-field = Perdus par des films échoués
report-lost-value = { units-credits }. Le service de films ne rembourse pas les échecs ; les membres ont tout récupéré.
report-server-field = Budget du serveur
report-server-value =
    { $bar }
    reste { units-credits }
report-mismatches-field = Comptabilité
report-mismatches-value = ⚠️ { $mismatches ->
    [one] { $mismatches } écart trouvé dans les comptes.
   *[other] { $mismatches } écarts trouvés dans les comptes.
} Demande à l'opérateur du bot de lancer un audit.
report-none = Aucun
report-none-yet = Encore aucun
report-updated-footer = Les chiffres peuvent dater d'une minute

report-share = { $name } : { $credits } ({ units-movies })
report-failure = { $reason } : { units-movies } (remboursés : { $refunded_credits })
report-failure-lost = { $reason } : { units-movies } (remboursés : { $refunded_credits }, non récupérés : { $lost_credits })

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
report-chart-description = Diagramme en barres des crédits par jour, { $month }, empilés selon leur sort : { units-credits } dépensés, { $lost_credits } perdus par des films échoués, { $held_credits } réservés, { $refunded_credits } remboursés.
report-chart-peak = Le { $date } a vu le plus de dépenses : { units-credits }.
