### /pitch: um filme que os membros pagam juntos. A mensagem pública, e o que só quem clicou lê.

# The public message. $time: "in 3 days"
pitch-open-title = 🎟️ Vamos fazer este filme em conjunto
pitch-waiting-title = ⏳ Financiado por completo, aguardando a criação
pitch-funded-title = 🎬 Financiado: o filme foi pedido
pitch-ended-title = Esta proposta terminou
pitch-movie-field = Filme
pitch-member-field = Proposto por
pitch-credits-field = Créditos
pitch-progress = { $pledged } de { $price } · { $people ->
    [one] { $people } pessoa
   *[other] { $people } pessoas
} · termina { $time }
# What goes on while it waits, after each of the reasons
-pitch-keep-trying = Vou continuar tentando até a proposta terminar; se eu não conseguir pedir o filme até lá, todos serão reembolsados.
pitch-waits-plan = Este bot não pode fazer mais filmes este mês. { -pitch-keep-trying }
pitch-waits-server = O orçamento deste servidor ainda não é suficiente. { -pitch-keep-trying }
pitch-waits-busy = Há filmes demais em andamento. { -pitch-keep-trying }
pitch-waits-paused = Novos filmes estão em pausa. { -pitch-keep-trying }
pitch-waits-member = O filme não pode ser pedido agora. { -pitch-keep-trying }
pitch-ended-funded = Ela foi financiada por completo, e o filme foi pedido.
pitch-ended-lapsed = O tempo acabou antes que o filme pudesse ser pedido. Todos foram reembolsados.
pitch-ended-withdrawn = O membro que fez a proposta a retirou. Todos foram reembolsados.
pitch-ended-removed = A equipe deste servidor a removeu. Todos foram reembolsados.
pitch-ended-prompt = O prompt vai contra as regras deste servidor. Todos foram reembolsados.
pitch-ended-not-offered = O modelo ou a duração não está mais disponível aqui. Todos foram reembolsados.
pitch-ended-restored = Fui restaurado de um backup, então a encerrei. Todos foram reembolsados.
pitch-ended-server-left = Fui removido do servidor. Todos foram reembolsados.
pitch-ended-gone = A mensagem ou o canal dela foi excluído. Todos foram reembolsados.

pitch-add-button = Contribuir com { $credits }
pitch-rest-button = O restante ({ $credits })
pitch-other-button = Outro valor
pitch-back-button = Recuperar meus créditos
pitch-vote-button = Votar ({ $votes })
pitch-withdraw-button = Retirar proposta
pitch-withdraw-confirm-button = Retirar esta proposta
pitch-remove-button = Remover proposta
pitch-remove-confirm-button = Remover esta proposta
pitch-other-modal-title = Contribuir com outro valor
pitch-amount-label = Quantos créditos?
pitch-amount-hint = Ainda falta: { units-credits }. Se o filme não for feito, seus créditos são reembolsados.

# Private answers. $share, $mine, $missing, $price, $left: amounts such as "50 credits"
pitch-pledged = Você contribuiu com { $share }. Seu total: { $mine }. Ainda falta: { $missing }. Seus créditos ficam reservados, e você pode recuperar tudo até a proposta ser financiada.
pitch-month-ends = 🗓️ Isso inclui { units-credits } da cota deste mês, que termina { $time } com o mês. Se a proposta não for financiada até lá, essa parte se perde.
pitch-completed = 🎉 Com a sua contribuição ({ $share }), está completa! O filme foi pedido. Acompanhe o progresso aqui.
pitch-completed-approval = 🎉 Com a sua contribuição ({ $share }), está completa! A equipe deste servidor precisa aprovar o filme primeiro. Se ninguém fizer isso em 48 horas, todos serão reembolsados.
pitch-completed-waiting = 🎉 Com a sua contribuição ({ $share }), está completa!
pitch-taken-back = Você recuperou { $share }. Ainda falta: { $missing }.
pitch-shortfall = Você precisa de { $price }, mas só tem { $left }. { -not-charged } Contribua com menos ou espere: seus créditos são renovados { $time }.
pitch-too-much = É mais do que falta: { $missing }. { -not-charged }
pitch-complete = Esta proposta já está financiada por completo. O filme dela aguarda a criação.
pitch-no-pledge = Você não tem créditos nesta proposta.
pitch-not-yours = Só { $member } pode retirar esta proposta. Para recuperar seus próprios créditos, toque em “{ pitch-back-button }”.
pitch-too-many = Você já tem { $pitches } propostas abertas aqui, que é o limite. Retire uma ou espere uma terminar.
pitch-failing = Seus últimos { $failures } filmes deste prompt falharam, então outras pessoas não devem pagar pelo próximo. Proponha outro prompt ou crie este filme por conta própria com /movie primeiro.
pitch-voted = Você votou nesta proposta. Os votos são grátis e só mudam a ordem em /pitches.
pitch-voted-already = Você já votou nesta proposta.
pitch-unknown = Não encontro esta proposta aqui. Digite /pitches para ver as abertas.
pitch-over = Esta proposta terminou.
pitch-handled = Isso já está feito. Você tem { $mine } nesta proposta.
pitch-amount-invalid = Digite um número inteiro de créditos, como 25. { -not-charged }
pitch-never-fits-server = Este filme custa { $price }, e o orçamento do servidor para um mês inteiro é de { $left }. Proponha um mais curto.
pitch-never-fits-queue = Este filme custa { $price }, mas os filmes na fila de um membro não podem custar mais que { $left } no total. Proponha um mais curto.
pitch-never-fits-bot = Este filme custa { $price }, mais do que o bot pode gastar em um mês. Proponha um mais curto.
pitch-withdraw-question = Retirar esta proposta? Todos serão reembolsados, e ninguém poderá mais contribuir.
pitch-withdrawn = Retirada. Todos serão reembolsados.
pitch-remove-question = Remover esta proposta? O prompt ficará oculto, e todos serão reembolsados.
pitch-removed = Removida. Todos serão reembolsados.
pitch-not-posted = O Discord não confirmou sua proposta, então eu a retirei. Tente de novo.
