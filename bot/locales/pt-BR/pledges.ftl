### What members who chipped in for a pitch are told.

# In the channel, or by DM. $members: mentions; $pitch: a link to the pitch; $why: one of the sentences below
pledges-funded = 🎬 { $members }: a proposta em que você participou foi financiada, e o filme dela foi pedido: { $pitch }
pledges-funded-direct = 🎬 A proposta em que você participou foi financiada, e o filme dela foi pedido. Sua parte: { units-credits }. { $pitch }
pledges-approval = 🎬 { $members }: a proposta em que você participou foi financiada. A equipe deste servidor precisa aprovar o filme primeiro. Se ninguém fizer isso a tempo, todos serão reembolsados. { $pitch }
pledges-approval-direct = 🎬 A proposta em que você participou foi financiada. A equipe do servidor precisa aprovar o filme primeiro. Se ninguém fizer isso a tempo, todos serão reembolsados. Sua parte: { units-credits }. { $pitch }
pledges-returned = ↩️ { $members }, seus créditos foram reembolsados. { $why }{ $pitch }
pledges-returned-direct = ↩️ Reembolso: { units-credits }. { $why }{ $pitch }
pledges-over = 🎟️ { $members }, sua proposta terminou. { $why }{ $pitch }
pledges-over-direct = 🎟️ Sua proposta terminou. { $why }{ $pitch }
pledges-lapsed = 🗓️ { $members }, começou um novo mês, e a cota do mês passado não conta mais para esta proposta. Participe de novo se ainda quiser o filme: { $pitch }
pledges-lapsed-direct = { $credits ->
    [one] 🗓️ Começou um novo mês, e { units-credits } da cota do mês passado não conta mais para esta proposta. Participe de novo se ainda quiser o filme: { $pitch }
   *[other] 🗓️ Começou um novo mês, e { units-credits } da cota do mês passado não contam mais para esta proposta. Participe de novo se ainda quiser o filme: { $pitch }
}
pledges-waiting = ⏳ { $members }: a proposta em que você participou está totalmente financiada, mas o filme dela ainda não pode ser pedido. Vou continuar tentando até a proposta terminar; se eu não conseguir pedir o filme até lá, todos serão reembolsados. { $pitch }
pledges-waiting-direct = ⏳ A proposta em que você participou está totalmente financiada, mas o filme dela ainda não pode ser pedido. Vou continuar tentando até a proposta terminar; se eu não conseguir pedir o filme até lá, todos serão reembolsados. Sua parte: { units-credits }. { $pitch }
pledges-made = 🎬 { $members }, o filme para o qual você contribuiu está pronto. Ele está em /movies. A proposta dele: { $pitch }
pledges-made-direct = 🎬 O filme para o qual você contribuiu está pronto. Ele está em /movies. Sua parte: { units-credits }. A proposta dele: { $pitch }

# Why credits came back
pledges-why-lapsed = O tempo acabou antes que o filme pudesse ser pedido.
pledges-why-withdrawn = A proposta foi retirada.
pledges-why-removed = A equipe do servidor removeu a proposta.
pledges-why-prompt = O prompt da proposta vai contra as regras do servidor.
pledges-why-not-offered = O modelo ou a duração da proposta não está mais disponível.
pledges-why-restored = O bot foi restaurado de um backup, o que encerrou a proposta.
pledges-why-server-left = Fui removido do servidor.
pledges-why-gone = A mensagem ou o canal da proposta foi excluído.
pledges-why-not-made = O filme não foi feito.
pledges-why-not-made-late = O filme não foi feito. O mês em que você pagou já acabou, então você recebe créditos bônus.

# A movie that was canceled after it began. $spent, $refunded: credits of the member's share
pledges-charged = ↩️ { $members }, o filme para o qual você contribuiu foi cancelado. As partes de vocês pagaram as etapas concluídas, e o que sobrou foi reembolsado. { $pitch }
pledges-charged-direct = ↩️ O filme para o qual você contribuiu foi cancelado. As etapas concluídas custaram { $spent } da sua parte. Reembolso: { $refunded }. { $pitch }

# In the message of the movie. $names: a list of mentions
pledges-paid-by = Pago por { $names }.
pledges-paid-by-more = Pago por { $names } e mais { $more }.
pledges-paid-by-unnamed = { $more ->
    [one] Pago por { $more } membro.
   *[other] Pago por { $more } membros.
}

# The credits of a movie that members paid for together. $cost, $price: all shares, such as "200 credits"
pledges-cost = Gasto em conjunto: **{ $cost }**
pledges-refunded = Todos receberam os créditos de volta.
pledges-refunded-bonus = Todos receberam os créditos de volta como créditos bônus, porque o mês em que pagaram já acabou.
pledges-cost-in-part = Todos pagaram sua parte de **{ $cost }** e receberam o resto de volta.
pledges-cancelled = Cancelado. Todos receberam os créditos de volta.
pledges-ended = Ele já acabou. Todos receberam os créditos de volta.
pledges-failed = { $member } O filme que você propôs falhou.
pledges-not-started = { $member } O filme que você propôs não começou.
pledges-not-cancellable = Um filme pago em conjunto não pode mais ser cancelado quando já está sendo criado. Vou postá-lo no canal quando estiver pronto.
pledges-to-channel = Um filme pago em conjunto é sempre postado no canal.
