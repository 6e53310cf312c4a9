### Solicitudes de más créditos: el botón, las respuestas que lee una sola persona y el MD que avisa al miembro.

requests-ask-button = Pedir más
requests-ask-managers = ¿Necesitas más? Un administrador del servidor puede darte créditos extra.
requests-sent = He pedido { units-bonus-credits } para ti a los administradores del servidor. Te mandaré su respuesta por MD.
requests-asked-today = Ya has hecho una solicitud hoy. Podrás hacer otra { $time }.
requests-enough = Ahora ya tienes créditos suficientes, así que no he pedido nada.
requests-no-channel = Desde aquí no puedo contactar con los administradores del servidor. Pídeselo directamente a uno de ellos.
requests-no-help = No he pedido nada, porque tener más créditos no serviría ahora: este servidor ya no puede gastar tanto este mes.

requests-grant-button = Conceder { $credits }
requests-decline-button = Rechazar

requests-already-answered = { $manager } ya ha respondido a esto.
requests-unknown = Ya no encuentro esta solicitud. Puedes usar /quota grant.
requests-blocked = { $member } tiene un bloqueo, así que no se ha concedido nada. Quítalo primero con /quota unblock.
requests-blocked-everywhere = El operador del bot ha bloqueado a { $member }, así que no se ha concedido nada.
requests-server-budget = Al presupuesto del servidor le queda este mes demasiado poco para la película de { $member }, así que no se ha concedido nada. Auméntalo con /quota server y pulsa de nuevo.
requests-operator-limit = El operador del bot no permite a este servidor gastar este mes lo suficiente para la película de { $member }, así que no se ha concedido nada.

requests-answer-granted = 🎉 Has recibido { units-bonus-credits } en { $place }. Los créditos extra no caducan nunca. Haz tu película con /movie.
requests-answer-declined = Un administrador del servidor ha rechazado tu solicitud de { units-bonus-credits } en { $place }.
requests-answer-unposted = No he podido transmitir tu solicitud de { units-bonus-credits } en { $place }, porque no puedo escribir en el canal del equipo. Pídeselo directamente a un administrador del servidor.
