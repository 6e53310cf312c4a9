### /quota report: os números de um mês e o gráfico. Só quem pediu vê.

report-title = Relatório de { $month }
report-movies = { $movies ->
    [one] { "**" }{ units-movies }** concluído, **{ $running_movies }** em andamento
   *[other] { "**" }{ units-movies }** concluídos, **{ $running_movies }** em andamento
}
report-credits =
    { $credits ->
        [one] { "**" }{ units-credits }** gasto
       *[other] { "**" }{ units-credits }** gastos
    }
    Reservados: { $held_credits } · Reembolsados: { $refunded_credits } · Créditos bônus dados: { $granted_credits }
report-members-field = Membros que mais gastaram
report-models-field = Modelos
report-failures-field = Filmes que falharam
report-lost-field = Perdidos com filmes que falharam
report-lost-value = { units-credits }. O serviço de filmes não reembolsa falhas; os membros receberam tudo de volta.
report-server-field = Orçamento do servidor
report-server-value =
    { $bar }
    saldo: { units-credits }
report-mismatches-field = Contabilidade
report-mismatches-value = ⚠️ { $mismatches ->
    [one] { $mismatches } divergência encontrada na contabilidade.
   *[other] { $mismatches } divergências encontradas na contabilidade.
} Peça ao operador do bot para fazer uma auditoria.
report-none = Nenhum
report-none-yet = Nada ainda
report-updated-footer = Os números podem ter até um minuto de atraso

report-share = { $name }: { $credits } ({ units-movies })
report-failure = { $reason }: { units-movies } (reembolsados: { $refunded_credits })
report-failure-lost = { $reason }: { units-movies } (reembolsados: { $refunded_credits }, não recuperados: { $lost_credits })

report-in-line = Alguns outros relatórios vêm antes. O seu aparece aqui em instantes.
report-too-many = Vários relatórios acabaram de ser criados aqui. Você pode pedir o próximo { $time }.

report-service-failed = Falhou no serviço de filmes
report-service-lost = Perdido pelo serviço de filmes
report-rejected = Recusado pelo serviço de filmes
report-key-rejected = O bot não conseguiu entrar no serviço de filmes
report-model-refused = O serviço de filmes não aceitou o modelo
report-wrong-version = O bot não está configurado para esta versão do serviço de filmes
report-credits-ran-out = Os créditos do bot no serviço de filmes acabaram no meio do caminho
report-key-limit = O bot atingiu o limite mensal no serviço de filmes
report-plan-exhausted = O bot não tinha mais créditos no serviço de filmes
report-service-busy = O serviço de filmes estava sobrecarregado
report-unreachable = Não foi possível acessar o serviço de filmes
report-not-confirmed = O Discord não confirmou o comando
report-cancelled = Cancelado pelo membro
report-declined = Recusado pela equipe
report-approval-lapsed = Não aprovado a tempo
report-not-offered = Não está mais disponível
report-closed-by-operator = Registrado como falha pelo operador do bot
report-stayed-unknown = Sem resposta após uma longa espera

report-chart-title = Créditos por dia, { $month }
report-chart-spent = gastos com filmes
report-chart-lost = perdidos com filmes que falharam
report-chart-held = reservados para filmes em andamento
report-chart-refunded = reembolsados
report-chart-empty = Nenhum filme neste mês
report-chart-description = Gráfico de barras dos créditos por dia, { $month }, empilhados por resultado: { units-credits } gastos, { $lost_credits } perdidos com filmes que falharam, { $held_credits } reservados, { $refunded_credits } reembolsados.
report-chart-peak = O dia com mais gastos foi { $date }: { units-credits }.
