### /gift: what the giver and the recipient of bonus credits read.

gifts-given = 🎁 Você deu { units-bonus-credits } a { $member }. Vou avisar.
gifts-off = Os presentes estão desativados neste servidor. Os administradores do servidor podem mudar isso com /setup.
gifts-erasing = Nada foi dado: você me pediu para apagar seus dados.
gifts-paused = Nada foi dado: o operador do bot pausou o bot aqui.
gifts-too-fast = Nada foi dado. Que rapidez! Você pode dar de novo { $time }.
gifts-self = Você não pode dar créditos a si.
gifts-blocked = Você não pode dar créditos enquanto houver um bloqueio.
gifts-recipient-blocked = Este membro não pode receber créditos agora.
gifts-over-bound = Nada foi dado: é mais do que você ainda pode dar hoje neste servidor ({ units-bonus-credits }). O limite se renova à meia-noite UTC.
gifts-too-few = Nada foi dado. Você tem { units-bonus-credits }; sua cota não pode ser dada.

# To the recipient. $member: a mention; $place: a link to the channel
gifts-received = 🎁 { $member } deu a você { units-bonus-credits } em { $time }, em { $place }. Créditos bônus nunca expiram.
gifts-received-here = 🎁 { $recipient }, { $member } deu a você { units-bonus-credits } em { $time }.
