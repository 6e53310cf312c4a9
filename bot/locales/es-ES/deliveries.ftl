### Mensajes sobre el final de una película, en el canal o por MD

deliveries-ready = { $member } Tu película está lista.
deliveries-ready-followed = { $member } Tu película está lista. También para { $followers }
deliveries-ready-direct = Tu película está lista.
deliveries-movie-alt-text = Película generada por IA, { $duration }: { $prompt }
deliveries-spent = Gastado: **{ $cost }**
deliveries-spent-left = Gastado: **{ $cost }** · saldo de este mes: **{ $left }**
deliveries-not-cancelled = Terminó antes de que se pudiera cancelar.
deliveries-followed = { $followers } La película que esperabas está lista, pero quien la pidió ha preferido recibirla por MD.
deliveries-followed-direct = 🎬 Una película que esperabas está lista, pero no puedo mencionarte donde está. Quien la pidió puede enseñártela. ID { $id }

deliveries-failed-title = Esta película ha fallado
deliveries-failed = { $member } Tu película ha fallado. Se han reembolsado sus créditos.
deliveries-refunded = Reembolsado: **{ $refunded }**
deliveries-refunded-left = Reembolsado: **{ $refunded }** · saldo de este mes: **{ $left }**
deliveries-refunded-bonus = Reembolsado en créditos extra, porque el mes del pedido ya terminó: **{ $refunded }**

deliveries-unknown-title = 🔎 Comprobando tu película
deliveries-unknown = { $member } Estoy comprobando qué ha pasado con tu película.
deliveries-unknown-details =
    El servicio de películas no confirmó tu pedido. No lo haré dos veces. { -operator-notified }
    Mientras tanto, mantengo en reserva **{ $held }**: se gastarán en tu película o se te reembolsarán.

deliveries-cancelled-title = Cancelada
deliveries-cancelled = { $member } Tu película se ha cancelado.
deliveries-spent-refunded = Gastado: **{ $cost }** · reembolsado: **{ $refunded }**

deliveries-not-started-title = Sin empezar
deliveries-not-started = { $member } Tu película no ha empezado. Se han reembolsado sus créditos.
deliveries-not-started-details = Reembolsado: **{ $refunded }**. Escribe /movie para volver a intentarlo.

deliveries-left = Saldo de este mes: **{ $left }**
