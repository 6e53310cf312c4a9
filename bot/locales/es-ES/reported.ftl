### Reported movies: the modal and what its member reads, and the message in the staff channel.

reported-report-button = Denunciar
reported-report-modal-title = Denunciar esta película
reported-reason-label = ¿Qué tiene de malo?
reported-reason-hint = Opcional. El equipo del servidor lo lee, pero no ve quién lo escribió.
reported-saved = Gracias. El equipo del servidor lo revisará.
reported-no-channel = Gracias, he guardado tu denuncia. Ahora no puedo avisar al equipo de este servidor, así que avisa también a un administrador del servidor.
reported-reviewed = Gracias. El equipo del servidor ya revisó esta película y la mantuvo. Verá que se ha denunciado de nuevo.
reported-repeated = Ya has denunciado esto.
reported-too-many = Hoy has denunciado muchas películas. Avisa de esta a un administrador del servidor.
reported-own = Es tu propia película. Si ya no la quieres aquí, pulsa Eliminar.

reported-title = { $reports ->
    [one] 🚩 Se ha denunciado una película
   *[other] 🚩 Se ha denunciado una película { $reports } veces
}
reported-reasons-field = Motivos
reported-remove-button = Eliminar película
reported-block-button = Bloquear miembro
reported-dismiss-button = Descartar
reported-removed = Eliminada por { $staff }.
reported-removed-by-requester = Eliminada por el miembro que la pidió.
reported-dismissed = Descartada por { $staff }. La película se queda.
reported-blocked = { $staff } ha bloqueado a { $member }: no puede hacer más películas.

reported-own-decision = De las denuncias de tu propia película se ocupa otra persona del equipo. Si ya no la quieres aquí, pulsa Eliminar debajo de ella.
reported-unknown = Ya no encuentro esta denuncia.
reported-erased = Este miembro ha borrado sus datos, así que no puedo bloquearlo.
reported-block-modal-title = Bloquear a este miembro
reported-hours-label = Duración en horas
reported-hours-hint = Vacío: hasta que se desbloquee
reported-block-reason-label = Motivo
reported-block-reason-hint = Opcional. El miembro lo lee y queda en el registro.
