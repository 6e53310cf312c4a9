### /credits: saldo, ajustes y recibos de un miembro. Solo los ve quien pregunta; los administradores ven también los
### de otros, así que nada dice «tú».

credits-account-title = Créditos de { $name }
credits-unnamed-account-title = Créditos de este miembro
credits-summary =
    Saldo: **{ $left }**
    { $bar } de la asignación de este mes usada o reservada
    Se renueva { $time } ({ $date }).
credits-blocked = 🚫 No puede hacer películas hasta que un administrador del servidor levante el bloqueo.
credits-blocked-until = 🚫 No puede hacer películas hasta el { $time }.
credits-blocked-everywhere = 🚫 No puede hacer películas en ningún servidor hasta que el operador del bot levante el bloqueo.
credits-timed-out-until = 🚫 No puede hacer películas hasta el { $time }: demasiados prompts iban contra las reglas de este servidor.

credits-allowance-field = Asignación
credits-used-field = Usados
credits-used-value =
    { units-credits }
    este mes
credits-on-hold-field = Reservados
credits-bonus-field = Créditos extra
credits-bonus-value =
    { units-credits }
    no caducan; se usan después de la asignación
credits-shared-field = Presupuesto del servidor
credits-shared-value =
    { units-credits }
    para el resto de este mes

credits-source-member = fijada para este miembro
credits-source-role = por { $role }
credits-source-server = valor por defecto del servidor
credits-source-bot = valor por defecto del bot

credits-adjustments-field = Ajustes recientes
credits-granted = { $date } recibió { units-bonus-credits }
credits-removed = { $credits ->
    [one] { $date } se le quitó { units-bonus-credits }
   *[other] { $date } se le quitaron { units-bonus-credits }
}
credits-usage-reset = { $date } consumo de este mes puesto a cero
credits-carried-over = { $date } consumo antes de borrar los datos: { units-credits }
credits-gift-received = { $date } { units-bonus-credits } de { $member }
credits-gift-given = { $date } { units-bonus-credits } para { $member }
credits-old-gift-received = { $date } { units-bonus-credits } de otro miembro
credits-old-gift-given = { $date } { units-bonus-credits } para otro miembro
credits-with-reason = { $change }: { $reason }

credits-receipts-field = Recibos
credits-receipts-page-field = Recibos, página { $page } de { $pages }
credits-receipts-many-pages-field = Recibos, página { $page } de más de { $pages }
credits-receipt = { $date } { $outcome } · **{ $credits }** · { $duration } { $model }
credits-no-receipts =
    Aún no hay películas. Haz la primera con /movie. Por ejemplo:
    > { -example-prompt }
credits-member-no-receipts = Aún no hay películas en este servidor.
credits-newer-button = Más recientes
credits-older-button = Más antiguas
credits-export-button = Exportar CSV

credits-exported = { $movies ->
    [one] Aquí tienes { $movies } película en un archivo CSV.
   *[other] Aquí tienes las { $movies } películas en un archivo CSV.
}
credits-exported-latest = { $movies ->
    [one] Aquí tienes la última película en un archivo CSV (sin las anteriores).
   *[other] Aquí tienes las últimas { $movies } películas en un archivo CSV (sin las anteriores).
}
credits-export-in-progress = Tu última exportación aún está en curso. Aparecerá aquí en un momento.
credits-too-many-exports = Se acaban de hacer varias exportaciones aquí. Podrás pedir la siguiente { $time }.

credits-not-authorized = Solo puedes ver tus propios créditos. { -managers } pueden ver los de todos.
