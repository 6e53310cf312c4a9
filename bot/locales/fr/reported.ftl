### Reported movies: the modal and what its member reads, and the message in the staff channel.

reported-report-button = Signaler
reported-report-modal-title = Signaler ce film
reported-reason-label = Quel est le problème ?
reported-reason-hint = Facultatif. L'équipe du serveur le lit, sans savoir de qui ça vient.
reported-saved = Merci. L'équipe du serveur va s'en occuper.
reported-no-channel = Merci, j'ai noté ton signalement. Je ne peux pas joindre l'équipe de ce serveur pour le moment : préviens aussi un gestionnaire du serveur.
reported-reviewed = Merci. L'équipe du serveur a déjà examiné ce film et l'a gardé. Elle verra qu'il a été signalé de nouveau.
reported-repeated = Tu l'as déjà signalé.
reported-too-many = Tu as signalé beaucoup de films aujourd'hui. Pour celui-ci, préviens un gestionnaire du serveur.
reported-own = C'est ton propre film. Si tu n'en veux plus ici, appuie sur Supprimer.

reported-title = { $reports ->
    [one] 🚩 Un film a été signalé
   *[other] 🚩 Un film a été signalé { $reports } fois
}
reported-reasons-field = Raisons
reported-remove-button = Supprimer le film
reported-block-button = Bloquer le membre
reported-dismiss-button = Ignorer
reported-removed = Supprimé par { $staff }.
reported-removed-by-requester = Supprimé par le membre qui l'avait demandé.
reported-dismissed = Ignoré par { $staff }. Le film reste.
reported-blocked = { $staff } a bloqué { $member } : plus de nouveaux films.

reported-own-decision = Les signalements de ton propre film sont l'affaire du reste de l'équipe. Si tu n'en veux plus ici, appuie sur Supprimer en dessous.
reported-unknown = Je ne retrouve plus ce signalement.
reported-erased = Ce membre a effacé ses données, je ne peux donc pas le bloquer.
reported-block-modal-title = Bloquer ce membre
reported-hours-label = Durée en heures
reported-hours-hint = Vide : jusqu'au déblocage
reported-block-reason-label = Raison
reported-block-reason-hint = Facultatif. Le membre la lit, et elle est notée.
