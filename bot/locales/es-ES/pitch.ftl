### /pitch: una película que los miembros pagan juntos. El mensaje público, y lo que solo lee quien pulsó.

# The public message. $time: "in 3 days"
pitch-open-title = 🎟️ Hagamos esta película en común
pitch-waiting-title = ⏳ Financiada por completo, a la espera de crearse
pitch-funded-title = 🎬 Financiada: la película está pedida
pitch-ended-title = Esta propuesta ha terminado
pitch-movie-field = Película
pitch-member-field = Propuesta por
pitch-credits-field = Créditos
pitch-progress = { $pledged } de { $price } · { $people ->
    [one] { $people } persona
   *[other] { $people } personas
} · termina { $time }
# What goes on while it waits, after each of the reasons
-pitch-keep-trying = Seguiré intentándolo hasta que termine la propuesta; si para entonces no puedo pedir la película, se reembolsará a todos.
pitch-waits-plan = Este bot no puede hacer más películas este mes. { -pitch-keep-trying }
pitch-waits-server = El presupuesto de este servidor todavía no alcanza. { -pitch-keep-trying }
pitch-waits-busy = Hay demasiadas películas en curso. { -pitch-keep-trying }
pitch-waits-paused = Las películas nuevas están en pausa. { -pitch-keep-trying }
pitch-waits-member = Ahora no se puede pedir. { -pitch-keep-trying }
pitch-ended-funded = Está financiada por completo y la película está pedida.
pitch-ended-lapsed = Se acabó el tiempo antes de poder pedir la película. Se reembolsó a todos.
pitch-ended-withdrawn = La retiró el miembro que la propuso. Se reembolsó a todos.
pitch-ended-removed = El equipo de este servidor la eliminó. Se reembolsó a todos.
pitch-ended-prompt = Su prompt va contra las reglas de este servidor. Se reembolsó a todos.
pitch-ended-not-offered = Su modelo o su duración ya no están disponibles aquí. Se reembolsó a todos.
pitch-ended-restored = Me restauraron desde una copia de seguridad, así que la cerré. Se reembolsó a todos.
pitch-ended-server-left = Me quitaron del servidor. Se reembolsó a todos.
pitch-ended-gone = Se eliminó su mensaje o su canal. Se reembolsó a todos.

pitch-add-button = Aportar { $credits }
pitch-rest-button = El resto ({ $credits })
pitch-other-button = Otra cantidad
pitch-back-button = Recuperar mis créditos
pitch-vote-button = Votar ({ $votes })
pitch-withdraw-button = Retirar propuesta
pitch-withdraw-confirm-button = Retirar esta propuesta
pitch-remove-button = Eliminar propuesta
pitch-remove-confirm-button = Eliminar esta propuesta
pitch-other-modal-title = Aportar otra cantidad
pitch-amount-label = ¿Cuántos créditos?
pitch-amount-hint = Todavía falta: { units-credits }. Si la película no se hace, recibes el reembolso.

# Private answers. $share, $mine, $missing, $price, $left: amounts such as "50 credits"
pitch-pledged = Aportaste { $share }. Tu total: { $mine }. Todavía falta: { $missing }. Tus créditos quedan reservados y puedes recuperarlos hasta que se financie la propuesta.
pitch-month-ends = 🗓️ Eso incluye { units-credits } de la asignación de este mes, que termina { $time } con el mes. Si la propuesta no se financia antes, esa parte se pierde.
pitch-completed = 🎉 ¡Con tu aportación ({ $share }) está completa! La película está pedida. Puedes seguir su progreso aquí.
pitch-completed-approval = 🎉 ¡Con tu aportación ({ $share }) está completa! El equipo de este servidor tiene que aprobar antes la película. Si nadie lo hace en 48 horas, se reembolsará a todos.
pitch-completed-waiting = 🎉 ¡Con tu aportación ({ $share }) está completa!
pitch-taken-back = Recuperaste { $share }. Todavía falta: { $missing }.
pitch-shortfall = Necesitas { $price }, pero solo tienes { $left }. { -not-charged } Aporta menos o espera: tus créditos se renuevan { $time }.
pitch-too-much = Es más de lo que falta: { $missing }. { -not-charged }
pitch-complete = Esta propuesta ya está financiada por completo. Su película está a la espera de crearse.
pitch-no-pledge = No tienes créditos en esta propuesta.
pitch-not-yours = Solo { $member } puede retirar esta propuesta. Para recuperar tus propios créditos, pulsa «{ pitch-back-button }».
pitch-too-many = Ya tienes { $pitches } propuestas abiertas aquí, que es el límite. Retira una o espera a que termine alguna.
pitch-failing = Tus últimas { $failures } películas de este prompt han fallado, así que otros no deberían pagar la siguiente. Propón otro prompt o crea antes esta película por tu cuenta con /movie.
pitch-voted = Votaste por esta propuesta. Los votos son gratis y solo cambian el orden en /pitches.
pitch-voted-already = Ya votaste por esta propuesta.
pitch-unknown = No encuentro esta propuesta aquí. Escribe /pitches para ver las abiertas.
pitch-over = Esta propuesta ha terminado.
pitch-handled = Eso ya está hecho. Tienes { $mine } en esta propuesta.
pitch-amount-invalid = Escribe un número entero de créditos, por ejemplo 25. { -not-charged }
pitch-never-fits-server = Esta película cuesta { $price } y el presupuesto del servidor para todo un mes es de { $left }. Propón una más corta.
pitch-never-fits-queue = Esta película cuesta { $price }, pero las películas en cola de un miembro no pueden costar más de { $left } en total. Propón una más corta.
pitch-never-fits-bot = Esta película cuesta { $price }, más de lo que el bot puede gastar en un mes. Propón una más corta.
pitch-withdraw-question = ¿Retirar esta propuesta? Se reembolsará a todos y nadie podrá aportar más.
pitch-withdrawn = Retirada. Se reembolsará a todos.
pitch-remove-question = ¿Eliminar esta propuesta? Su prompt se ocultará y se reembolsará a todos.
pitch-removed = Eliminada. Se reembolsará a todos.
pitch-not-posted = Discord no confirmó tu propuesta, así que la retiré. Inténtalo de nuevo.
