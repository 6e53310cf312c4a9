### /quota : les limites d'un serveur ou d'un membre, et les refus. Seule la personne qui demande les voit.

quota-server-title = Limites de ce serveur
quota-each-member-field = Allocation par défaut
quota-server-field = Budget du serveur
quota-staff-channel-field = Salon de l'équipe
quota-roles-field = Rôles
quota-members-field = Membres
quota-blocked-field = Blocage

quota-bot-default = { units-credits-monthly } (valeur par défaut du bot)
quota-set-by-operator = { units-credits-monthly } (fixés par l'opérateur du bot)
quota-unlimited = illimité (jusqu'au forfait du bot)
quota-no-channel = aucun (choisis-en un avec /setup)
quota-channel-failed = ⚠️ Je n'ai pas pu y écrire { $time }. Vérifie mes permissions, puis choisis à nouveau le salon.
quota-limit-line = { $name } : { units-credits-monthly }
quota-block-line = { $name } : { $block }

quota-member-title = Limites de { $name }
quota-unnamed-member-title = Limites de ce membre
quota-allowance-field = Allocation
quota-used-field = Utilisés ce mois-ci
quota-on-hold-field = Réservés
quota-bonus-field = Crédits bonus
quota-bonus-value = reste { $credits } (reçus : { $granted })
quota-left-field = Restants

quota-not-blocked = non
quota-blocked-until = jusqu'au { $time }
quota-blocked = jusqu'au déblocage
quota-blocked-everywhere = sur tous les serveurs, jusqu'à ce que l'opérateur du bot lève le blocage
quota-blocked-everywhere-until = sur tous les serveurs jusqu'au { $time }, par l'opérateur du bot
quota-timed-out-until = jusqu'au { $time }, par le filtre de prompts
quota-block-with-reason = { $block } ({ $reason })

quota-operator-limits-server = L'opérateur du bot accorde { units-credits-monthly } à ce serveur : c'est donc sa limite.
quota-operator-blocks-member = Ce membre ne peut pourtant pas encore faire de films : l'opérateur du bot l'a bloqué sur tous les serveurs.

quota-not-allowed = Il te faut la permission **Gérer le serveur**.
quota-bad-credits = **credits** doit être un nombre entier entre { $min } et { $max } (tu as saisi { $given }).
quota-bad-hours = **hours** doit être un nombre entier entre { $min } et { $max } (tu as saisi { $given }).
quota-reason-required = **reason** ne peut pas être vide.
quota-reason-too-long = **reason** est trop long ({ $characters } caractères, { $max } au maximum).
quota-bad-month = « { $given } » n'est pas un mois valide. Écris-le au format AAAA-MM, par ex. 2026-11.
quota-bot-member = { $member } est un bot. Les bots ne peuvent pas faire de films.
quota-not-a-member = { $member } n'est plus sur ce serveur.
quota-role-deleted = { $role } n'existe plus.
quota-everyone = Pour @everyone, utilise /quota default.
quota-no-bonus = { $member } n'a pas de crédits bonus à retirer.
quota-too-little-bonus = Tu peux retirer au maximum { units-bonus-credits } à { $member } (le reste est utilisé ou réservé).
quota-not-blocked-member = { $member } n'est pas bloqué.
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
quota-none-queued = Ce membre n'a plus rien en attente : rien n'a été annulé.
