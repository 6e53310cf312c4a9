### /pitches: the open pitches of a server.

pitches-list-title = Propostas abertas
pitches-empty = Não há propostas abertas agora. Comece uma com /pitch, e todos aqui poderão participar.
# $credits: what is still needed; $price: "600 credits"; $time: "in 3 days"
pitches-missing = { $credits ->
    [one] falta { $credits } de { $price }
   *[other] faltam { $credits } de { $price }
}
pitches-complete = financiada, aguardando a criação
pitches-votes = { $votes ->
    [one] { $votes } voto
   *[other] { $votes } votos
}
pitches-ends = termina { $time }
pitches-mine = sua parte: { units-credits }
# The text of a link to the pitch
pitches-open = Abrir
pitches-sort-placeholder = Ordenar por
pitches-manage-placeholder = Recuperar, retirar ou remover: escolha uma proposta
pitches-back-button = Anterior
pitches-next-button = Próxima
pitches-page-footer = Página { $page } de { $pages }
