### Cambios hechos por los administradores del servidor, el operador del bot y el bot: en el canal del registro, y como
### confirmación para quien los hizo. Ese canal puede ser público, así que no muestra ningún saldo.

log-entry = { $time } { $actor }: { $change }
log-entry-with-reason = { $time } { $actor }: { $change } Motivo: { $reason }
log-entry-with-result = { $time } { $actor }: { $change } Resultado: { $result }
log-bot = El bot
log-operator = El operador del bot
log-confirmation = ✅ { $change }

log-default-set = Los miembros reciben ahora { units-credits-monthly } por defecto.
log-default-cleared = Los miembros vuelven a recibir la asignación por defecto del bot.
log-server-set = Este servidor puede gastar ahora { units-credits-monthly }.
log-server-cleared = Se quitó el presupuesto del servidor.
log-member-set = { $subject } recibe ahora { units-credits-monthly }.
log-member-cleared = Se quitó la asignación personal de { $subject }.
log-role-set = Quienes tienen { $subject } reciben ahora { units-credits-monthly }.
log-role-cleared = Se quitó la asignación de { $subject }.
log-granted = { $member } recibió { units-bonus-credits }.
log-removed = { $credits ->
    [one] Se quitó { units-bonus-credits } a { $member }.
   *[other] Se quitaron { units-bonus-credits } a { $member }.
}
log-blocked = { $member } no puede hacer películas hasta que un administrador levante el bloqueo. Las películas en curso se terminarán.
log-blocked-hours = { $member } no puede hacer películas durante { units-hours }. Las películas en curso se terminarán.
log-unblocked = { $member } puede volver a hacer películas.
log-usage-reset = El consumo de { $member } este mes se puso a cero.
log-usage-reset-credits = El consumo de { $member } este mes se puso a cero (antes: { units-credits }).
log-channel-set = Los cambios se anotan ahora en { $channel }.
log-channel-cleared = Los cambios ya no se anotan en ningún canal.
# $setting: "Longest movie"; $value: "1 min"
log-setting = **{ $setting }** es ahora: { $value }

log-request = 🙋 { $time } { $change }
log-credits-requested = { $member } pide { units-bonus-credits }.
log-credits-declined = Se rechazó la solicitud de { $member } ({ units-bonus-credits }).
log-request-granted = ✅ Concedido por { $manager }.
log-request-declined = ❌ Rechazado por { $manager }.
log-request-replaced = Este miembro ha hecho después otra solicitud: solo se puede responder a la más reciente.
log-request-lapsed = Esta solicitud ha caducado. El miembro puede hacer otra.
log-request-not-told = No puedo enviar un MD a { $member }. Por favor, avísale.

log-failures-stopped = { $member } no puede hacer más películas este mes, porque las fallidas le han costado { units-credits } al bot. Un administrador puede permitir más con /quota unblock.
log-server-limited = Este servidor puede gastar como máximo { units-credits-monthly }, fijen lo que fijen sus administradores.
log-server-limit-reset = Este servidor vuelve al límite habitual del bot.
log-server-blocked = Este servidor ya no puede hacer películas. Las películas en curso se terminarán.
log-server-unblocked = Este servidor puede volver a hacer películas.
log-paused = Por ahora ningún servidor puede hacer películas nuevas. Las películas en curso se terminarán.
log-resumed = Ya se pueden hacer películas nuevas otra vez.
log-movie-unknown = { $credits ->
    [one] El servicio de películas no confirmó una película de { $member }. { units-credits } sigue reservado hasta que se sepa qué pasó.
   *[other] El servicio de películas no confirmó una película de { $member }. { units-credits } siguen reservados hasta que se sepa qué pasó.
}
log-movie-resolved = Se revisó una película de { $member }.
log-movie-deleted = Se eliminó una película de { $member } (ID { $id }).
log-backup-restored = Se restauró una copia de seguridad. Una película de { $member } espera a que el operador del bot la revise.

log-reason-role-deleted = el rol se eliminó
log-reason-movie = película { $id }
log-reason-failed = fallida, créditos reembolsados
log-reason-request-found = encontrada en el servicio de películas, con el ID { $id }
log-reason-may-be-ordered = quizá ya se pidió la película { $id }
log-reason-may-be-sent = quizá ya se envió el mensaje sobre la película { $id }
log-reason-requested = los pidió el miembro
