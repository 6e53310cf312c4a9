### Messages sur la fin d'un film, dans le salon ou par MP

deliveries-ready = { $member } Ton film est prêt.
deliveries-ready-followed = { $member } Ton film est prêt. Aussi pour { $followers }
deliveries-ready-direct = Ton film est prêt.
deliveries-movie-alt-text = Film généré par IA, { $duration } : { $prompt }
deliveries-spent = Dépensé : **{ $cost }**
deliveries-spent-left = Dépensé : **{ $cost }** · encore **{ $left }** ce mois-ci
deliveries-not-cancelled = Il était terminé avant de pouvoir être annulé.
deliveries-followed = { $followers } Le film que tu attendais est prêt, mais la personne qui l'a demandé a choisi de le recevoir par MP.
deliveries-followed-direct = 🎬 Un film que tu attendais est prêt, mais je ne peux pas te mentionner là où il se trouve. La personne qui l'a demandé peut te le montrer. ID { $id }

deliveries-failed-title = Ce film a échoué
deliveries-failed = { $member } Ton film a échoué. Ses crédits ont été remboursés.
deliveries-refunded = Remboursé : **{ $refunded }**
deliveries-refunded-left = Remboursé : **{ $refunded }** · encore **{ $left }** ce mois-ci
deliveries-refunded-bonus = Remboursé en crédits bonus, car le mois de la commande est terminé : **{ $refunded }**

deliveries-unknown-title = 🔎 Vérification de ton film
deliveries-unknown = { $member } Je vérifie ce qu'est devenu ton film.
deliveries-unknown-details =
    Le service de films n'a pas confirmé ta commande. Je ne la passerai pas deux fois. { -operator-notified }
    En attendant, je garde **{ $held }** en réserve : ce sera soit dépensé pour ton film, soit remboursé.

deliveries-cancelled-title = Annulé
deliveries-cancelled = { $member } Ton film a été annulé.
deliveries-spent-refunded = Dépensé : **{ $cost }** · remboursé : **{ $refunded }**

deliveries-not-started-title = Pas commencé
deliveries-not-started = { $member } Ton film n'a pas commencé. Ses crédits ont été remboursés.
deliveries-not-started-details = Remboursé : **{ $refunded }**. Tape /movie pour réessayer.

deliveries-left = Il te reste **{ $left }** ce mois-ci
