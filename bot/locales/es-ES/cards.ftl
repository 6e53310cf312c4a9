### La tarjeta que muestra en el canal cómo va una película

cards-queued-title = 🎟️ Tu película está en cola
cards-awaiting-title = ✋ Tu película espera aprobación
cards-rendering-title = 🎬 Creando tu película
cards-cancelling-title = 🛑 Cancelando tu película
cards-ready-title = 🍿 Tu película está lista
cards-failed-title = Esta película ha fallado
cards-cancelled-title = Cancelada
cards-unknown-title = 🔎 Comprobando tu película

cards-movie-field = Película
cards-cost-field = Coste
cards-requester-field = Pedida por
cards-status-field = Estado

cards-cost-on-hold = { $credits ->
    [one] { $credits } crédito reservado
   *[other] { $credits } créditos reservados
}
cards-cost-refunded = { $credits ->
    [one] { $credits } crédito reembolsado
   *[other] { $credits } créditos reembolsados
}
cards-cost-in-part =
    Gastado: { $cost }
    Reembolsado: { $refunded }

cards-waiting = En cola.
cards-awaiting = El equipo de este servidor la aprueba antes de que empiece. Si nadie lo hace en 48 horas, se reembolsan sus créditos.
cards-staff-not-informed = ⚠️ Aquí no puedo escribir en un canal del equipo. Por favor, avisa al equipo: la encuentra en /movies.
cards-next = La tuya es la siguiente.
cards-ahead = { $movies ->
    [one] Hay { $movies } película antes que la tuya.
   *[other] Hay { $movies } películas antes que la tuya.
}
cards-far-ahead = Hay más de { $movies } películas antes que la tuya.
cards-own-movies = Espera a tus otras películas: solo puedo crear { $movies } de las tuyas a la vez.
cards-sending = Enviándola al servicio de películas…
cards-step = Paso { $step } de { $steps } · { $stage }
cards-stage = { $stage }…
cards-cancelling = Los pasos terminados se cobran. El resto se reembolsa.
cards-started = Empezó { $time }.
cards-ready = ¡Lista!
cards-direct = 📬 { $member } la recibe por MD.
cards-sent-direct = 📬 Enviada por MD a { $member }.
cards-in-list = { $member } la tiene en /movies.
cards-not-posted = No pude publicarla. { $member } la tiene en /movies.
cards-unknown = El servicio de películas no confirmó tu pedido, así que estoy comprobando qué pasó. No lo haré dos veces, y sus créditos siguen reservados mientras tanto.

cards-usual = Suele tardar { $spread }
cards-usual-ready = Suele tardar { $spread } · lista hacia las { $time }
cards-late = Está tardando más de lo normal (suele tardar { $spread }).
cards-minutes = { $least }-{ $most } min
cards-spread = de { $low } a { $high }

cards-outage-no-answer = El servicio de películas no responde ahora mismo.
cards-outage-not-taken = El servicio de películas no acepta películas de este bot ahora mismo. { -operator-notified }
cards-outage-busy = El servicio de películas está saturado ahora mismo.
cards-outage-promise = { $outage } Los créditos de la película siguen reservados, y empezará en cuanto el servicio la acepte. Si tarda más de una hora, se reembolsan.
