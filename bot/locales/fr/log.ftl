### Changements faits par les gestionnaires du serveur, l'opérateur du bot et le bot : dans le salon du journal, et comme
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
log-removed = { $credits ->
    [one] { units-bonus-credits } retiré à { $member }.
   *[other] { units-bonus-credits } retirés à { $member }.
}
log-blocked = { $member } est bloqué jusqu'à ce qu'un gestionnaire lève le blocage. Les films en cours seront terminés.
log-blocked-hours = { $member } est bloqué pendant { units-hours }. Les films en cours seront terminés.
log-unblocked = { $member } peut de nouveau faire des films.
log-usage-reset = La consommation de { $member } ce mois-ci a été remise à zéro.
log-usage-reset-credits = La consommation de { $member } ce mois-ci a été remise à zéro (avant : { units-credits }).
log-channel-set = Les changements sont maintenant notés dans { $channel }.
log-channel-cleared = Les changements ne sont plus notés dans un salon.
# $setting: "Longest movie"; $value: "1 min"
log-setting = **{ $setting }** : maintenant { $value }

log-request = 🙋 { $time } { $change }
log-credits-requested = { $member } demande { units-bonus-credits }.
log-credits-declined = La demande de { $member } ({ units-bonus-credits }) a été refusée.
log-request-granted = ✅ Accordé par { $manager }.
log-request-declined = ❌ Refusé par { $manager }.
log-request-replaced = Ce membre a fait une nouvelle demande depuis : seule la plus récente peut recevoir une réponse.
log-request-lapsed = Cette demande a expiré. Le membre peut en faire une autre.
log-request-not-told = Je ne peux pas envoyer de MP à { $member }. Merci de le prévenir.

log-failures-stopped = { $member } ne peut plus faire de films ce mois-ci, car ses films échoués ont coûté { units-credits } au bot. Un gestionnaire peut en autoriser d'autres avec /quota unblock.
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
log-movie-resolved = Un film de { $member } a été vérifié.
log-movie-deleted = Un film de { $member } a été supprimé (ID { $id }).
log-backup-restored = Une sauvegarde a été restaurée. Un film de { $member } attend que l'opérateur du bot l'ait vérifié.

log-reason-role-deleted = le rôle a été supprimé
log-reason-movie = film { $id }
log-reason-failed = échec, crédits remboursés
log-reason-request-found = retrouvé au service de films, sous l'identifiant { $id }
log-reason-may-be-ordered = le film { $id } a peut-être déjà été commandé
log-reason-may-be-sent = le message sur le film { $id } a peut-être déjà été envoyé
log-reason-requested = demandés par le membre
