### El precio de una película antes de pedirla y lo que pasó después. Solo lo ve su miembro.

quotes-title = Esta película cuesta { units-credits }
quotes-movie-field = Película
quotes-balance-field = Saldo después
quotes-balance-value =
    { "**" }{ $after }** (ahora: { units-credits })
    Se renueva { $time } ({ $date })
quotes-footer = Solo tú ves esto. No pagas nada hasta que pulses «{ quotes-accept-button }».

quotes-last-model-field = Tu último modelo
quotes-last-model-value = { $model } cuesta { $rate }. El modelo por defecto, { $other }, cuesta { $other_rate }. Para cambiarlo: { quotes-edit-button }.

quotes-failing-field = ⚠️ Este prompt falla una y otra vez
quotes-failing-value = Tus últimas { $failures } películas de este prompt han fallado. Prueba otro prompt.

# Duraciones que se proponen al escribir
quotes-duration-option = { $duration } · { units-credits } · saldo: { $after }
quotes-too-long-option = { $duration } · { units-credits } · faltan créditos

quotes-accept-button = Adelante
quotes-edit-button = Editar
quotes-cancel-button = Cancelar
quotes-smaller-button = Mejor { $duration } ({ units-credits })

quotes-accepted = ¡En marcha! Síguela aquí abajo.
quotes-cancelled = Cancelado. No se te ha cobrado nada.
quotes-not-accepted = Discord ha tenido un tropiezo, así que no se ha pedido ni cobrado nada. Inténtalo otra vez.

quotes-already-ordered = Ya has pedido esta película.
quotes-already-ordered-there = Ya has pedido esta película: { $link }
quotes-replaced = Has editado o cancelado esta película. No se te ha cobrado nada. Usa /movie para pedir otra.
quotes-expired = Este precio ha caducado. No se te ha cobrado nada. Usa /movie de nuevo.
