### Cambios hechos por los administradores del servidor, el operador del bot y el bot: en el canal del equipo, y como
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
log-gifted = Regaló { units-bonus-credits } a { $member }.
log-removed = { $credits ->
    [one] Se quitó { units-bonus-credits } a { $member }.
   *[other] Se quitaron { units-bonus-credits } a { $member }.
}
log-blocked = { $member } no puede hacer películas hasta que un administrador levante el bloqueo. Las películas en curso se terminarán.
log-blocked-hours = { $member } no puede hacer películas durante { units-hours }. Las películas en curso se terminarán.
log-unblocked = { $member } puede volver a hacer películas.
log-usage-reset = El consumo de { $member } este mes se puso a cero.
log-usage-reset-credits = El consumo de { $member } este mes se puso a cero (antes: { units-credits }).
# $setting: "Longest movie"; $value: "1 min"
log-setting = **{ $setting }** es ahora: { $value }
log-gallery-failed = Ya no puedo publicar en la galería { $channel }. Mientras tanto, las películas terminadas aparecen donde se pidieron. Revisa mis permisos allí o elige otra galería con /setup.
log-movie-night-failed = No pude publicar la noche de cine en { $channel }. Revisa mis permisos allí y tu regla de edad, o elige otra galería con /setup.

log-request = 🙋 { $time } { $change }
log-credits-requested = { $member } pide { units-bonus-credits }.
log-credits-declined = Se rechazó la solicitud de { $member } ({ units-bonus-credits }).
log-queued-cancelled = Se cancelaron las películas en cola de { $member }. Reembolso: { units-credits }.
log-pitch-removed = Se eliminó la propuesta de { $member }. Reembolso: { units-credits }.
log-request-granted = ✅ Concedido por { $manager }.
log-request-declined = ❌ Rechazado por { $manager }.
log-request-replaced = Este miembro ha hecho después otra solicitud: solo se puede responder a la más reciente.
log-request-lapsed = Esta solicitud ha caducado. El miembro puede hacer otra.
log-request-not-told = No puedo enviar un MD a { $member }. Por favor, avísale.

log-failures-stopped = { $member } no puede hacer más películas este mes, porque las fallidas le han costado { units-credits } al bot. Un administrador puede permitir más con /quota unblock.
# A prompt that the filter stopped, for staff. $category: one of the categories below
log-prompt-refused = Un prompt de { $member } fue detenido por la regla «{ $rule }»: ||{ $prompt }||
log-prompt-refused-preset = Un prompt de { $member } fue detenido por la regla «{ $rule }» ({ $category }): ||{ $prompt }||
log-prompt-refused-operator = Un prompt de { $member } fue detenido por una regla del operador del bot: ||{ $prompt }||
log-timed-out = { $member } no puede hacer películas durante { units-hours }, porque hoy se detuvieron demasiados de sus prompts. Un administrador puede levantarlo con /quota unblock.
log-category-minors = contenido sexual con menores
log-category-sexual = contenido sexual
log-category-gore = violencia sangrienta
log-category-slurs = insultos discriminatorios
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
log-movie-given-up = { $credits ->
    [one] No se pudo averiguar qué pasó con una película de { $member }. Se dio por fallida y se reembolsó { units-credits }.
   *[other] No se pudo averiguar qué pasó con una película de { $member }. Se dio por fallida y se reembolsaron { units-credits }.
}
log-movie-resolved = Se revisó una película de { $member }.
log-movie-deleted = Se eliminó una película de { $member } (ID { $id }).
log-gallery-removed = Se quitó de la galería una película de { $member } (ID { $id }).
log-report-dismissed = Se descartaron las denuncias de una película de { $member } (ID { $id }).
log-deletion-refused = Se eliminó una película de { $member } (ID { $id }), pero Discord no me deja eliminar su mensaje. Seguiré intentándolo durante 30 días. Puedes eliminarlo tú: { $link }
log-deletion-given-up = Se eliminó una película de { $member } (ID { $id }), pero después de 30 días Discord sigue sin dejarme eliminar su mensaje, así que ya no lo intento más. Elimínalo tú: { $link }
log-approval-requested = Una película de { $member } por { units-credits } espera aprobación (ID { $id }).
log-movie-approved = Una película de { $member } por { units-credits } puede empezar (ID { $id }).
log-movie-declined = Una película de { $member } por { units-credits } se ha rechazado y reembolsado (ID { $id }).
log-approval-lapsed = Nadie decidió a tiempo sobre una película de { $member } por { units-credits }: se ha cancelado y reembolsado (ID { $id }).
log-backup-restored = Se restauró una copia de seguridad. Una película de { $member } espera a que el operador del bot la revise.

log-reason-role-deleted = el rol se eliminó
log-reason-movie = película { $id }
log-reason-failed = fallida, créditos reembolsados
log-reason-request-found = encontrada en el servicio de películas, con el ID { $id }
log-reason-may-be-ordered = quizá ya se pidió la película { $id }
log-reason-may-be-sent = quizá ya se envió el mensaje sobre la película { $id }
log-reason-requested = los pidió el miembro
log-reason-not-age-restricted = la galería no tiene restricción de edad
log-reason-staff-unreachable = no puedo escribir en el canal del equipo, y este servidor deja empezar las películas en ese caso
