### /credits: saldo, ajustes e recibos de um membro. Só quem pediu vê; os administradores veem também os de outros,
### por isso nada diz "você".

credits-account-title = Créditos de { $name }
credits-unnamed-account-title = Créditos deste membro
credits-summary =
    Saldo: **{ $left }**
    { $bar } da cota deste mês usada ou reservada
    Renova { $time } ({ $date }).
credits-blocked = 🚫 Sem permissão para fazer filmes até um administrador do servidor remover o bloqueio.
credits-blocked-until = 🚫 Sem permissão para fazer filmes até { $time }.
credits-blocked-everywhere = 🚫 Sem permissão para fazer filmes em nenhum servidor até o operador do bot remover o bloqueio.
credits-timed-out-until = 🚫 Não pode fazer filmes até { $time }: prompts demais foram contra as regras deste servidor.

credits-allowance-field = Cota
credits-used-field = Usados
credits-used-value =
    { units-credits }
    neste mês
credits-on-hold-field = Reservados
credits-bonus-field = Créditos bônus
credits-bonus-value =
    { units-credits }
    não expiram; usados depois da cota
credits-shared-field = Orçamento do servidor
credits-shared-value =
    { units-credits }
    para o resto deste mês

credits-source-member = definida para este membro
credits-source-role = por { $role }
credits-source-server = padrão do servidor
credits-source-bot = padrão do bot

credits-adjustments-field = Ajustes recentes
credits-granted = { $date } recebeu { units-bonus-credits }
credits-removed = { $date } perdeu { units-bonus-credits }
credits-usage-reset = { $date } consumo deste mês zerado
credits-carried-over = { $date } uso antes de os dados serem apagados: { units-credits }
credits-gift-received = { $date } { units-bonus-credits } de { $member }
credits-gift-given = { $date } { units-bonus-credits } para { $member }
credits-old-gift-received = { $date } { units-bonus-credits } de outro membro
credits-old-gift-given = { $date } { units-bonus-credits } para outro membro
credits-with-reason = { $change }: { $reason }

credits-receipts-field = Recibos
credits-receipts-page-field = Recibos, página { $page } de { $pages }
credits-receipts-many-pages-field = Recibos, página { $page } de mais de { $pages }
credits-receipt = { $date } { $outcome } · **{ $credits }** · { $duration } { $model }
credits-no-receipts =
    Nenhum filme ainda. Faça o primeiro com /movie. Por exemplo:
    > { -example-prompt }
credits-member-no-receipts = Nenhum filme neste servidor ainda.
credits-newer-button = Mais recentes
credits-older-button = Mais antigos
credits-export-button = Exportar CSV

credits-exported = { $movies ->
    [one] Aqui está { $movies } filme em um arquivo CSV.
   *[other] Aqui estão todos os { $movies } filmes em um arquivo CSV.
}
credits-exported-latest = { $movies ->
    [one] Aqui está o filme mais recente em um arquivo CSV (sem os mais antigos).
   *[other] Aqui estão os { $movies } filmes mais recentes em um arquivo CSV (sem os mais antigos).
}
credits-export-in-progress = Sua última exportação ainda está em andamento. Ela aparece aqui em instantes.
credits-too-many-exports = Várias exportações acabaram de ser feitas aqui. Você pode pedir a próxima { $time }.

credits-not-authorized = Você só pode ver os seus próprios créditos. { -managers } podem ver os de todos.
