### /gift: what the giver and the recipient of bonus credits read.

gifts-given = 🎁 Le regalaste { units-bonus-credits } a { $member }. Se lo haré saber.
gifts-off = Los regalos están desactivados en este servidor. Los administradores del servidor pueden activarlos con /setup.
gifts-erasing = No se regaló nada: me pediste que borrara tus datos.
gifts-paused = No se regaló nada: el operador del bot lo ha pausado aquí.
gifts-too-fast = No se regaló nada. ¡Qué rapidez! Puedes volver a regalar { $time }.
gifts-self = No puedes regalarte créditos.
gifts-blocked = No puedes regalar créditos mientras tengas un bloqueo.
gifts-recipient-blocked = Este miembro no puede recibir créditos ahora.
gifts-over-bound = No se regaló nada: es más de lo que todavía puedes regalar hoy en este servidor ({ units-bonus-credits }). El límite se renueva a medianoche UTC.
gifts-too-few = No se regaló nada. Tienes { units-bonus-credits }; tu asignación no se puede regalar.

# To the recipient. $member: a mention; $place: a link to the channel
gifts-received = 🎁 { $member } te regaló { units-bonus-credits } el { $time } en { $place }. Los créditos extra nunca caducan.
gifts-received-here = 🎁 { $recipient }, { $member } te regaló { units-bonus-credits } el { $time }.
