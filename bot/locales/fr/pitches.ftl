### /pitches: the open pitches of a server.

pitches-list-title = Propositions en cours
pitches-empty = Aucune proposition en cours. Lances-en une avec /pitch, et tout le monde ici pourra participer.
# $credits: what is still needed; $price: "600 credits"; $time: "in 3 days"
pitches-missing = { $credits ->
    [one] { $credits } sur { $price } manquant
   *[other] { $credits } sur { $price } manquants
}
pitches-complete = financée, en attente de création
pitches-votes = { $votes ->
    [one] { $votes } vote
   *[other] { $votes } votes
}
pitches-ends = se termine { $time }
pitches-mine = ta part : { units-credits }
# The text of a link to the pitch
pitches-open = Ouvrir
pitches-sort-placeholder = Trier par
pitches-manage-placeholder = Reprendre, retirer ou supprimer : choisis une proposition
pitches-back-button = Précédent
pitches-next-button = Suivant
pitches-page-footer = Page { $page } sur { $pages }
