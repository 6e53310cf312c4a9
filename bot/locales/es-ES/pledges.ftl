### What members who chipped in for a pitch are told.

# In the channel, or by DM. $members: mentions; $pitch: a link to the pitch; $why: one of the sentences below
pledges-funded = 🎬 { $members }: la propuesta en la que participaste ya está financiada y su película está pedida: { $pitch }
pledges-funded-direct = 🎬 La propuesta en la que participaste ya está financiada y su película está pedida. Tu parte: { units-credits }. { $pitch }
pledges-approval = 🎬 { $members }: la propuesta en la que participaste ya está financiada. El equipo de este servidor tiene que aprobar antes la película. Si nadie lo hace a tiempo, se reembolsará a todos. { $pitch }
pledges-approval-direct = 🎬 La propuesta en la que participaste ya está financiada. El equipo del servidor tiene que aprobar antes la película. Si nadie lo hace a tiempo, se reembolsará a todos. Tu parte: { units-credits }. { $pitch }
pledges-returned = ↩️ { $members }, se te han reembolsado los créditos. { $why }{ $pitch }
pledges-returned-direct = ↩️ Reembolsado: { units-credits }. { $why }{ $pitch }
pledges-over = 🎟️ { $members }, tu propuesta ha terminado. { $why }{ $pitch }
pledges-over-direct = 🎟️ Tu propuesta ha terminado. { $why }{ $pitch }
pledges-lapsed = 🗓️ { $members }, empezó un mes nuevo y la asignación del mes pasado ya no cuenta para esta propuesta. Participa otra vez si todavía quieres la película: { $pitch }
pledges-lapsed-direct = { $credits ->
    [one] 🗓️ Empezó un mes nuevo y { units-credits } de la asignación del mes pasado ya no cuenta para esta propuesta. Participa otra vez si todavía quieres la película: { $pitch }
   *[other] 🗓️ Empezó un mes nuevo y { units-credits } de la asignación del mes pasado ya no cuentan para esta propuesta. Participa otra vez si todavía quieres la película: { $pitch }
}
pledges-waiting = ⏳ { $members }: la propuesta en la que participaste está financiada por completo, pero todavía no se puede pedir su película. Seguiré intentándolo hasta que termine la propuesta; si para entonces no puedo pedirla, se reembolsará a todos. { $pitch }
pledges-waiting-direct = ⏳ La propuesta en la que participaste está financiada por completo, pero todavía no se puede pedir su película. Seguiré intentándolo hasta que termine la propuesta; si para entonces no puedo pedirla, se reembolsará a todos. Tu parte: { units-credits }. { $pitch }
pledges-made = 🎬 { $members }, la película a la que aportaste está lista. La encuentras en /movies. Su propuesta: { $pitch }
pledges-made-direct = 🎬 La película a la que aportaste está lista. La encuentras en /movies. Tu parte: { units-credits }. Su propuesta: { $pitch }

# Why credits came back
pledges-why-lapsed = Se acabó el tiempo antes de poder pedir la película.
pledges-why-withdrawn = La propuesta fue retirada.
pledges-why-removed = El equipo del servidor eliminó la propuesta.
pledges-why-prompt = El prompt de la propuesta va contra las reglas del servidor.
pledges-why-not-offered = El modelo o la duración de la propuesta ya no están disponibles.
pledges-why-restored = El bot se restauró desde una copia de seguridad y eso terminó la propuesta.
pledges-why-server-left = Me quitaron del servidor.
pledges-why-gone = Se eliminó el mensaje o el canal de la propuesta.
pledges-why-not-made = La película no se hizo.
pledges-why-not-made-late = La película no se hizo. El mes en que pagaste ya terminó, así que recibes créditos extra.

# A movie that was canceled after it began. $spent, $refunded: credits of the member's share
pledges-charged = ↩️ { $members }, la película a la que aportaste se canceló. Las partes de todos pagaron los pasos terminados, y lo que sobró se reembolsó. { $pitch }
pledges-charged-direct = ↩️ La película a la que aportaste se canceló. Los pasos terminados te costaron { $spent }. Reembolsado: { $refunded }. { $pitch }

# In the message of the movie. $names: a list of mentions
pledges-paid-by = Pagada por { $names }.
pledges-paid-by-more = Pagada por { $names } y { $more } más.
pledges-paid-by-unnamed = { $more ->
    [one] Pagada por { $more } miembro.
   *[other] Pagada por { $more } miembros.
}

# The credits of a movie that members paid for together. $cost, $price: all shares, such as "200 credits"
pledges-cost = Gastado entre todos: **{ $cost }**
pledges-refunded = Todos recuperaron sus créditos.
pledges-refunded-bonus = Todos recuperaron sus créditos como créditos extra, porque el mes en que pagaron ya terminó.
pledges-cost-in-part = Todos pagaron su parte de **{ $cost }** y recuperaron el resto.
pledges-cancelled = Cancelada. Todos recuperaron sus créditos.
pledges-ended = Ya ha acabado. Todos recuperaron sus créditos.
pledges-failed = { $member } La película que propusiste ha fallado.
pledges-not-started = { $member } La película que propusiste no ha empezado.
pledges-not-cancellable = Una película pagada entre todos ya no se puede cancelar cuando se está creando. La publicaré en el canal cuando esté lista.
pledges-to-channel = Una película pagada entre todos siempre se publica en el canal.
