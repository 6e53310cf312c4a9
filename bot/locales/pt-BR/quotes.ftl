### O preço de um filme antes do pedido e o que aconteceu depois. Só o próprio membro vê.

quotes-title = Este filme custa { units-credits }
quotes-movie-field = Filme
quotes-balance-field = Saldo depois
quotes-balance-value =
    { "**" }{ $after }** (agora: { units-credits })
    Renova { $time } ({ $date })
quotes-footer = Só você vê isto. Você só paga quando tocar em “{ quotes-accept-button }”.

quotes-last-model-field = Seu último modelo
quotes-last-model-value = { $model } custa { $rate }. O padrão, { $other }, custa { $other_rate }. Para trocar: { quotes-edit-button }.

quotes-failing-field = ⚠️ Este prompt continua falhando
quotes-failing-value = Seus últimos { $failures } filmes deste prompt falharam. Tente outro prompt.

# Durações sugeridas ao digitar
quotes-duration-option = { $duration } · { units-credits } · saldo: { $after }
quotes-too-long-option = { $duration } · { units-credits } · faltam créditos

quotes-accept-button = Criar
quotes-edit-button = Editar
quotes-cancel-button = Cancelar
quotes-smaller-button = Criar { $duration } no lugar ({ units-credits })

quotes-accepted = Pode deixar! Acompanhe logo abaixo.
quotes-cancelled = Cancelado. Nada foi cobrado.
quotes-not-accepted = O Discord tropeçou, então nada foi pedido nem cobrado. Tente de novo.

quotes-already-ordered = Você já pediu este filme.
quotes-already-ordered-there = Você já pediu este filme: { $link }
quotes-replaced = Você editou ou cancelou este filme. Nada foi cobrado. Use /movie para pedir outro.
quotes-expired = Este preço expirou. Nada foi cobrado. Use /movie de novo.
