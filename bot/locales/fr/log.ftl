### Changements faits par les gestionnaires du serveur, l'opérateur du bot et le bot : dans le salon de l'équipe, et comme
### confirmation pour la personne qui les a faits. Ce salon peut être public : il ne montre donc aucun solde.

log-entry = { $time } { $actor } : { $change }
log-entry-with-reason = { $time } { $actor } : { $change } Raison : { $reason }
log-entry-with-result = { $time } { $actor } : { $change } Résultat : { $result }
log-bot = Le bot
log-operator = L'opérateur du bot
log-confirmation = ✅ { $change }

log-default-set = Par défaut, les membres reçoivent maintenant { units-credits-monthly }.
log-default-cleared = Les membres reçoivent de nouveau l'allocation par défaut du bot.
log-server-set = Ce serveur peut maintenant dépenser { units-credits-monthly }.
log-server-cleared = Le budget du serveur a été supprimé.
log-member-set = { $subject } reçoit maintenant { units-credits-monthly }.
log-member-cleared = L'allocation personnelle de { $subject } a été supprimée.
log-role-set = Les membres avec { $subject } reçoivent maintenant { units-credits-monthly }.
log-role-cleared = L'allocation de { $subject } a été supprimée.
log-granted = { $member } a reçu { units-bonus-credits }.
log-gifted = A offert { units-bonus-credits } à { $member }.
log-removed = { $credits ->
    [one] { units-bonus-credits } retiré à { $member }.
   *[other] { units-bonus-credits } retirés à { $member }.
}
log-blocked = { $member } est bloqué jusqu'à ce qu'un gestionnaire lève le blocage. Les films en cours seront terminés.
log-blocked-hours = { $member } est bloqué pendant { units-hours }. Les films en cours seront terminés.
log-unblocked = { $member } peut de nouveau faire des films.
log-usage-reset = La consommation de { $member } ce mois-ci a été remise à zéro.
log-usage-reset-credits = La consommation de { $member } ce mois-ci a été remise à zéro (avant : { units-credits }).
# $setting: "Longest movie"; $value: "1 min"
log-setting = **{ $setting }** : maintenant { $value }
log-gallery-failed = Je ne peux plus publier dans la galerie { $channel }. En attendant, les films terminés apparaissent là où ils ont été commandés. Vérifiez mes permissions là-bas, ou choisissez une autre galerie avec /setup.
log-movie-night-failed = Je n'ai pas pu publier la soirée cinéma dans { $channel }. Vérifiez mes permissions là-bas et la règle d'âge, ou choisissez une autre galerie avec /setup.

log-request = 🙋 { $time } { $change }
log-credits-requested = { $member } demande { units-bonus-credits }.
log-credits-declined = La demande de { $member } ({ units-bonus-credits }) a été refusée.
log-queued-cancelled = Les films en attente de { $member } ont été annulés. Remboursé : { units-credits }.
log-pitch-removed = La proposition de { $member } a été supprimée. Remboursé : { units-credits }.
log-request-granted = ✅ Accordé par { $manager }.
log-request-declined = ❌ Refusé par { $manager }.
log-request-replaced = Ce membre a fait une nouvelle demande depuis : seule la plus récente peut recevoir une réponse.
log-request-lapsed = Cette demande a expiré. Le membre peut en faire une autre.
log-request-not-told = Je ne peux pas envoyer de MP à { $member }. Merci de le prévenir.

log-failures-stopped = { $member } ne peut plus faire de films ce mois-ci, car ses films qui ont échoué ont coûté { units-credits } au bot. Un gestionnaire peut en autoriser d'autres avec /quota unblock.
# A prompt that the filter stopped, for staff. $category: one of the categories below
log-prompt-refused = Un prompt de { $member } a été arrêté par la règle « { $rule } » : ||{ $prompt }||
log-prompt-refused-preset = Un prompt de { $member } a été arrêté par la règle « { $rule } » ({ $category }) : ||{ $prompt }||
log-prompt-refused-operator = Un prompt de { $member } a été arrêté par une règle de l'opérateur du bot : ||{ $prompt }||
log-timed-out = { $member } ne peut pas faire de films pendant { units-hours }, car trop de ses prompts ont été arrêtés aujourd'hui. Un gestionnaire peut lever cela avec /quota unblock.
log-category-minors = contenu sexuel impliquant des mineurs
log-category-sexual = contenu sexuel
log-category-gore = violence sanglante
log-category-slurs = insultes discriminatoires
log-server-limited = Ce serveur peut dépenser au maximum { units-credits-monthly }, quoi que fixent ses gestionnaires.
log-server-limit-reset = Ce serveur retrouve la limite habituelle du bot.
log-server-blocked = Ce serveur ne peut plus faire de films. Les films en cours seront terminés.
log-server-unblocked = Ce serveur peut de nouveau faire des films.
log-paused = Pour l'instant, aucun serveur ne peut faire de nouveaux films. Les films en cours seront terminés.
log-resumed = On peut de nouveau faire des films.
log-movie-unknown = { $credits ->
    [one] Le service de films n'a pas confirmé un film de { $member }. { units-credits } reste réservé jusqu'à ce qu'on sache ce qu'il est devenu.
   *[other] Le service de films n'a pas confirmé un film de { $member }. { units-credits } restent réservés jusqu'à ce qu'on sache ce qu'il est devenu.
}
log-movie-given-up = { $credits ->
    [one] Impossible de savoir ce qu'un film de { $member } est devenu. Il est considéré comme échoué et { units-credits } a été remboursé.
   *[other] Impossible de savoir ce qu'un film de { $member } est devenu. Il est considéré comme échoué et { units-credits } ont été remboursés.
}
log-movie-resolved = Un film de { $member } a été vérifié.
log-movie-deleted = Un film de { $member } a été supprimé (ID { $id }).
log-gallery-removed = Un film de { $member } a été retiré de la galerie (ID { $id }).
log-report-dismissed = Les signalements d'un film de { $member } ont été ignorés (ID { $id }).
log-deletion-refused = Un film de { $member } a été supprimé (ID { $id }), mais Discord ne me laisse pas supprimer son message. Je réessaie pendant 30 jours. Tu peux le supprimer toi-même : { $link }
log-deletion-given-up = Un film de { $member } a été supprimé (ID { $id }), mais après 30 jours, Discord ne me laisse toujours pas supprimer son message. J'arrête d'essayer. Supprime-le toi-même : { $link }
log-approval-requested = Un film de { $member } pour { units-credits } attend une approbation (ID { $id }).
log-movie-approved = Un film de { $member } pour { units-credits } peut démarrer (ID { $id }).
log-movie-declined = Un film de { $member } pour { units-credits } a été refusé et remboursé (ID { $id }).
log-approval-lapsed = Personne n'a décidé à temps pour un film de { $member } pour { units-credits } : il a été annulé et remboursé (ID { $id }).
log-backup-restored = Une sauvegarde a été restaurée. Un film de { $member } attend que l'opérateur du bot l'ait vérifié.

log-reason-role-deleted = le rôle a été supprimé
log-reason-movie = film { $id }
log-reason-failed = échec, crédits remboursés
log-reason-request-found = retrouvé au service de films, sous l'identifiant { $id }
log-reason-may-be-ordered = le film { $id } a peut-être déjà été commandé
log-reason-may-be-sent = le message sur le film { $id } a peut-être déjà été envoyé
log-reason-requested = demandés par le membre
log-reason-not-age-restricted = la galerie n'est pas soumise à une limite d'âge
log-reason-staff-unreachable = je ne peux pas écrire dans le salon de l'équipe, et ce serveur laisse alors les films démarrer
