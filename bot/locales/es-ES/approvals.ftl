### Movies that wait for a server's staff: the message in the staff channel, the list, and what one person reads.

approvals-request-title = ✋ Una película espera aprobación
approvals-deadline-field = Decidir antes de
approvals-deadline-value = { $time }. Después se cancela y se reembolsa.
approvals-decision-field = Decisión
approvals-approve-button = Aprobar
# Opens a form
approvals-decline-button = Rechazar…

# In the list; $number: the movie's, from 1
approvals-list-approve-button = Aprobar { $number }
approvals-list-decline-button = Rechazar { $number }…
approvals-list-title = ✋ Pendientes de aprobación: { units-movies }
approvals-list-empty = Ninguna película espera aprobación.
approvals-list-footer = Página { $page } de { $pages }
approvals-back-button = Anterior
approvals-next-button = Siguiente
# $time: "in 2 days"
approvals-expires = caduca { $time }
approvals-staff-only = Esto solo lo puede ver el equipo de este servidor. Tus películas están en /movies.

# The form for declining
approvals-decline-modal-title = Rechazar esta película
approvals-reason-label = Motivo (opcional)
approvals-reason-hint = El miembro lo lee en el canal donde pidió la película.

# What became of it; $staff and $member: mentions
approvals-approved = ✅ Aprobada por { $staff }.
approvals-declined = ❌ Rechazada por { $staff }.
approvals-declined-because = ❌ Rechazada por { $staff }: «{ $reason }»
approvals-lapsed = ⌛ Nadie decidió a tiempo: se ha cancelado y reembolsado.
approvals-withdrawn = ↩️ { $member } la ha cancelado.
approvals-not-offered = ↩️ Este modelo o esta duración ya no está disponible: se ha cancelado y reembolsado.
approvals-waived = ▶️ Ha empezado sin aprobación, porque no podía escribir en el canal del equipo.
approvals-ended = ↩️ Ya no espera aprobación.

# What a staff member reads whose press changed nothing
approvals-own = No puedes aprobar una película que pediste o a la que aportaste. Otra persona del equipo sí.
approvals-blocked = { $member } tiene un bloqueo. Un administrador del servidor tiene que quitarlo antes con /quota unblock. También puedes rechazar la película.
approvals-blocked-everywhere = El operador del bot ha bloqueado a { $member }, así que esta película no puede empezar. Puedes rechazarla.
approvals-paused = El operador del bot no acepta ahora películas de este servidor. Inténtalo más tarde o recházala.
approvals-prompt = Este prompt incumple una regla que se añadió al filtro de prompts después del pedido. Rechaza la película. Si la regla es de este servidor, un administrador también puede cambiarla con /setup.
approvals-unknown = Ya no encuentro esta película.
approvals-reason-too-long = Ese motivo es demasiado largo. Usa { $max } caracteres como máximo.
