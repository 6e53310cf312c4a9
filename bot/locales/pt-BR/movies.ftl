### /movies: os filmes de um membro e a página de um filme. Só quem lê os vê.

movies-own-title = Seus filmes
movies-member-title = Filmes de { $name } neste servidor
movies-unnamed-title = Filmes deste membro neste servidor
movies-filtered-title = { $title }: { $filter }

movies-none =
    Nenhum filme ainda. Faça o primeiro com /movie. Por exemplo:
    > { -example-prompt }
movies-none-in-progress = Nenhum filme em andamento.
movies-none-ready = Nenhum filme pronto ainda.
movies-none-failed = Nenhum filme com falha ou cancelado.
movies-member-none = { $member } ainda não pediu nenhum filme neste servidor.
movies-member-none-in-progress = { $member } não tem filmes em andamento neste servidor.
movies-member-none-ready = { $member } ainda não tem filmes prontos neste servidor.
movies-member-none-failed = { $member } não tem filmes com falha nem cancelados neste servidor.

movies-list-footer = Os mais recentes primeiro. Escolha um abaixo para ver os detalhes.
movies-outage = { $outage } Os filmes na fila começam assim que o serviço os aceitar.
movies-not-delivered = 📬 pronto, mas não consegui publicar: abra abaixo
movies-deleted = 🗑️ excluído
movies-elsewhere = em outro servidor
movies-hidden-prompt = (pedido onde você não pode ver)
# Members paid for it together
movies-with-others = com outras pessoas
movies-share-value = Sua parte: { units-credits }
movies-all-hint = Todos os filmes, os mais recentes primeiro
movies-in-progress-hint = Na fila, em criação ou em verificação
movies-ready-hint = Prontos para assistir
movies-failed-hint = Com falha ou cancelados; o resto é reembolsado
movies-filter-placeholder = Filtrar
movies-open-placeholder = Abrir um filme…
movies-newer-button = Mais recentes
movies-older-button = Mais antigos
movies-refresh-button = Atualizar
movies-back-button = Voltar à lista

movies-here-is-yours = Aqui está o seu filme.
movies-here-it-is = Aqui está o filme.
movies-posted-late = Não consegui publicar este antes. Aqui está.
movies-link-may-have-expired = { $sentence } Não consegui um link novo, então este pode ter expirado: tente de novo em alguns minutos.

movies-movie-field = Filme
movies-receipt-field = Recibo
movies-on-hold-value = { $credits ->
    [one] **{ units-credits }** reservado até ficar pronto
   *[other] **{ units-credits }** reservados até ficar pronto
}
movies-unknown-value = { $credits ->
    [one] **{ units-credits }** reservado até eu saber o que aconteceu com ele
   *[other] **{ units-credits }** reservados até eu saber o que aconteceu com ele
}
movies-spent-value = { $credits ->
    [one] **{ units-credits }** gasto
   *[other] **{ units-credits }** gastos
}
movies-refunded-value = { $credits ->
    [one] **{ units-credits }** reembolsado
   *[other] **{ units-credits }** reembolsados
}
movies-refunded-in-part-value = **{ $cost }** pelas etapas concluídas, **{ $refund }** de volta
movies-requested-by-field = Pedido por
movies-unnamed-value = Este membro
movies-requested-in-field = Pedido em
movies-left-server-value = Um servidor do qual eu saí
movies-other-server-value = Outro servidor
movies-failed-field = Por que falhou
movies-cancelled-field = Por que foi cancelado
movies-status-field = Status
movies-deleted-field = Excluído
movies-deleted-value = { $date }. A mensagem e os links não existem mais.
movies-deleted-by-manager-value = { $date }, pela equipe do servidor. A mensagem e os links não existem mais.
movies-dates-field = Datas
movies-requested-value = Pedido: { $date } ({ $ago })
movies-started-value = Iniciado: { $date }
movies-finished-value = Concluído: { $date }
movies-finished-after-value = Concluído: { $date } (levou { $duration })
movies-ended-value = Encerrado: { $date }
movies-id-footer = ID do filme { $id }

movies-not-authorized = Você só pode ver os seus próprios filmes. { -managers } podem ver os de todos no servidor deles.
movies-not-found = Não encontro este filme na lista. Digite /movies para ver o que há.
movies-unknown-id = Não encontro nenhum filme com esse ID. Copie o ID do rodapé da mensagem do filme.
