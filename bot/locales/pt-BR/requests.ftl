### Pedidos de mais créditos: o botão, as respostas que só uma pessoa lê e a DM que avisa o membro.

requests-ask-button = Pedir mais
requests-ask-managers = Precisa de mais? Um administrador do servidor pode dar créditos bônus a você.
requests-sent = Pedi { units-bonus-credits } aos administradores do servidor para você. A resposta chega por DM.
requests-asked-today = Você já fez um pedido hoje. Pode pedir de novo { $time }.
requests-enough = Agora você já tem créditos suficientes, por isso não pedi nada.
requests-no-channel = Daqui não consigo falar com os administradores do servidor. Peça diretamente a um deles.
requests-no-help = Não pedi nada, porque mais créditos não ajudariam agora: este servidor não pode mais gastar tanto neste mês.

requests-grant-button = Conceder { $credits }
requests-decline-button = Recusar

requests-already-answered = { $manager } já respondeu a este pedido.
requests-unknown = Não encontro mais este pedido. Você ainda pode usar /quota grant.
requests-blocked = { $member } tem um bloqueio, por isso nada foi concedido. Remova o bloqueio primeiro com /quota unblock.
requests-blocked-everywhere = O operador do bot bloqueou { $member }, por isso nada foi concedido.
requests-server-budget = O orçamento do servidor não basta mais neste mês para o filme de { $member }, por isso nada foi concedido. Aumente com /quota server e pressione de novo.
requests-operator-limit = O operador do bot não deixa este servidor gastar o bastante neste mês para o filme de { $member }, por isso nada foi concedido.

requests-answer-granted = 🎉 Você recebeu { units-bonus-credits } em { $place }. Créditos bônus nunca expiram. Faça seu filme com /movie.
requests-answer-declined = Um administrador do servidor recusou seu pedido de { units-bonus-credits } em { $place }.
requests-answer-unposted = Não consegui encaminhar seu pedido de { units-bonus-credits } em { $place }, porque não posso escrever no canal da equipe. Peça diretamente a um administrador do servidor.
