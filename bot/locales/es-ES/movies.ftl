### /movies: las películas de un miembro y la vista de una película. Solo las ve quien las lee.

movies-own-title = Tus películas
movies-member-title = Películas de { $name } en este servidor
movies-unnamed-title = Películas de este miembro en este servidor
movies-filtered-title = { $title }: { $filter }

movies-none =
    Aún no hay películas. Haz la primera con /movie. Por ejemplo:
    > { -example-prompt }
movies-none-in-progress = No hay películas en curso.
movies-none-ready = Aún no hay películas listas.
movies-none-failed = No hay películas fallidas ni canceladas.
movies-member-none = { $member } aún no ha pedido películas en este servidor.
movies-member-none-in-progress = { $member } no tiene películas en curso en este servidor.
movies-member-none-ready = { $member } aún no tiene películas listas en este servidor.
movies-member-none-failed = { $member } no tiene películas fallidas ni canceladas en este servidor.

movies-list-footer = Primero las más recientes. Elige una abajo para ver los detalles.
movies-outage = { $outage } Las películas en cola empezarán en cuanto el servicio las acepte.
movies-not-delivered = 📬 lista, pero no pude publicarla: ábrela abajo
movies-deleted = 🗑️ eliminada
movies-elsewhere = en otro servidor
movies-hidden-prompt = (pedida donde no puedes verla)
# Members paid for it together
movies-with-others = con otros
movies-share-value = Tu parte: { units-credits }
movies-all-hint = Todas las películas, primero las más recientes
movies-in-progress-hint = En cola, creándose o en revisión
movies-ready-hint = Listas para ver
movies-failed-hint = Fallidas o canceladas; el resto se reembolsa
movies-filter-placeholder = Filtrar
movies-open-placeholder = Abrir una película…
movies-newer-button = Más recientes
movies-older-button = Más antiguas
movies-refresh-button = Actualizar
movies-back-button = Volver a la lista

movies-here-is-yours = Aquí tienes tu película.
movies-here-it-is = Aquí está la película.
movies-posted-late = Antes no pude publicar esta película. Aquí está.
movies-link-may-have-expired = { $sentence } No he conseguido un enlace nuevo, así que este puede haber caducado: inténtalo de nuevo en unos minutos.

movies-movie-field = Película
movies-receipt-field = Recibo
movies-on-hold-value = **{ units-credits }** en reserva hasta que esté lista
movies-unknown-value = **{ units-credits }** en reserva hasta saber qué ha sido de ella
movies-spent-value = { $credits ->
    [one] **{ units-credits }** gastado
   *[other] **{ units-credits }** gastados
}
movies-refunded-value = { $credits ->
    [one] **{ units-credits }** reembolsado
   *[other] **{ units-credits }** reembolsados
}
movies-refunded-in-part-value = **{ $cost }** por los pasos terminados, **{ $refund }** de vuelta
movies-requested-by-field = Pedida por
movies-unnamed-value = Este miembro
movies-requested-in-field = Pedida en
movies-left-server-value = Un servidor del que me he ido
movies-other-server-value = Otro servidor
movies-failed-field = Por qué falló
movies-cancelled-field = Por qué se canceló
movies-status-field = Estado
movies-deleted-field = Eliminada
movies-deleted-value = { $date }. Su mensaje y sus enlaces ya no están.
movies-deleted-by-manager-value = { $date }, por el equipo del servidor. Su mensaje y sus enlaces ya no están.
movies-dates-field = Fechas
movies-requested-value = Pedida: { $date } ({ $ago })
movies-started-value = Empezada: { $date }
movies-finished-value = Terminada: { $date }
movies-finished-after-value = Terminada: { $date } (en { $duration })
movies-ended-value = Cerrada: { $date }
movies-id-footer = ID de la película { $id }

movies-not-authorized = Solo puedes ver tus propias películas. { -managers } pueden ver las de todos en su servidor.
movies-not-found = No encuentro esta película en la lista. Escribe /movies para ver las que hay.
movies-unknown-id = No encuentro ninguna película con ese ID. Cópialo del pie del mensaje de la película.
