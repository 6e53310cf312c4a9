### /help: o que o bot faz e o que este membro pode fazer aqui. Só ele vê.

help-title = O Matinee transforma palavras em filmes
help-summary = Descreva uma cena com { $command } e eu a transformo em um filme curto. Filmes custam créditos; os que falham são reembolsados.
help-status-field = Sua situação
help-available = ✅ Você pode fazer filmes neste canal.
help-refused = 🚫 { $reason }
help-missing-permissions = 🚫 Não posso publicar filmes aqui. Neste canal me falta: { $permissions }. Peça a um administrador do servidor.
help-no-member-credits = 🚫 Seus créditos acabaram. Eles renovam { $time }.
help-no-server-credits = 🚫 O orçamento deste servidor acabou. Ele renova { $time }.
help-no-bot-credits = 🚫 Este bot não pode fazer mais filmes neste mês. Você poderá pedir de novo { $time }.
help-in-progress = { $movies ->
    [one] 🎬 { $movies } dos seus filmes está em andamento: { $command }
   *[other] 🎬 { $movies } dos seus filmes estão em andamento: { $command }
}
help-many-in-progress = 🎬 Mais de { $movies } dos seus filmes estão em andamento: { $command }

help-credits-field = Seus créditos
help-left = Seu saldo: **{ $left }**. Seus créditos são renovados { $time }.
help-bonus = { $credits ->
    [one] Deles, { units-bonus-credits } não expira.
   *[other] Deles, { units-bonus-credits } não expiram.
}
help-shared = Orçamento do servidor: { units-credits } para o resto deste mês.

help-prices-field = Preço por segundo
help-price = **{ $model }**: { units-credits } · { $ratios }
help-more-models = { $models ->
    [one] e mais { $models } modelo
   *[other] e mais { $models } modelos
}
help-asks-above = Um filme dura no máximo { $duration }. Pergunto antes de gastar mais de { units-credits }.
help-asks-above-or-share = Um filme dura no máximo { $duration }. Eu pergunto antes de gastar mais de { units-credits } ou mais de { $share } do seu saldo.
help-always-asks = Um filme dura no máximo { $duration }. Mostro o preço antes de gastar qualquer coisa.

help-commands-field = Comandos
help-command = { $command } · { $description }
help-from-a-message = Em uma mensagem sua: **Aplicativos** → **{ $menu }**
help-from-any-message = Em qualquer mensagem: **Aplicativos** → **{ $menu }**
help-managers = Administradores: { $setup }, { $show }, { $report } e os outros comandos /quota
