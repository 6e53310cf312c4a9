### O cartão que mostra no canal como está um filme

cards-queued-title = 🎟️ Seu filme está na fila
cards-awaiting-title = ✋ Seu filme aguarda aprovação
cards-rendering-title = 🎬 Criando seu filme
cards-cancelling-title = 🛑 Cancelando seu filme
cards-ready-title = 🍿 Seu filme está pronto
cards-failed-title = Este filme falhou
cards-cancelled-title = Cancelado
cards-unknown-title = 🔎 Verificando seu filme

cards-movie-field = Filme
cards-cost-field = Custo
cards-requester-field = Pedido por
cards-status-field = Status

cards-cost-on-hold = { $credits ->
    [one] { $credits } crédito reservado
   *[other] { $credits } créditos reservados
}
cards-cost-refunded = { $credits ->
    [one] { $credits } crédito reembolsado
   *[other] { $credits } créditos reembolsados
}
cards-cost-in-part =
    Gasto: { $cost }
    Reembolso: { $refunded }

cards-waiting = Na fila.
cards-awaiting = A equipe deste servidor aprova antes de começar. Se ninguém fizer isso em 48 horas, os créditos são reembolsados.
cards-staff-not-informed = ⚠️ Não posso escrever em um canal da equipe aqui. Por favor, avise a equipe: ela o encontra em /movies.
cards-next = O seu é o próximo.
cards-ahead = { $movies ->
    [one] { $movies } filme na frente do seu.
   *[other] { $movies } filmes na frente do seu.
}
cards-far-ahead = Mais de { $movies } filmes na frente do seu.
cards-own-movies = Esperando seus outros filmes: só posso criar { $movies } dos seus por vez.
cards-sending = Enviando ao serviço de filmes…
cards-step = Etapa { $step } de { $steps } · { $stage }
cards-stage = { $stage }…
cards-cancelling = Você paga pelas etapas concluídas. O resto é reembolsado.
cards-started = Começou { $time }.
cards-ready = Pronto!
cards-direct = 📬 { $member } o recebe por DM.
cards-sent-direct = 📬 Enviado por DM a { $member }.
cards-in-list = { $member } o encontra em /movies.
cards-not-posted = Não consegui publicá-lo. { $member } o encontra em /movies.
cards-unknown = O serviço de filmes não confirmou seu pedido, então estou verificando o que aconteceu. Não vou fazê-lo duas vezes, e os créditos dele continuam reservados até lá.

cards-usual = Costuma levar { $spread }
cards-usual-ready = Costuma levar { $spread } · pronto por volta de { $time }
cards-late = Está demorando mais que o normal (costuma levar { $spread }).
cards-minutes = { $least }–{ $most } min
cards-spread = de { $low } a { $high }

cards-outage-no-answer = O serviço de filmes não está respondendo agora.
cards-outage-not-taken = O serviço de filmes não está aceitando filmes deste bot agora. { -operator-notified }
cards-outage-busy = O serviço de filmes está ocupado agora.
cards-outage-promise = { $outage } Os créditos do filme continuam reservados, e ele começa assim que o serviço o aceitar. Se isso levar mais de uma hora, eles são reembolsados.
