### Los botones de una película y sus respuestas

buttons-cancel-button = Cancelar
buttons-follow-button = Avísame
buttons-unfollow-button = No me avises
buttons-post-here-button = Mejor publícala aquí
buttons-direct-button = Mejor por MD
buttons-remix-button = Remezclar
buttons-rerun-button = Repetir
buttons-retry-button = Reintentar
buttons-new-link-button = Enlace nuevo
buttons-receipt-button = Recibo
buttons-delete-button = Eliminar
buttons-studio-button = Studio
buttons-cancel-movie-button = Cancelar la película
buttons-delete-movie-button = Eliminar la película
buttons-leave-gallery-button = Solo quitar de la galería

buttons-not-owner = Solo **{ $name }** puede usar este botón. Crea la tuya con /movie.
buttons-not-owner-unnamed = Solo quien pidió esta película puede usar este botón. Crea la tuya con /movie.
buttons-unknown-movie = No encuentro esta película. Escribe /movies para ver las tuyas.

buttons-cancelled = Cancelada. Reembolsado: **{ $refunded }**.
buttons-cancelling-already = Ya se está cancelando. Un mensaje te dirá qué se gastó y qué se reembolsó.
buttons-unclear = Puede que el servicio de películas ya la esté creando, así que no se puede cancelar hasta saberlo. Mientras tanto, sus créditos siguen reservados.
buttons-being-queued = Todavía está entrando en la cola. Inténtalo de nuevo en un momento.
buttons-being-sent = Se está enviando al servicio de películas. Inténtalo de nuevo en un momento.
buttons-started = Es tarde para cancelarla: el servicio de películas ya ha empezado y la ha cobrado. La recibirás cuando esté lista.
buttons-finished = Ya ha terminado: mira /movies.
buttons-ended-in-part = Ya está cancelada. Gastado: **{ $cost }**, reembolsado: **{ $refunded }**.
buttons-ended = Ya ha acabado. Reembolsado: **{ $refunded }**.
buttons-question = { "**" }¿Cancelar esta película?**
buttons-question-unknown = El servicio de películas no dice cuánto ha cobrado hasta ahora. Los pasos terminados se cobran, como máximo el precio de **{ $price }**. El resto se reembolsa.
buttons-question-known = Los pasos terminados se cobran. Ahora mismo, gastado: **{ $cost }**, reembolsado: **{ $refunded }**. Si otro paso termina antes de parar, también se cobra, como máximo el precio de { $price }.
buttons-cancel-requested = Cancelando tu película. Un mensaje te dirá qué se gastó y qué se reembolsó. Si resulta que ya estaba terminada, recibirás la película.
buttons-just-finished = Acaba de terminar, así que ya no se puede cancelar. La recibirás en un momento.
buttons-nearly-finished = Puede terminar en cualquier momento, así que es tarde para cancelarla. La recibirás cuando esté lista.
buttons-just-ended = Acaba de finalizar. Recibirás un mensaje en un momento.
buttons-no-answer = El servicio de películas no responde ahora mismo, así que no se ha cancelado nada. Inténtalo de nuevo en un minuto.
buttons-too-many-cancels = Has pulsado Cancelar varias veces. Podrás volver a pulsarlo { $time }.

buttons-own-movie = Es tu película, así que te avisaré de todos modos.
buttons-following = Te avisaré cuando esté lista. Si quien la pidió prefiere recibirla por MD, solo te diré que está lista.
buttons-follow-full = La lista de avisos está llena. Vuelve a mirar aquí más tarde.
buttons-follow-ended = Esta película ya ha acabado, así que no hay nada que esperar.
buttons-follow-private = Esta se envía por MD a quien la pidió, así que no puedo avisarte.
buttons-unfollowed = Vale, no te avisaré.

buttons-to-direct = Te la enviaré por MD (o la publicaré aquí si tienes los MD cerrados). Para recibir siempre MD, usa /preferences.
buttons-to-channel = La publicaré en el canal cuando esté lista.

buttons-new-link = Enlace nuevo:
buttons-no-new-link = No he podido obtener un enlace nuevo del servicio de películas. Inténtalo de nuevo en unos minutos.
buttons-last-link = No he podido obtener un enlace nuevo del servicio de películas. Inténtalo de nuevo en unos minutos. Mientras tanto, aquí tienes el último, que quizá haya caducado:
buttons-too-many-links = ¡Son muchos enlaces de golpe! Podrás pedir el siguiente { $time }.

buttons-receipts = Todos tus recibos están en /credits.
buttons-receipt-open = Aún no ha terminado. Reservado: **{ $held }**.

# Eliminar
buttons-delete-question = { "**" }¿Eliminar esta película?**
buttons-delete-question-of = { "**" }¿Eliminar esta película de { $name }?**
buttons-delete-details = Su mensaje desaparece para todos y olvido sus enlaces. Se queda en /movies, sin ellos. No se reembolsan créditos y no se puede deshacer.
buttons-deleted = Eliminada. Su mensaje desaparece en un momento.
buttons-left-gallery = Quitada de la galería. La película sigue donde se publicó primero, y las estrellas no la devolverán.
buttons-deleted-post-title = Película eliminada
buttons-deleted-already = Esta película ya está eliminada.
buttons-delete-unfinished = Solo se puede eliminar una película lista.
buttons-link-deleted = Esta película se eliminó, así que ya no tiene enlace.
buttons-not-deleter = Solo **{ $name }** y el equipo del servidor pueden eliminar esta película.
buttons-not-deleter-unnamed = Solo quien pidió esta película y el equipo del servidor pueden eliminarla.
buttons-not-deleter-shared = Otras personas también pagaron esta película, así que solo el equipo del servidor puede eliminarla.
