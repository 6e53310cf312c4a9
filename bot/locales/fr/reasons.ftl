### Pourquoi un film s'est terminé sans résultat, tel que le membre le lit.

reasons-failed = Le service de films n'a pas pu terminer ce film.
reasons-lost = Le service de films a perdu ce film.
reasons-rejected = Le service de films a refusé cette demande.
reasons-key-rejected = Le bot n'arrive pas à se connecter au service de films. { -operator-notified } Réessaie plus tard.
reasons-model-refused = Le service de films n'accepte pas ce modèle en ce moment, choisis-en un autre. { -operator-notified }
reasons-service-changed = Le service de films a changé, et ce bot doit être mis à jour. { -operator-notified } Réessaie plus tard.
reasons-credits-ran-out = Le bot n'avait plus de crédits auprès du service de films pendant la création de ton film. Ce n'est pas ta faute. { -operator-notified } Réessaie plus tard.
reasons-key-limit = Ce bot a atteint sa limite mensuelle auprès du service de films. { -operator-notified } Réessaie plus tard.
reasons-no-credits = Ce bot n'a plus de crédits auprès du service de films. { -operator-notified } Réessaie plus tard.
reasons-busy = Le service de films est très occupé en ce moment. Réessaie dans quelques minutes.
reasons-unreachable = Le service de films est resté injoignable pendant une heure. Réessaie plus tard.
reasons-closed = Le service de films n'a jamais confirmé ce film, l'opérateur du bot l'a donc marqué comme échoué.
reasons-stayed-unknown = Impossible de savoir ce que ce film est devenu : j'ai cessé d'attendre et je l'ai marqué comme échoué.
reasons-unconfirmed = Discord n'a pas confirmé ta commande à temps, le film n'a donc jamais démarré.
reasons-cancelled = Annulé avant d'avoir démarré.
reasons-cancelled-by-staff = Annulé par l'équipe du serveur avant d'avoir démarré.
reasons-cancelled-in-part = Annulé en cours de création. Seules les étapes terminées ont été facturées.
reasons-declined = L'équipe de ce serveur l'a refusé.
reasons-declined-because = L'équipe de ce serveur l'a refusé : « { $reason } »
reasons-approval-lapsed = L'équipe de ce serveur ne l'a pas approuvé sous 48 heures.
reasons-server-left = J'ai été retiré du serveur avant que son équipe se décide.
reasons-not-offered = Au moment de l'approbation, ce modèle ou cette durée n'était plus disponible.

reasons-with-message = { $sentence } Sa réponse : « { $message } »
