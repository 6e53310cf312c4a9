### What members who chipped in for a pitch are told.

# In the channel, or by DM. $members: mentions; $pitch: a link to the pitch; $why: one of the sentences below
pledges-funded = 🎬 { $members } : la proposition à laquelle tu as participé est financée, et son film est commandé : { $pitch }
pledges-funded-direct = 🎬 La proposition à laquelle tu as participé est financée, et son film est commandé. Ta part : { units-credits }. { $pitch }
pledges-approval = 🎬 { $members } : la proposition à laquelle tu as participé est financée. L'équipe de ce serveur doit d'abord approuver le film. Si personne ne le fait à temps, tout le monde est remboursé. { $pitch }
pledges-approval-direct = 🎬 La proposition à laquelle tu as participé est financée. L'équipe du serveur doit d'abord approuver le film. Si personne ne le fait à temps, tout le monde est remboursé. Ta part : { units-credits }. { $pitch }
pledges-returned = ↩️ { $members }, tes crédits ont été remboursés. { $why }{ $pitch }
pledges-returned-direct = ↩️ Remboursé : { units-credits }. { $why }{ $pitch }
pledges-over = 🎟️ { $members }, ta proposition est terminée. { $why }{ $pitch }
pledges-over-direct = 🎟️ Ta proposition est terminée. { $why }{ $pitch }
pledges-lapsed = 🗓️ { $members }, un nouveau mois a commencé : l'allocation du mois dernier ne compte plus pour cette proposition. Participe à nouveau si tu veux toujours ce film : { $pitch }
pledges-lapsed-direct = { $credits ->
    [one] 🗓️ Un nouveau mois a commencé : { units-credits } de l'allocation du mois dernier ne compte plus pour cette proposition. Participe à nouveau si tu veux toujours ce film : { $pitch }
   *[other] 🗓️ Un nouveau mois a commencé : { units-credits } de l'allocation du mois dernier ne comptent plus pour cette proposition. Participe à nouveau si tu veux toujours ce film : { $pitch }
}
pledges-waiting = ⏳ { $members } : la proposition à laquelle tu as participé est entièrement financée, mais son film ne peut pas encore être commandé. Je réessaie jusqu'à la fin de la proposition ; si je n'ai pas pu commander le film d'ici là, tout le monde est remboursé. { $pitch }
pledges-waiting-direct = ⏳ La proposition à laquelle tu as participé est entièrement financée, mais son film ne peut pas encore être commandé. Je réessaie jusqu'à la fin de la proposition ; si je n'ai pas pu commander le film d'ici là, tout le monde est remboursé. Ta part : { units-credits }. { $pitch }
pledges-made = 🎬 { $members }, le film auquel tu as participé est prêt. Retrouve-le dans /movies. Sa proposition : { $pitch }
pledges-made-direct = 🎬 Le film auquel tu as participé est prêt. Retrouve-le dans /movies. Ta part : { units-credits }. Sa proposition : { $pitch }

# Why credits came back
pledges-why-lapsed = Le délai a expiré avant que le film puisse être commandé.
pledges-why-withdrawn = La proposition a été retirée.
pledges-why-removed = L'équipe du serveur a supprimé la proposition.
pledges-why-prompt = Le prompt de la proposition est contraire aux règles du serveur.
pledges-why-not-offered = Le modèle ou la durée de la proposition n'est plus disponible.
pledges-why-restored = Le bot a été restauré depuis une sauvegarde, ce qui a mis fin à la proposition.
pledges-why-server-left = J'ai été retiré du serveur.
pledges-why-gone = Le message ou le salon de la proposition a été supprimé.
pledges-why-not-made = Le film n'a pas été réalisé.
pledges-why-not-made-late = Le film n'a pas été réalisé. Le mois du paiement est terminé, tu reçois donc des crédits bonus.

# A movie that was canceled after it began. $spent, $refunded: credits of the member's share
pledges-charged = ↩️ { $members }, le film auquel tu as participé a été annulé. Vos parts ont payé ses étapes terminées ; ce qui restait a été remboursé. { $pitch }
pledges-charged-direct = ↩️ Le film auquel tu as participé a été annulé. Ses étapes terminées t'ont coûté { $spent }. Remboursé : { $refunded }. { $pitch }

# In the message of the movie. $names: a list of mentions
pledges-paid-by = Payé par { $names }.
pledges-paid-by-more = Payé par { $names } et { $more } de plus.
pledges-paid-by-unnamed = { $more ->
    [one] Payé par { $more } membre.
   *[other] Payé par { $more } membres.
}

# The credits of a movie that members paid for together. $cost, $price: all shares, such as "200 credits"
pledges-cost = Dépensé ensemble : **{ $cost }**
pledges-refunded = Tout le monde a récupéré ses crédits.
pledges-refunded-bonus = Tout le monde a récupéré ses crédits sous forme de crédits bonus, car le mois du paiement est terminé.
pledges-cost-in-part = Tout le monde a payé sa part de **{ $cost }** et récupéré le reste.
pledges-cancelled = Annulé. Tout le monde a récupéré ses crédits.
pledges-ended = C'est déjà terminé. Tout le monde a récupéré ses crédits.
pledges-failed = { $member } Le film que tu as proposé a échoué.
pledges-not-started = { $member } Le film que tu as proposé n'a pas commencé.
pledges-not-cancellable = Un film payé ensemble ne peut plus être annulé quand il est en cours. Je le publierai dans le salon quand il sera prêt.
pledges-to-channel = Un film payé ensemble est toujours publié dans le salon.
