### Mensagens sobre o fim de um filme, no canal ou por DM

deliveries-ready = { $member } Seu filme está pronto.
deliveries-ready-followed = { $member } Seu filme está pronto. Também para { $followers }
deliveries-ready-direct = Seu filme está pronto.
deliveries-movie-alt-text = Filme gerado por IA, { $duration }: { $prompt }
deliveries-spent = Gasto: **{ $cost }**
deliveries-spent-left = Gasto: **{ $cost }** · saldo deste mês: **{ $left }**
deliveries-not-cancelled = Ele ficou pronto antes de poder ser cancelado.
deliveries-followed = { $followers } O filme que você esperava está pronto, mas quem o pediu preferiu recebê-lo por DM.
deliveries-followed-direct = 🎬 Um filme que você esperava está pronto, mas não posso mencionar você onde ele está. Quem o pediu pode mostrá-lo a você. ID { $id }

deliveries-failed-title = Este filme falhou
deliveries-failed = { $member } Seu filme falhou. Os créditos dele foram reembolsados.
deliveries-refunded = Reembolso: **{ $refunded }**
deliveries-refunded-left = Reembolso: **{ $refunded }** · saldo deste mês: **{ $left }**
deliveries-refunded-bonus = Reembolso em créditos bônus, porque o mês do pedido já acabou: **{ $refunded }**

deliveries-unknown-title = 🔎 Verificando seu filme
deliveries-unknown = { $member } Estou verificando o que aconteceu com seu filme.
deliveries-unknown-details =
    O serviço de filmes não confirmou seu pedido. Não vou fazê-lo duas vezes. { -operator-notified }
    Até eu saber o que aconteceu, mantenho **{ $held }** em reserva: depois, serão gastos no seu filme ou reembolsados.

deliveries-cancelled-title = Cancelado
deliveries-cancelled = { $member } Seu filme foi cancelado.
deliveries-spent-refunded = Gasto: **{ $cost }** · reembolso: **{ $refunded }**

deliveries-not-started-title = Não começou
deliveries-not-started = { $member } Seu filme não começou. Os créditos dele foram reembolsados.
deliveries-not-started-details = Reembolso: **{ $refunded }**. Digite /movie para tentar de novo.

deliveries-left = Saldo deste mês: **{ $left }**
