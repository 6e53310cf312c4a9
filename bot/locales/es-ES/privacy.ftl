### /privacy, y lo que queda de las películas cuyo texto se eliminó

privacy-prompt-gone = (prompt eliminado)
privacy-link-gone = El enlace a esta película se ha eliminado.
privacy-not-again = El prompt de esta película se ha eliminado, así que no puedo volver a hacerla. Haz otra con /movie. { -not-charged }
privacy-unnamed = alguien que borró sus datos

privacy-title = Tus datos
privacy-about = Guardo tu ID, tus películas y propuestas con sus prompts y enlaces, tu nombre cuando las pediste, tus créditos y cada cambio en ellos, lo que elegiste en /preferences, de qué películas quieres avisos, las propuestas que votaste, las películas a las que diste una estrella o que denunciaste (y por qué) y el comienzo de los prompts que las reglas de un servidor detuvieron. No guardo tus otros mensajes, salvo que alguien convierta uno en película. Los prompts van al servicio de películas.
privacy-kept-field = Cuánto tiempo
privacy-kept-value =
    { $days ->
        [one] { $days } día
       *[other] { $days } días
    } después de que acabe una película o una propuesta borro su prompt, sus enlaces y tu nombre. Tu ID y tus créditos se quedan hasta que los borres o hasta 30 días después de que me quiten de un servidor.
privacy-kept-always-value = Hasta que los borres o hasta 30 días después de que me quiten de un servidor.
privacy-elsewhere-field = Lo que no puedo borrar
privacy-elsewhere-value = Los mensajes que ya están en Discord, salvo los de tus películas si también los borras, y lo que guarda el servicio de películas.
privacy-now-field = Ahora mismo
privacy-now-value = { units-movies }, tus créditos y su historial, y tus preferencias.
privacy-nothing = No hay nada guardado sobre ti.
privacy-export-button = Exportar
privacy-erase-button = Borrar mis datos
privacy-policy-button = Política de privacidad
privacy-terms-button = Condiciones de uso
privacy-export-ready = Todo lo que guardo sobre ti: JSON para programas, CSV para hojas de cálculo.
privacy-export-too-large = Es demasiado para un mensaje de Discord. Pide tu exportación al operador del bot.
privacy-question = { "**" }¿Borrar tus datos en todos los servidores?** No se puede deshacer.
privacy-question-what = Desaparecen tus películas, enlaces, recibos y preferencias. Tus propuestas abiertas se retiran y los créditos que aportaste a las de otros se reembolsan.
privacy-question-waiting = En cola: { units-movies }. Lo que está en cola se cancela y se reembolsa.
privacy-question-open = En curso: { units-movies }. Todavía recibes lo que está en curso; después se borra también. Hasta entonces no puedes pedir nada.
privacy-question-bonus = Pierdes { units-bonus-credits }.
privacy-question-memory = Lo que gastaste este mes cuenta hasta fin de mes. Los bloqueos y las asignaciones de 0 siguen vigentes hasta que terminen. Todo se guarda con un código que no dice quién eres.
privacy-question-messages = Los mensajes de Discord se quedan, salvo que borres también los de tus películas. Los de películas a las que aportaron otros se quedan.
privacy-confirm-button = Borrar todo
privacy-confirm-messages-button = Borrar todo y los mensajes
privacy-keep-button = Conservar mis datos
privacy-erased = Listo. Tus datos están borrados.
privacy-erased-with-messages = Listo. Tus datos están borrados y estoy borrando los mensajes de tus películas.
privacy-erasing-soon = Estoy borrando tus datos. Tarda un momento.
privacy-erasing-later = Estoy borrando tus datos. Aún en curso: { units-movies }. Todavía recibes lo que está en curso; después se borra también. Hasta entonces no puedes pedir nada.
privacy-nothing-erased = De acuerdo, no se borró nada.
privacy-not-yours = Solo quien escribió /privacy puede usar este botón. Escríbelo tú para ver tus propios datos.
privacy-too-often = Has borrado tus datos varias veces. Podrás hacerlo de nuevo { $time }.
