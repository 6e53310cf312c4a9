### Os botões de um filme e as respostas a eles

buttons-cancel-button = Cancelar
buttons-follow-button = Me avise
buttons-unfollow-button = Não me avise
buttons-post-here-button = Melhor postar aqui
buttons-direct-button = Melhor por DM
buttons-remix-button = Remixar
buttons-rerun-button = Refazer
buttons-retry-button = Tentar de novo
buttons-new-link-button = Novo link
buttons-receipt-button = Recibo
buttons-delete-button = Excluir
buttons-studio-button = Studio
buttons-cancel-movie-button = Cancelar o filme
buttons-delete-movie-button = Excluir o filme
buttons-leave-gallery-button = Só tirar da galeria

buttons-not-owner = Só **{ $name }** pode usar este botão. Crie o seu com /movie.
buttons-not-owner-unnamed = Só quem pediu este filme pode usar este botão. Crie o seu com /movie.
buttons-unknown-movie = Não encontro este filme. Digite /movies para ver os seus.

buttons-cancelled = Cancelado. Reembolso: **{ $refunded }**.
buttons-cancelling-already = Ele já está sendo cancelado. Uma mensagem vai dizer o que foi gasto e reembolsado.
buttons-unclear = O serviço de filmes talvez já o esteja criando, então ele não pode ser cancelado até eu saber. Até lá, os créditos continuam reservados.
buttons-being-queued = Ele ainda está entrando na fila. Tente de novo em instantes.
buttons-being-sent = Ele está sendo enviado ao serviço de filmes agora. Tente de novo em instantes.
buttons-started = Tarde demais para cancelar: o serviço de filmes já começou e já o cobrou. Você o receberá quando estiver pronto.
buttons-finished = Ele já terminou: veja /movies.
buttons-ended-in-part = Ele já foi cancelado. Gasto: **{ $cost }**, reembolso: **{ $refunded }**.
buttons-ended = Ele já acabou. Reembolso: **{ $refunded }**.
buttons-question = { "**" }Cancelar este filme?**
buttons-question-unknown = O serviço de filmes não diz quanto cobrou até agora. Você paga pelas etapas concluídas, no máximo **{ $price }** no total. O resto é reembolsado.
buttons-question-known = Você paga pelas etapas concluídas. Neste momento, gasto: **{ $cost }**, reembolso: **{ $refunded }**. Se outra etapa terminar antes de parar, você também paga por ela, no máximo { $price } no total.
buttons-cancel-requested = Cancelando seu filme. Uma mensagem vai dizer o que foi gasto e reembolsado. Se ele já estiver pronto, você recebe o filme.
buttons-just-finished = Ele acabou de ficar pronto, então não pode mais ser cancelado. Você o recebe em instantes.
buttons-nearly-finished = Ele pode ficar pronto a qualquer momento, então é tarde demais para cancelar. Você o recebe quando estiver pronto.
buttons-just-ended = Ele acabou de terminar. Você recebe uma mensagem em instantes.
buttons-no-answer = O serviço de filmes não está respondendo agora, então nada foi cancelado. Tente de novo em um minuto.
buttons-too-many-cancels = Você apertou Cancelar várias vezes. Pode apertar de novo { $time }.

buttons-own-movie = O filme é seu, então aviso você de qualquer jeito.
buttons-following = Aviso você quando estiver pronto. Se quem o pediu preferir recebê-lo por DM, só direi que está pronto.
buttons-follow-full = A lista de avisos está cheia. Volte aqui mais tarde.
buttons-follow-ended = Este filme já acabou, então não há mais o que esperar.
buttons-follow-private = Este vai por DM para quem o pediu, então não posso avisar você.
buttons-unfollowed = Certo, não vou avisar você.

buttons-to-direct = Vou mandá-lo por DM (ou postá-lo aqui, se suas DMs estiverem fechadas). Para sempre receber por DM, use /preferences.
buttons-to-channel = Vou postá-lo no canal quando estiver pronto.

buttons-new-link = Novo link:
buttons-no-new-link = Não consegui um novo link do serviço de filmes. Tente de novo em alguns minutos.
buttons-last-link = Não consegui um novo link do serviço de filmes. Tente de novo em alguns minutos. Enquanto isso, aqui está o último, que pode ter expirado:
buttons-too-many-links = São muitos links de uma vez! Você pode pedir o próximo { $time }.

buttons-receipts = Todos os seus recibos estão em /credits.
buttons-receipt-open = Ainda não terminou. Reservado: **{ $held }**.

# Excluir
buttons-delete-question = { "**" }Excluir este filme?**
buttons-delete-question-of = { "**" }Excluir este filme de { $name }?**
buttons-delete-details = A mensagem dele some para todos, e eu esqueço os links. Ele continua em /movies, sem eles. Nenhum crédito é reembolsado, e não dá para desfazer.
buttons-deleted = Excluído. A mensagem dele some em instantes.
buttons-left-gallery = Fora da galeria. O filme continua onde foi publicado primeiro, e as estrelas não o trarão de volta.
buttons-deleted-post-title = Filme excluído
buttons-deleted-already = Este filme já foi excluído.
buttons-delete-unfinished = Só um filme pronto pode ser excluído.
buttons-link-deleted = Este filme foi excluído, então não tem mais link.
buttons-not-deleter = Só **{ $name }** e a equipe do servidor podem excluir este filme.
buttons-not-deleter-unnamed = Só quem pediu este filme e a equipe do servidor podem excluí-lo.
buttons-not-deleter-shared = Outras pessoas também pagaram por este filme, então só a equipe do servidor pode excluí-lo.
