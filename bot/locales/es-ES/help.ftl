### /help: qué hace el bot y qué puede hacer aquí este miembro. Solo lo ve quien pregunta.

help-title = Matinee convierte palabras en películas
help-summary = Describe una escena con { $command } y haré con ella una película corta. Las películas cuestan créditos; las fallidas se reembolsan.
help-status-field = Tu estado
help-available = ✅ Puedes hacer películas en este canal.
help-refused = 🚫 { $reason }
help-missing-permissions = 🚫 Aquí no puedo publicar películas. En este canal me falta: { $permissions }. Pídeselo a un administrador del servidor.
help-no-member-credits = 🚫 Has gastado todos tus créditos. Se renuevan { $time }.
help-no-server-credits = 🚫 El presupuesto de este servidor está agotado. Se renueva { $time }.
help-no-bot-credits = 🚫 Este bot no puede hacer más películas este mes. Podrás pedir otra { $time }.
help-in-progress = { $movies ->
    [one] 🎬 { $movies } de tus películas está en curso: { $command }
   *[other] 🎬 { $movies } de tus películas están en curso: { $command }
}
help-many-in-progress = 🎬 Más de { $movies } de tus películas están en curso: { $command }

help-credits-field = Tus créditos
help-left = Tu saldo: **{ $left }**. Tus créditos se renuevan { $time }.
help-bonus = { $credits ->
    [one] De ellos, { units-bonus-credits } no caduca.
   *[other] De ellos, { units-bonus-credits } no caducan.
}
help-shared = Presupuesto del servidor: { units-credits } para el resto de este mes.

help-prices-field = Precio por segundo
help-price = **{ $model }**: { units-credits } · { $ratios }
help-more-models = { $models ->
    [one] y { $models } modelo más
   *[other] y { $models } modelos más
}
help-asks-above = Una película dura como máximo { $duration }. Te preguntaré antes de gastar más de { units-credits }.
help-asks-above-or-share = Una película dura como máximo { $duration }. Te pregunto antes de gastar más de { units-credits } o más del { $share } de tu saldo.
help-always-asks = Una película dura como máximo { $duration }. Te mostraré el precio antes de gastar nada.

help-commands-field = Comandos
help-command = { $command } · { $description }
help-from-a-message = En uno de tus mensajes: **Aplicaciones** → **{ $menu }**
help-from-any-message = En cualquier mensaje: **Aplicaciones** → **{ $menu }**
help-managers = Administradores: { $setup }, { $show }, { $report } y los demás comandos /quota
