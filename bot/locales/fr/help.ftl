### /help : ce que fait le bot, et ce que ce membre peut faire ici. Lui seul le voit.

help-title = Matinee transforme les mots en films
help-summary = Décris une scène avec { $command }, et j'en fais un court film. Les films coûtent des crédits ; ceux qui échouent sont remboursés.
help-status-field = Où tu en es
help-available = ✅ Tu peux faire des films dans ce salon.
help-refused = 🚫 { $reason }
help-missing-permissions = 🚫 Je ne peux pas publier de films ici. Il me manque dans ce salon : { $permissions }. Demande à un gestionnaire du serveur.
help-no-member-credits = 🚫 Tu as utilisé tous tes crédits. Ils se renouvellent { $time }.
help-no-server-credits = 🚫 Le budget de ce serveur est épuisé. Il se renouvelle { $time }.
help-no-bot-credits = 🚫 Ce bot ne peut plus faire de films ce mois-ci. Tu pourras de nouveau en commander { $time }.
help-in-progress = { $movies ->
    [one] 🎬 { $movies } de tes films est en cours : { $command }
   *[other] 🎬 { $movies } de tes films sont en cours : { $command }
}
help-many-in-progress = 🎬 Plus de { $movies } de tes films sont en cours : { $command }

help-credits-field = Tes crédits
help-left = Il te reste **{ $left }**. Tes crédits se renouvellent { $time }.
help-bonus = Dont { units-bonus-credits } sans date d'expiration.
help-shared = Dans le budget du serveur ce mois-ci : { units-credits }.

help-prices-field = Prix par seconde
help-price = **{ $model }** : { units-credits } · { $ratios }
help-more-models = { $models ->
    [one] et { $models } autre modèle
   *[other] et { $models } autres modèles
}
help-asks-above = Un film dure au maximum { $duration }. Je te demande avant de dépenser plus de { units-credits }.
help-asks-above-or-share = Un film dure au maximum { $duration }. Je demande avant de dépenser plus de { units-credits }, ou plus de { $share } de ton solde.
help-always-asks = Un film dure au maximum { $duration }. Je te montre le prix avant de dépenser quoi que ce soit.

help-commands-field = Commandes
help-command = { $command } · { $description }
help-from-a-message = Sur un de tes messages : **Applications** → **{ $menu }**
help-from-any-message = Sur n'importe quel message : **Applications** → **{ $menu }**
help-managers = Gestionnaires : { $setup }, { $show }, { $report } et les autres commandes /quota
