### Le prix d'un film avant la commande, et la suite. Visible de son membre seulement.

quotes-title = Ce film coûte { units-credits }
quotes-movie-field = Film
quotes-balance-field = Solde après
quotes-balance-value =
    { "**" }{ $after }** (maintenant : { units-credits })
    Renouvellement { $time } ({ $date })
quotes-footer = Ce message n'est visible que par toi. Tu ne paies qu'en appuyant sur « { quotes-accept-button } ».

quotes-last-model-field = Ton dernier modèle
quotes-last-model-value = { $model } coûte { $rate }. Le modèle par défaut, { $other }, coûte { $other_rate }. Pour en changer : { quotes-edit-button }.

quotes-failing-field = ⚠️ Ce prompt échoue à chaque fois
quotes-failing-value = Tes { $failures } derniers films de ce prompt ont échoué. Essaie un autre prompt.

# Durées proposées pendant la saisie
quotes-duration-option = { $duration } · { units-credits } · reste { $after }
quotes-too-long-option = { $duration } · { units-credits } · crédits insuffisants

quotes-accept-button = C'est parti
quotes-edit-button = Modifier
quotes-cancel-button = Annuler
quotes-smaller-button = Plutôt { $duration } ({ units-credits })

quotes-accepted = C'est parti ! Suis-le ci-dessous.
quotes-cancelled = Annulé. Rien ne t'a été débité.
quotes-not-accepted = Discord a eu un raté : rien n'a été commandé ni débité. Réessaie.

quotes-already-ordered = Tu as déjà commandé ce film.
quotes-already-ordered-there = Tu as déjà commandé ce film : { $link }
quotes-replaced = Tu as modifié ou annulé ce film. Rien ne t'a été débité. Lance /movie pour un nouveau.
quotes-expired = Ce prix n'est plus valable. Rien ne t'a été débité. Relance /movie.
