### Por que um pedido é recusado e o que o membro pode fazer

refusals-not-charged = { -not-charged }
refusals-paused-title = Sem novos filmes no momento
refusals-paused = O operador do bot pausou novos filmes. { -in-progress-finish }
refusals-server-blocked-title = Sem novos filmes neste servidor
refusals-server-blocked = O operador do bot interrompeu novos filmes aqui. { -in-progress-finish }
refusals-erasing-title = Seus dados estão sendo apagados
refusals-erasing = Você pediu que eu apagasse seus dados. Quando isso terminar, você poderá pedir filmes de novo.
refusals-open-movies-title = Filmes suficientes por enquanto
refusals-open-movies = Você já tem { units-movies } na fila ou em criação, o máximo por membro. Peça o próximo quando um deles ficar pronto.
refusals-server-open-movies-title = Este servidor está ocupado
refusals-server-open-movies = Este servidor já tem { units-movies } na fila ou em criação, o máximo por servidor. Tente de novo quando alguns ficarem prontos.
refusals-cooling-down-title = Vamos fazer uma pausa
refusals-cooling-down = Você cancelou filmes ou recuperou créditos várias vezes seguidas. Você poderá pedir e contribuir de novo { $time }.
refusals-failures-title = Seus filmes continuam falhando
refusals-failures = Filmes com falha custam créditos a este bot mesmo quando os seus são reembolsados, e o limite deste mês foi atingido. Você poderá pedir de novo { $time }. Um administrador do servidor onde eles falharam pode liberar antes com `/quota unblock`.
refusals-too-fast = Que rapidez! Você poderá pedir de novo { $time }. { -not-charged }
refusals-too-many-commands = Quantos comandos! Você poderá usar um de novo { $time }.

refusals-no-credits-title = Créditos insuficientes
refusals-member-credits = Este filme custa **{ $price }**; seu saldo deste mês é de **{ $left }**.
refusals-server-credits = Este filme custa **{ $price }**; o saldo deste servidor para este mês é de **{ $left }**.
refusals-affordable = Dá para fazer **{ $duration }** com { $model }.
refusals-nothing-affordable = Agora não dá para nenhum filme com { $model }.
refusals-reset = Os créditos renovam { $time } ({ $date }).
refusals-bot-credits-title = Este bot não pode fazer mais filmes neste mês
refusals-bot-credits = Você poderá pedir de novo { $time } ({ $date }). { -not-charged }
refusals-queue-full-title = Demais para a fila
refusals-queue-full = Este filme custa **{ $price }**, mas agora seus filmes na fila só podem reservar mais **{ $left }**. Tente um mais curto. Se outros filmes seus estiverem na fila, você também pode pedi-lo quando um deles começar.

refusals-blocked-title = Você não pode fazer filmes
refusals-blocked = Um administrador do servidor bloqueou você até segunda ordem.
refusals-blocked-until = Um administrador do servidor bloqueou você até { $time }.
refusals-blocked-everywhere = O operador do bot bloqueou você até segunda ordem.
refusals-blocked-everywhere-until = O operador do bot bloqueou você até { $time }.
refusals-timed-out-until = Seus prompts foram contra as regras deste servidor vezes demais, então você não pode fazer filmes aqui até { $time }.
refusals-reason = Motivo: { $reason }
refusals-in-progress-finish = { -in-progress-finish } { -not-charged }

refusals-server-not-allowed = Este bot não faz filmes para este servidor. Fale com o operador se você quiser o bot aqui.
refusals-may-not-post = Você não pode enviar mensagens neste canal, então também não pode pedir filmes aqui.
refusals-button-timed-out = Você está de castigo neste servidor, então não pode usar este botão agora. Tente de novo { $time }.
refusals-not-own-message = Você só pode transformar suas próprias mensagens em filmes. Descreva um com /movie. { -not-charged }
refusals-menu-off = Este servidor desligou os filmes feitos de mensagens. Descreva um com /movie. { -not-charged }

# The server's setup: $channels and $roles are lists of mentions
refusals-channel-title = Não neste canal
refusals-channel = Os filmes são feitos em { $channels }.
refusals-channel-deleted = Os canais para filmes não existem mais. Peça a um administrador do servidor que escolha outros com /setup.
refusals-age-title = Não neste canal
refusals-age = Aqui os filmes só podem ser feitos em canais com restrição de idade.
refusals-role-title = Não com os seus cargos
refusals-role = Para fazer filmes aqui, você precisa de um destes cargos: { $roles }.
refusals-role-deleted = Os cargos que podiam fazer filmes aqui não existem mais. Peça a um administrador do servidor que escolha outros com /setup.
refusals-no-model-title = Sem filmes aqui por enquanto
refusals-no-model = Nenhum dos modelos que este servidor permite está disponível agora. Peça a um administrador do servidor que permita outros com /setup.

# The prompt filter. Nothing says which rule it was. $time: "in 24 hours"
refusals-prompt-title = Este prompt não é permitido aqui
refusals-prompt = Algo nele é contra as regras deste servidor para prompts. Mude-o e tente de novo. Se você acha que é um engano, fale com um administrador do servidor.
refusals-prompt-by-bot = Algo que eu acrescentei é contra as regras deste servidor para prompts. Use só as suas próprias palavras.
refusals-prompt-last-one = Mais um assim hoje, e você não poderá fazer filmes aqui por { units-hours }.
refusals-prompt-timed-out = Esse foi um a mais hoje. Você poderá fazer filmes aqui de novo { $time }.
refusals-prompt-yours = **Seu prompt:** { $prompt }

# O que os créditos restantes permitem
refusals-models-field = O que dá para fazer
refusals-model-affordable = { $model }: até { $duration }
refusals-model-not-affordable = { $model }: faltam créditos

refusals-not-staff = Só a equipe deste servidor pode fazer isso.
