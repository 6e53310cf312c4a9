### /quota: los límites de un servidor o de un miembro, y los rechazos. Solo los ve quien pregunta.

quota-server-title = Límites de este servidor
quota-each-member-field = Asignación por defecto
quota-server-field = Presupuesto del servidor
quota-staff-channel-field = Canal del equipo
quota-roles-field = Roles
quota-members-field = Miembros
quota-blocked-field = Bloqueo

quota-bot-default = { units-credits-monthly } (valor por defecto del bot)
quota-set-by-operator = { units-credits-monthly } (fijados por el operador del bot)
quota-unlimited = ilimitado (hasta el plan del bot)
quota-no-channel = ninguno (elige uno con /setup)
quota-channel-failed = ⚠️ No pude publicar ahí { $time }. Revisa mis permisos y vuelve a elegir el canal.
quota-limit-line = { $name }: { units-credits-monthly }
quota-block-line = { $name }: { $block }

quota-member-title = Límites de { $name }
quota-unnamed-member-title = Límites de este miembro
quota-allowance-field = Asignación
quota-used-field = Usados este mes
quota-on-hold-field = Reservados
quota-bonus-field = Créditos extra
quota-bonus-value = disponibles: { $credits } (recibidos: { $granted })
quota-left-field = Disponibles

quota-not-blocked = no
quota-blocked-until = hasta el { $time }
quota-blocked = hasta que se desbloquee
quota-blocked-everywhere = en todos los servidores, hasta que el operador del bot levante el bloqueo
quota-blocked-everywhere-until = en todos los servidores hasta el { $time }, por el operador del bot
quota-timed-out-until = hasta el { $time }, por el filtro de prompts
quota-block-with-reason = { $block } ({ $reason })

quota-operator-limits-server = El operador del bot permite a este servidor { units-credits-monthly }, así que ese es su límite.
quota-operator-blocks-member = Aun así, este miembro sigue sin poder hacer películas: el operador del bot lo ha bloqueado en todos los servidores.

quota-not-allowed = Para eso necesitas el permiso **Gestionar servidor**.
quota-bad-credits = **credits** debe ser un número entero entre { $min } y { $max } (escribiste { $given }).
quota-bad-hours = **hours** debe ser un número entero entre { $min } y { $max } (escribiste { $given }).
quota-reason-required = **reason** no puede estar vacío.
quota-reason-too-long = **reason** es demasiado largo ({ $characters } caracteres, máximo { $max }).
quota-bad-month = «{ $given }» no es un mes válido. Usa AAAA-MM, p. ej. 2026-11.
quota-bot-member = { $member } es un bot. Los bots no pueden hacer películas.
quota-not-a-member = { $member } ya no está en este servidor.
quota-role-deleted = { $role } ya no existe.
quota-everyone = Para @everyone, usa /quota default.
quota-no-bonus = { $member } no tiene créditos extra que puedas quitar.
quota-too-little-bonus = Puedes quitar como máximo { units-bonus-credits } a { $member } (el resto está usado o reservado).
quota-not-blocked-member = { $member } no tiene ningún bloqueo.
quota-nothing-to-reset = { $member } aún no ha usado nada de la asignación de este mes.

quota-current-default = Los miembros reciben { units-credits-monthly } por defecto.
quota-current-bot-default = Los miembros reciben { units-credits-monthly } por defecto (valor del bot).
quota-current-server = Este servidor puede gastar { units-credits-monthly }.
quota-current-server-operator = Este servidor puede gastar { units-credits-monthly } (límite fijado por el operador del bot).
quota-current-server-unlimited = Este servidor no tiene presupuesto propio. Puede gastar todo lo que permita el plan del bot.
quota-current-member = { $member } recibe { units-credits-monthly } ({ $source }).
quota-current-role = Quienes tienen { $role } reciben { units-credits-monthly }.
quota-current-role-none = { $role } no tiene asignación propia.
quota-how-to-set = Para cambiarlo, usa este comando de nuevo con **{ $option }**.
quota-how-to-change = Para cambiarlo, usa este comando de nuevo con **{ $option }**. Para quitarlo, usa /quota clear { $what }.

quota-default-not-set = Aquí no hay asignación por defecto. Los miembros ya reciben el valor por defecto del bot.
quota-server-not-set = Este servidor no tiene presupuesto propio.
quota-member-not-set = { $member } no tiene asignación personal.

quota-queued = { $movies ->
    [one] Este miembro tiene 1 película en cola.
   *[other] Este miembro tiene { $movies } películas en cola.
}
quota-cancel-queued-button = Cancelar y reembolsar
quota-queued-cancelled = { $movies ->
    [one] 1 película cancelada y reembolsada. Las que están en curso se terminarán.
   *[other] { $movies } películas canceladas y reembolsadas. Las que están en curso se terminarán.
}
quota-none-queued = Este miembro ya no tiene nada en cola, así que no se canceló nada.
