### What the bot says in Brazilian Portuguese; docs/translating.md has the rules.

## approvals
## Movies that wait for a server's staff: the message in the staff channel, the list, and what one person reads.

approvals-request-title = ✋ Um filme aguarda aprovação
approvals-storyboard-title = ✋ Aprovar este storyboard?
approvals-deadline = Decidam até { $time }, ou ele é cancelado e reembolsado.
approvals-approve-button = Aprovar
# Opens a form
approvals-decline-button = Recusar…

# In the list; $number: the movie's, from 1
approvals-list-title = ✋ Aguardando aprovação: { units-movies }
approvals-list-empty = Nenhum filme aguarda aprovação.
approvals-list-footer = Página { $page } de { $pages }
approvals-back-button = Anterior
approvals-next-button = Próxima
# $time: "in 2 days"
approvals-expires = expira { $time }
approvals-staff-only = Só a equipe deste servidor pode ver isso. Seus próprios filmes estão em /movies.

# The form for declining
approvals-decline-modal-title = Recusar este filme
approvals-reason-label = Motivo (opcional)
approvals-reason-hint = O membro lê no canal em que fez o pedido.

# What became of it; $staff and $member: mentions
approvals-approved = ✅ Aprovado por { $staff }.
approvals-declined = ❌ Recusado por { $staff }.
approvals-declined-because = ❌ Recusado por { $staff }: “{ $reason }”
approvals-lapsed = ⌛ Ninguém decidiu a tempo: ele foi cancelado e reembolsado.
approvals-withdrawn = ↩️ { $member } cancelou.
approvals-not-offered = ↩️ Este modelo ou esta duração não está mais disponível: o filme foi cancelado e reembolsado.
approvals-waived = ▶️ Ele começou sem aprovação, porque eu não podia escrever no canal da equipe.
approvals-ended = ↩️ Ele não aguarda mais aprovação.

# What a staff member reads whose press changed nothing
approvals-own = Você não pode aprovar um filme que pediu ou para o qual contribuiu. Outra pessoa da equipe pode.
approvals-blocked = { $member } tem um bloqueio. Um administrador do servidor precisa remover o bloqueio antes com /quota unblock. Você também pode recusar o filme.
approvals-blocked-everywhere = O operador do bot bloqueou { $member }, por isso este filme não pode começar. Você pode recusar o filme.
approvals-paused = O operador do bot não está aceitando filmes deste servidor agora. Tente mais tarde ou recuse o filme.
approvals-prompt = Este prompt viola uma regra adicionada ao filtro de prompts depois do pedido. Recuse o filme. Se a regra for deste servidor, um administrador também pode mudar isso com /setup.
approvals-unknown = Não encontro mais este filme.
approvals-reason-too-long = Esse motivo é longo demais. Use no máximo { $max } caracteres.

## buttons
## Os botões de um filme e as respostas a eles

buttons-cancel-button = Cancelar
buttons-follow-button = Me avise
buttons-unfollow-button = Não me avise
buttons-post-here-button = Postar aqui
buttons-direct-button = Receber por DM
buttons-remix-button = Remixar
buttons-rerun-button = Refazer
buttons-retry-button = Tentar de novo
buttons-new-link-button = Novo link
buttons-receipt-button = Recibo
buttons-delete-button = Excluir
buttons-studio-button = Studio
buttons-cancel-movie-button = Cancelar o filme
buttons-delete-movie-button = Excluir o filme
buttons-leave-gallery-button = Só tirar da galeria

buttons-not-owner = Só **{ $name }** pode usar este botão. Crie o seu com /movie.
buttons-not-owner-unnamed = Só quem pediu este filme pode usar este botão. Crie o seu com /movie.
buttons-unknown-movie = Não encontro este filme. Digite /movies para ver os seus.

buttons-cancelled = Cancelado. Reembolso: **{ $refunded }**.
buttons-cancelling-already = Ele já está sendo cancelado. Uma mensagem vai dizer o que foi gasto e reembolsado.
buttons-unclear = O serviço de filmes talvez já esteja criando este filme, então não dá para cancelar até eu saber. Até lá, os créditos continuam reservados.
buttons-being-queued = Ele ainda está entrando na fila. Tente de novo em instantes.
buttons-being-sent = Ele está sendo enviado ao serviço de filmes agora. Tente de novo em instantes.
buttons-started = Tarde demais para cancelar: o serviço de filmes já começou e já cobrou. Você recebe o filme quando ficar pronto.
buttons-finished = Ele já terminou: veja /movies.
buttons-ended-in-part = Ele já foi cancelado. Gasto: **{ $cost }**, reembolso: **{ $refunded }**.
buttons-ended = Ele já acabou. Reembolso: **{ $refunded }**.
buttons-ended-free = Ele já acabou.
buttons-question = { "**" }Cancelar este filme?**
buttons-question-unknown = O serviço de filmes não diz quanto cobrou até agora. Você paga pelas etapas concluídas, no máximo **{ $price }** no total. O resto é reembolsado.
buttons-question-known = Você paga pelas etapas concluídas. Neste momento, gasto: **{ $cost }**, reembolso: **{ $refunded }**. Se outra etapa terminar antes de parar, você também paga por ela, no máximo { $price } no total.
buttons-cancel-requested = Cancelando seu filme. Uma mensagem vai dizer o que foi gasto e reembolsado. Se ele já estiver pronto, você recebe o filme.
buttons-just-finished = Ele acabou de ficar pronto, então não pode mais ser cancelado. Ele chega em instantes.
buttons-nearly-finished = Ele pode ficar pronto a qualquer momento, então é tarde demais para cancelar. Ele chega assim que ficar pronto.
buttons-just-ended = Ele acabou de terminar. Você recebe uma mensagem em instantes.
buttons-no-answer = O serviço de filmes não está respondendo agora, então nada foi cancelado. Tente de novo em um minuto.
buttons-too-many-cancels = Você tocou em Cancelar várias vezes. Pode tocar de novo { $time }.

buttons-own-movie = O filme é seu, então aviso você de qualquer jeito.
buttons-following = Aviso você quando ficar pronto. Se quem pediu preferir receber por DM, só digo que está pronto.
buttons-follow-full = A lista de avisos está cheia. Volte aqui mais tarde.
buttons-follow-ended = Este filme já acabou, então não há mais o que esperar.
buttons-follow-private = Este vai por DM para quem pediu, então não posso avisar você.
buttons-unfollowed = Certo, não vou avisar você.

buttons-to-direct = Vou enviar o filme por DM (ou postar aqui, se suas DMs estiverem fechadas). Para receber sempre por DM, use /preferences.
buttons-to-channel = Vou postar no canal quando ficar pronto.

buttons-new-link = Novo link:
buttons-no-new-link = Não consegui um novo link do serviço de filmes. Tente de novo em alguns minutos.
buttons-last-link = Não consegui um novo link do serviço de filmes. Tente de novo em alguns minutos. Enquanto isso, aqui está o último, que pode ter expirado:
buttons-too-many-links = São muitos links de uma vez! Você pode pedir o próximo { $time }.

buttons-receipts = Todos os seus recibos estão em /credits.
buttons-receipt-open = Ainda não terminou. Reservado: **{ $held }**.
buttons-receipt-free = É grátis.

# Excluir
buttons-delete-question = { "**" }Excluir este filme?**
buttons-delete-question-of = { "**" }Excluir este filme de { $name }?**
buttons-delete-details = A mensagem dele some para todos, e eu esqueço os links. Ele continua em /movies, sem eles. Nenhum crédito é reembolsado, e não dá para desfazer.
buttons-deleted = Excluído. A mensagem dele some em instantes.
buttons-left-gallery = Fora da galeria. O filme continua onde foi postado primeiro, e as estrelas não trazem ele de volta.
buttons-deleted-post-title = Filme excluído
buttons-deleted-already = Este filme já foi excluído.
buttons-delete-unfinished = Só um filme pronto pode ser excluído.
buttons-link-deleted = Este filme foi excluído, então não tem mais link.
buttons-not-deleter = Só **{ $name }** e a equipe do servidor podem excluir este filme.
buttons-not-deleter-unnamed = Só quem pediu este filme e a equipe do servidor podem excluir.
buttons-not-deleter-shared = Outras pessoas também pagaram por este filme, então só a equipe do servidor pode excluir.

## cards
## O cartão que mostra no canal como está um filme

cards-waiting-title = 🎟️ Seu filme está na fila
cards-awaiting-title = ✋ Seu filme aguarda aprovação
cards-being-made-title = 🎬 Criando seu filme
cards-drawing-title = 🖼️ Desenhando o storyboard
cards-storyboard-title = 🖼️ O storyboard está pronto
cards-cancelling-title = 🛑 Cancelando seu filme
cards-ready-title = 🍿 Seu filme está pronto
cards-failed-title = Este filme falhou
cards-cancelled-title = Cancelado
cards-unknown-title = 🔎 Verificando seu filme


cards-cost-on-hold = { $credits ->
    [one] { $credits } crédito reservado
   *[other] { $credits } créditos reservados
}
cards-requester = por { $member }

cards-waiting = Na fila.
cards-awaiting = A equipe deste servidor aprova antes de começar. Se ninguém fizer isso em 48 horas, os créditos são reembolsados.
cards-staff-not-informed = ⚠️ Não posso escrever em um canal da equipe aqui. Por favor, avise a equipe: ela encontra o filme em /movies.
cards-next = O seu é o próximo.
cards-ahead = { $movies ->
    [one] { $movies } filme na frente do seu.
   *[other] { $movies } filmes na frente do seu.
}
cards-far-ahead = Mais de { $movies } filmes na frente do seu.
cards-own-movies = Esperando seus outros filmes: só posso criar { $movies } dos seus por vez.
cards-sending = Enviando ao serviço de filmes…
cards-storyboard = { $member } pode renderizá-lo por mais **{ $later }** créditos ou parar. Ele para sozinho { $time }.
cards-step = Etapa { $step } de { $steps }: { $stage }
cards-stage = Agora: { $stage }…
cards-cancelling = Você paga pelas etapas concluídas. O resto é reembolsado.
cards-started = Começou { $time }.
cards-direct = 📬 por DM
cards-sent-direct = 📬 Enviado por DM a { $member }.
cards-in-list = { $member } encontra o filme em /movies.
cards-not-posted = Não consegui postar. { $member } encontra o filme em /movies.
cards-unknown = O serviço de filmes não confirmou seu pedido, então estou verificando o que aconteceu. Não vou pedir duas vezes, e os créditos continuam reservados até lá.

cards-usual = Costuma levar { $spread }
cards-usual-ready = Costuma levar { $spread } · pronto por volta de { $time }
cards-late = Está demorando mais que o normal (costuma levar { $spread }).
cards-minutes = { $least }–{ $most } min
cards-spread = de { $low } a { $high }

cards-outage-no-answer = O serviço de filmes não está respondendo agora.
cards-outage-not-taken = O serviço de filmes não está aceitando filmes deste bot agora. { -operator-notified }
cards-outage-busy = O serviço de filmes está ocupado agora.
cards-outage-promise = { $outage } Os créditos do filme continuam reservados, e ele começa assim que o serviço aceitar. Se isso levar mais de uma hora, eles são reembolsados.

## commands
## Descrições na lista de comandos do Discord: no máximo 100 caracteres.

commands-movie = Transforme um prompt em filme
commands-movie-with-pictures = Transforme um prompt ou suas imagens em um filme
commands-movie-prompt = O que acontece no seu filme (até { $characters } caracteres)
commands-movie-duration = Duração em segundos, { $min }–{ $max } (padrão: a sua última ou { $default })
commands-movie-video-model = Modelo de vídeo (padrão: o seu último ou o melhor para a proporção)
commands-movie-image-model = Modelo de imagem (padrão: o seu último ou automático)
commands-movie-aspect-ratio = Proporção (padrão: a sua última ou 16:9)
commands-movie-language = Idioma falado (padrão: o seu último ou automático)
commands-movie-subtitles = Mostrar legendas (padrão: a sua última escolha ou não)
commands-movie-tone = Tom (padrão: o seu último ou realista)
commands-movie-storyboard = Veja as imagens antes de pagar o vídeo (padrão: sua preferência)
commands-movie-picture = Uma imagem para criar o filme (PNG, JPEG ou WebP, até { $most } MB)
commands-movie-another-picture = Outra imagem

# Proporções, também em formulários e menus
commands-wide = Paisagem (16:9)
commands-tall = Retrato (9:16)

# Idioma falado em um filme, também em formulários e menus
commands-language-auto = Automático
commands-language-english = Inglês
commands-language-spanish = Espanhol
commands-language-french = Francês
commands-language-japanese = Japonês
commands-language-thai = Tailandês
commands-language-chinese = Chinês
commands-language-bengali = Bengali
commands-language-hindi = Hindi
commands-language-sanskrit = Sânscrito
commands-language-latin = Latim

# Como a história é contada
commands-tone-grounded = Realista
commands-tone-cinematic = Cinematográfico

# No menu de uma mensagem, em Aplicativos
commands-make-movie-menu = Transformar em filme
# No menu de um membro, em Apps
commands-credits-menu = Créditos…

commands-credits = Seu saldo e seu histórico de gastos
commands-credits-member = Ver os créditos de outro membro (só administradores)

commands-movies = Veja seus filmes
commands-movies-member = Ver os filmes de outro membro (só administradores)
commands-movies-show = Filtro (padrão: todos)
commands-movies-id = Abrir um filme pelo ID (o ⋯ da mensagem dele mostra)
commands-movies-all = Todos
commands-movies-running = Em andamento
commands-movies-done = Prontos
commands-movies-not-made = Com falha ou cancelados
commands-movies-pending = Aguardando aprovação (só equipe)
commands-gift = Dar créditos bônus a outro membro
commands-gift-member = Membro
commands-gift-credits = Número de créditos bônus
commands-top = Os melhores filmes, criadores e mecenas deste servidor em um mês
commands-top-month = Mês como AAAA-MM, ex.: 2026-11 (padrão: este mês)

commands-pitch = Proponha um filme que os membros deste servidor paguem juntos
commands-pitch-chip-in = Créditos com que você contribui desde já
commands-pitches = Encontre propostas para participar
commands-pitches-sort = O que vem primeiro (padrão: quase financiadas)
commands-pitches-missing = Quase financiadas
commands-pitches-votes = Mais votos
commands-pitches-age = Mais recentes

commands-preferences = Defina seus padrões e onde receber seus filmes
commands-help = Como eu funciono e quanto custa
commands-privacy = Ver, exportar ou apagar o que eu guardo sobre você

commands-quota = Gerencie os créditos deste servidor
commands-quota-credits = Número de créditos
commands-quota-monthly-credits = Créditos por mês (vazio: ver o valor atual)
commands-quota-member = Membro
commands-quota-reason = Motivo (fica no registro)
commands-quota-show = Mostra os limites deste servidor ou de um membro
commands-quota-show-member = Mostra os limites deste membro
commands-quota-default = Define a cota mensal padrão
commands-quota-server = Define o orçamento mensal deste servidor
commands-quota-set-member = Define a cota mensal de um membro
commands-quota-role = Define a cota mensal de um cargo
commands-quota-role-role = Cargo
commands-quota-grant = Dá a um membro créditos bônus que não expiram
commands-quota-take = Remove créditos bônus de um membro
commands-quota-block = Impede um membro de fazer filmes
commands-quota-block-hours = Duração em horas (vazio: até ser desbloqueado)
commands-quota-unblock = Desbloqueia um membro
commands-quota-reset = Zera o consumo de um membro neste mês
commands-quota-clear = Remove um limite
commands-quota-clear-default = Volta à cota padrão do bot
commands-quota-clear-server = Remove o orçamento deste servidor
commands-quota-clear-member = Remove a cota pessoal de um membro
commands-quota-clear-role = Remove a cota de um cargo
commands-quota-report = Relatório mensal
commands-quota-report-month = Mês como AAAA-MM, ex.: 2026-11 (padrão: este mês)

commands-setup = Escolha onde, por quem e como os filmes são feitos neste servidor
commands-setup-panel = Ver e mudar a configuração deste servidor
commands-setup-export = Exporte a configuração deste servidor para um arquivo JSON
commands-setup-import = Importe a configuração de um arquivo JSON (antes você vê as mudanças)
commands-setup-import-file = Um arquivo de /setup export


## copies
## O que se faz de filmes prontos: cenas refeitas, dublagens, legendas e longas

# Why nothing is made
copies-not-offered = Isto não está disponível no momento.
copies-source-gone = Esse filme não existe mais, então nada mais pode ser feito com ele.
copies-film-size = Um longa junta de { $least } a { $most } filmes diferentes.
copies-film-shape = Um longa junta filmes com a mesma proporção. Aqui, alguns são horizontais e outros verticais.

copies-dub-button = Dublar
copies-subtitles-button = Legendas
copies-film-button = Fazer um longa
copies-scene-title = 🎬 Refazer cenas
copies-dub-title = 🗣️ Dublar este filme
copies-subtitles-title = 💬 Mudar as legendas
copies-film-title = 🎞️ Juntar filmes em um longa
copies-language-label = Idioma
copies-subtitles-label = Legendas
copies-movies-label = Filmes do longa
copies-own-language-option = No idioma do filme
copies-no-subtitles-option = Sem legendas
copies-pitch-button = Pedir que outros contribuam
copies-pitched = Proposto! Todos podem contribuir abaixo.


## credits
## /credits: saldo, ajustes e recibos de um membro. Só quem pediu vê; os administradores veem também os de outros,
## por isso nada diz "você".

credits-spend-own = { $credits ->
    [0] Você não pode gastar nada agora
   *[other] Você pode gastar { units-credits } agora
}
credits-spend-member = { $credits ->
    [0] { $member } não pode gastar nada agora
   *[other] { $member } pode gastar { units-credits } agora
}
credits-spend-less-own = Você não pode gastar todos os seus créditos agora
credits-spend-less-member = { $member } não pode gastar todos os créditos agora
credits-budget-short = { $credits ->
    [0] O saldo é de { $own }, mas o orçamento deste servidor acabou.
   *[other] O saldo é de { $own }, mas o orçamento deste servidor só tem { units-credits } neste mês.
}
credits-queue-short = { $credits ->
    [0] O saldo é { $own }, mas já há tantos filmes na fila ou em criação quanto permitido. Tente de novo quando um ficar pronto.
   *[other] O saldo é { $own }, mas no momento os filmes na fila podem custar no máximo mais { units-credits }.
}
credits-plan-short = Os créditos do bot para este mês estão acabando.
credits-plan-empty = Os créditos do bot para este mês acabaram.

credits-bar = { $bar } usados ou reservados · renova { $time }
credits-allowance = { "**" }Cota** · saldo: { $left } de { units-credits-monthly } ({ $source })
credits-bonus = { "**" }Bônus** · { units-credits } sem validade
credits-held = { "**" }Reservados** · { units-credits } para filmes e propostas em aberto

credits-blocked = 🚫 Sem permissão para fazer filmes até um administrador do servidor remover o bloqueio.
credits-blocked-until = 🚫 Sem permissão para fazer filmes até { $time }.
credits-blocked-everywhere = 🚫 Sem permissão para fazer filmes em nenhum servidor até o operador do bot remover o bloqueio.
credits-timed-out-until = 🚫 Não pode fazer filmes até { $time }: prompts demais foram contra as regras deste servidor.

credits-source-member = definida para este membro
credits-source-role = por { $role }
credits-source-server = padrão do servidor
credits-source-bot = padrão do bot

credits-granted = { $date } recebeu { units-bonus-credits }
credits-removed = { $date } perdeu { units-bonus-credits }
credits-starter = { $date } reembolso de { units-credits } do primeiro filme
credits-usage-reset = { $date } consumo deste mês zerado
credits-carried-over = { $date } uso antes de os dados serem apagados: { units-credits }
credits-gift-received = { $date } { units-bonus-credits } de { $member }
credits-gift-given = { $date } { units-bonus-credits } para { $member }
credits-old-gift-received = { $date } { units-bonus-credits } de outro membro
credits-old-gift-given = { $date } { units-bonus-credits } para outro membro
credits-with-reason = { $change }: { $reason }

credits-page = Página { $page } de { $pages }
credits-page-of-many = Página { $page } de mais de { $pages }
credits-no-receipts =
    Nenhum filme ainda. Faça o primeiro com /movie. Por exemplo:
    > { -example-prompt }
credits-member-no-receipts = Nenhum filme neste servidor ainda.
credits-newer-button = Mais recentes
credits-older-button = Mais antigos
credits-open-button = Abrir
credits-export-button = Exportar CSV

credits-exported = { $movies ->
    [one] Aqui está { $movies } filme em um arquivo CSV.
   *[other] Aqui estão todos os { $movies } filmes em um arquivo CSV.
}
credits-exported-latest = { $movies ->
    [one] Aqui está o filme mais recente em um arquivo CSV (sem os mais antigos).
   *[other] Aqui estão os { $movies } filmes mais recentes em um arquivo CSV (sem os mais antigos).
}
credits-export-in-progress = Sua última exportação ainda está em andamento. Ela aparece aqui em instantes.
credits-too-many-exports = Várias exportações acabaram de ser feitas aqui. Você pode pedir a próxima { $time }.

credits-not-authorized = Você só pode ver os seus próprios créditos. { -managers } podem ver os de todos.

## deliveries
## Mensagens sobre o fim de um filme, no canal ou por DM

deliveries-ready = { $member }, seu filme está pronto.
deliveries-ready-followed = { $member }, seu filme está pronto. Também para { $followers }
deliveries-ready-direct = Seu filme está pronto.
deliveries-by = por { $member }
deliveries-movie-alt-text = Filme gerado por IA, { $duration }: { $prompt }
deliveries-spent = Gasto: **{ $cost }**
deliveries-spent-left = Gasto: **{ $cost }** · saldo deste mês: **{ $left }**
deliveries-not-cancelled = Ele ficou pronto antes de poder ser cancelado.
deliveries-followed = { $followers } O filme que você esperava está pronto. Quem pediu recebe por DM.
deliveries-followed-direct = 🎬 Um filme que você esperava está pronto, mas não posso mencionar você onde ele está. Quem pediu pode mostrar a você. ID { $id }

deliveries-failed = { $member }, seu filme falhou.
deliveries-refunded = Reembolso: **{ $refunded }**
deliveries-refunded-left = Reembolso: **{ $refunded }** · saldo deste mês: **{ $left }**
deliveries-refunded-bonus = Reembolso em créditos bônus, porque o mês do pedido já acabou: **{ $refunded }**

deliveries-unknown = { $member }, estou verificando o que aconteceu com seu filme.
deliveries-unknown-details =
    O serviço de filmes não confirmou seu pedido, e não vou pedir duas vezes. { -operator-notified }
    Até eu saber o que aconteceu, mantenho **{ $held }** em reserva.

deliveries-cancelled = { $member }, seu filme foi cancelado.
deliveries-spent-refunded = Gasto: **{ $cost }** · reembolso: **{ $refunded }**

deliveries-not-started = { $member }, seu filme não começou.

deliveries-left = Saldo deste mês: **{ $left }**

## errors
## Opções inválidas, permissões que faltam e erros

errors-prompt-blank = Seu prompt está vazio. Descreva seu filme em até { $max } caracteres.
errors-prompt-too-long = Seu prompt tem { $characters } caracteres; o limite é { $max }. A maioria dos emojis conta como dois ou mais.
errors-duration = “{ $value }” não é uma duração válida. Digite um número inteiro de segundos, de { $min } a { $max }.
errors-no-duration = Digite uma duração em segundos inteiros, de { $min } a { $max }.
errors-video-model = O modelo de vídeo “{ $value }” não está disponível. Escolha entre: { $names }.
errors-video-model-aspect-ratio = { $model } não aceita { $ratio }. Tente um destes: { $names }.
errors-image-model = O modelo de imagem “{ $value }” não está disponível. Escolha entre: { $names }.
errors-aspect-ratio = “{ $value }” não é uma proporção válida. Escolha entre: { $names }.
errors-no-model = Nenhum modelo de vídeo aceita { $ratio } agora. Escolha outra proporção.
errors-language = “{ $value }” não é um idioma disponível. Escolha entre: { $names }.
errors-no-language = Este bot não permite escolher o idioma agora. Deixe essa opção vazia.
errors-several-languages = Um filme tem um só idioma falado, e você escolheu vários: { $names }.
errors-subtitles = Escolha True ou False para as legendas.
errors-no-subtitles = Este bot não tem legendas agora. Deixe essa opção vazia.
errors-tone = “{ $value }” não é um tom disponível. Escolha entre: { $names }.
errors-no-tone = Este bot não permite escolher o tom agora. Deixe essa opção vazia.
errors-music = “{ $value }” não está disponível para a música. Escolha entre: { $names }.
errors-voice = “{ $value }” não é uma voz disponível. Escolha entre: { $names }.
errors-more-models = mais { $models }

errors-missing-permissions = Neste canal me falta: { $permissions }. Peça a um administrador do servidor. { -not-charged }

errors-view-channel = Ver canal
errors-send-messages = Enviar mensagens
errors-send-messages-in-threads = Enviar mensagens em tópicos
errors-embed-links = Inserir links
errors-attach-files = Anexar arquivos
errors-read-message-history = Ver histórico de mensagens
errors-manage-threads = Gerenciar tópicos

errors-empty-message = Esta mensagem não tem texto para virar filme. Descreva um com /movie. { -not-charged }
errors-only-in-servers = Só funciono em servidores, não por DM. { -not-charged }
errors-internal = Algo deu errado do meu lado. { -not-charged } Tente de novo em instantes.
errors-restarting = Estou reiniciando. Tente de novo em um minuto. { -not-charged }
errors-invalid-option = Essa opção não é válida. Escolha uma da lista. { -not-charged }
errors-server-not-loaded = Ainda estou carregando este servidor. Tente de novo em um minuto. Nada foi alterado.
errors-outdated = Fui atualizado. Use o comando de novo. { -not-charged }
errors-order-voided = Demorou demais para começar, então cancelei e reembolsei seus créditos. Tente de novo.
errors-not-queued = Não consegui colocar seu filme na fila, então ele não será feito. Seus créditos serão reembolsados em um ou dois minutos; tente de novo depois.

## forms
## O formulário de um filme e os extras de um filme em palavras.

forms-new-modal-title = Criar um filme
forms-remix-modal-title = Remixar este filme
forms-edit-modal-title = Editar seu filme

forms-prompt-label = Prompt
forms-prompt-hint = Até { $characters } caracteres. Deixe vazio, e eu surpreendo você.
forms-prompt-cut-hint = Sua mensagem foi cortada em { $characters } caracteres.
forms-duration-label = Duração (segundos)
forms-duration-hint = { $min }–{ $max }
forms-video-model-label = Modelo de vídeo
forms-video-model-placeholder = Automático (o melhor para a proporção)
forms-image-model-label = Modelo de imagem
forms-image-model-placeholder = Automático
forms-aspect-ratio-label = Proporção

# Um só menu para a proporção, as legendas, o tom e o idioma
forms-options-label = Proporção e extras
forms-options-hint = Escolha quantos quiser, mas só um idioma.
forms-default-hint = Padrão: { $choice }
forms-subtitles-option = Legendas
forms-subtitles-hint = Mostrar as falas como texto
forms-language-hint = Idioma falado (escolha só um)
forms-more-modal-title = Mais para o seu filme
forms-storyboard-label = Primeiro o storyboard
forms-storyboard-hint = Você vê as imagens e depois renderiza ou para.
forms-music-elevenlabs = { "ElevenLabs" }
forms-music-lyria = { "Lyria 3" }
forms-voice-any = Automática
forms-voice-female = { $name } (feminina)
forms-voice-male = { $name } (masculina)
forms-voice-neutral = { $name } (neutra)
forms-pictures-label = Imagens
forms-pictures-hint = Até { $most } arquivos PNG, JPEG ou WebP. Eles substituem os que você adicionou antes.

## gifts
## /gift: what the giver and the recipient of bonus credits read.

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

## help
## /help: o que o bot faz e o que este membro pode fazer aqui. Só ele vê.

help-title = O Matinee transforma palavras em filmes
help-summary = Descreva uma cena com { $command } e eu a transformo em um filme curto.
help-refunds = Filmes custam créditos; os que falham são reembolsados.
help-make-button = Fazer um filme
help-all-button = Tudo
help-available = ✅ Você pode fazer filmes neste canal.
help-refused = 🚫 { $reason }
help-missing-permissions = 🚫 Não posso postar filmes aqui. Neste canal me falta: { $permissions }. Peça a um administrador do servidor.
help-no-member-credits = 🚫 Seus créditos acabaram. Eles renovam { $time }.
help-no-server-credits = 🚫 O orçamento deste servidor acabou. Ele renova { $time }.
help-no-bot-credits = 🚫 Este bot não pode fazer mais filmes neste mês. Você poderá pedir de novo { $time }.
help-in-progress = { $movies ->
    [one] 🎬 { $movies } dos seus filmes está em andamento: { $command }
   *[other] 🎬 { $movies } dos seus filmes estão em andamento: { $command }
}
help-many-in-progress = 🎬 Mais de { $movies } dos seus filmes estão em andamento: { $command }

help-spend = **{ $spend }.** Seus créditos são renovados { $time }.
help-bonus = { $credits ->
    [one] Deles, { units-bonus-credits } não expira.
   *[other] Deles, { units-bonus-credits } não expiram.
}

help-prices-field = Preço por segundo
help-price = **{ $model }**: { units-credits } · { $ratios }
help-more-models = { $models ->
    [one] e mais { $models } modelo
   *[other] e mais { $models } modelos
}
help-asks-above = Um filme dura no máximo { $duration }. Pergunto antes de gastar mais de { units-credits }.
help-asks-above-or-share = Um filme dura no máximo { $duration }. Eu pergunto antes de gastar mais de { units-credits } ou mais de { $share } do seu saldo.
help-always-asks = Um filme dura no máximo { $duration }. Mostro o preço antes de gastar qualquer coisa.

help-commands-field = Comandos
help-command = { $command } · { $description }
help-from-a-message = Em uma mensagem sua: **Aplicativos** → **{ $menu }**
help-from-any-message = Em qualquer mensagem: **Aplicativos** → **{ $menu }**
help-managers = Administradores: { $setup }, { $show }, { $report } e os outros comandos /quota

## ideas
## Ideias para um filme, de três listas: quem, faz o quê e onde.

ideas-prompt = { $who } { $does } { $where }.

ideas-who =
    { $variant ->
        [0] Uma raposa de corda
        [1] Um faroleiro tímido
        [2] Uma astronauta minúscula
        [3] Uma velha capitã
        [4] Um dragão de papel
        [5] Um robô curioso
        [6] Um gigante sonolento
        [7] Um músico de rua
        [8] Uma baleia voadora
        [9] Uma coruja branca
        [10] Um fantasma gentil
        *[11] Uma jovem padeira
    }

ideas-does =
    { $variant ->
        [0] aprende a dançar
        [1] abre uma porta secreta
        [2] segue um rastro de luz
        [3] constrói uma ponte de música
        [4] faz amizade com uma tempestade
        [5] planta uma floresta luminosa
        [6] aposta corrida com uma estrela cadente
        [7] encontra uma melodia perdida
        [8] pinta o céu noturno
        [9] protege um ovo de ouro
        [10] acorda uma cidade adormecida
        *[11] apanha o último raio de sol
    }

ideas-where =
    { $variant ->
        [0] numa cidade acima das nuvens
        [1] no fundo do mar
        [2] num trem noturno sob a neve
        [3] numa biblioteca sem fim
        [4] num planeta minúsculo
        [5] num parque de diversões à meia-noite
        [6] num jardim de vidro
        [7] num telhado sob a chuva
        [8] dentro de um relógio gigante
        [9] num lago congelado ao amanhecer
        [10] num mercado flutuante
        *[11] sob um arco-íris duplo
    }

## links
## Onde está o link de um filme, na mensagem sobre ele

links-in-movies = O link é longo demais para uma mensagem. Quem pediu o filme encontra o link em /movies.
links-in-file = O link é longo demais para uma mensagem, por isso está no arquivo anexo.
links-unsafe = Este link não pode ser postado aqui. Abra o filme no Studio.
links-watch = Assistir
links-jump = Ir para a mensagem

## log
## Mudanças feitas pelos administradores do servidor, pelo operador do bot e pelo bot: no canal da equipe, e como
## confirmação para quem as fez. Esse canal pode ser público, por isso não mostra nenhum saldo.

log-bot = O bot
log-operator = O operador do bot
log-confirmation = ✅ { $change }

log-set-default-limit = Por padrão, os membros agora recebem { units-credits-monthly }.
log-set-default-limit-cleared = Os membros voltam a receber a cota padrão do bot.
log-set-server-limit = Este servidor agora pode gastar { units-credits-monthly }.
log-set-server-limit-cleared = O orçamento do servidor foi removido.
log-set-member-limit = { $subject } agora recebe { units-credits-monthly }.
log-set-member-limit-cleared = A cota pessoal de { $subject } foi removida.
log-set-role-limit = Quem tem { $subject } agora recebe { units-credits-monthly }.
log-set-role-limit-cleared = A cota de { $subject } foi removida.
log-grant = { $member } recebeu { units-bonus-credits }.
log-gift = Deu { units-bonus-credits } a { $member }.
log-revoke = { $member } perdeu { units-bonus-credits }.
log-block = { $member } não pode fazer filmes até um administrador remover o bloqueio. Os filmes em andamento serão concluídos.
log-block-hours = { $member } não pode fazer filmes por { units-hours }. Os filmes em andamento serão concluídos.
log-unblock = { $member } pode fazer filmes de novo.
log-reset-usage = O consumo de { $member } neste mês foi zerado.
log-reset-usage-credits = O consumo de { $member } neste mês foi zerado (antes: { units-credits }).
# $setting: "Longest movie"; $value: "1 min"
log-setting = **{ $setting }** agora é: { $value }
log-gallery-failed = Não consigo mais postar na galeria { $channel }. Enquanto isso, os filmes prontos aparecem onde foram pedidos. Verifiquem minhas permissões lá ou escolham outra galeria com /setup.
log-movie-night-failed = Não consegui postar a noite de cinema em { $channel }. Verifiquem minhas permissões lá e sua regra de idade, ou escolham outra galeria com /setup.

log-request-credits = 🙋 { $member } pede { units-bonus-credits }.
log-decline-credits = O pedido de { $member } ({ units-bonus-credits }) foi recusado.
log-cancel-queued = Os filmes na fila de { $member } foram cancelados. Reembolso: { units-credits }.
log-remove-pitch = A proposta de { $member } foi removida. Reembolso: { units-credits }.
log-request-granted = ✅ Concedido por { $manager }.
log-request-declined = ❌ Recusado por { $manager }.
log-request-replaced = Este membro fez outro pedido depois: só é possível responder ao mais recente.
log-request-lapsed = Este pedido expirou. O membro pode fazer outro.
log-request-not-told = Não consigo enviar DM para { $member }. Avise você, por favor.
log-reason = Motivo: { $reason }
log-result = Resultado: { $reason }

log-failures-stopped = { $member } não pode mais fazer filmes neste mês, porque os que falharam custaram { units-credits } ao bot. Um administrador pode permitir mais com /quota unblock.
# A prompt that the filter stopped, for staff. $category: one of the categories below
log-prompt-refused = Um prompt de { $member } foi barrado pela regra “{ $rule }”: ||{ $prompt }||
log-prompt-refused-preset = Um prompt de { $member } foi barrado pela regra “{ $rule }” ({ $category }): ||{ $prompt }||
log-prompt-refused-operator = Um prompt de { $member } foi barrado por uma regra do operador do bot: ||{ $prompt }||
log-prompt-flagged = Um prompt de { $member } foi barrado pela moderação do serviço de filmes ({ $category }): ||{ $prompt }||
log-time-out = { $member } não pode fazer filmes por { units-hours }, porque prompts demais foram barrados hoje. Um administrador pode liberar com /quota unblock.
log-category-minors = conteúdo sexual envolvendo menores
log-category-sexual = conteúdo sexual
log-category-gore = violência sangrenta
log-category-slurs = insultos discriminatórios
log-category-self-harm = automutilação
log-category-violence = violência
log-category-hate = ódio
log-category-harassment = assédio
log-category-illicit = atividades ilegais
log-category-other = contra as regras dele
log-limit-server = Este servidor pode gastar no máximo { units-credits-monthly }, não importa o que os administradores definam.
log-limit-server-cleared = Este servidor volta ao limite normal do bot.
log-block-server = Este servidor não pode mais fazer filmes. Os filmes em andamento serão concluídos.
log-unblock-server = Este servidor pode fazer filmes de novo.
log-pause = Por enquanto, nenhum servidor pode fazer filmes novos. Os filmes em andamento serão concluídos.
log-resume = Já dá para fazer filmes novos outra vez.
log-job-unknown = { $credits ->
    [one] O serviço de filmes não confirmou um filme de { $member }. { units-credits } continua reservado até eu saber o que aconteceu.
   *[other] O serviço de filmes não confirmou um filme de { $member }. { units-credits } continuam reservados até eu saber o que aconteceu.
}
log-job-given-up = { $credits ->
    [one] Não foi possível saber o que aconteceu com um filme de { $member }. Ele foi registrado como falha, e { units-credits } foi reembolsado.
   *[other] Não foi possível saber o que aconteceu com um filme de { $member }. Ele foi registrado como falha, e { units-credits } foram reembolsados.
}
log-job-resolved = Um filme de { $member } foi verificado.
log-movie-removed = Um filme de { $member } foi excluído (ID { $id }).
log-gallery-removed = Um filme de { $member } foi tirado da galeria (ID { $id }).
log-report-dismissed = As denúncias de um filme de { $member } foram descartadas (ID { $id }).
log-deletion-refused = Um filme de { $member } foi excluído (ID { $id }), mas o Discord não me deixa excluir a mensagem dele. Vou continuar tentando por 30 dias. Você pode excluí-la: { $link }
log-deletion-given-up = Um filme de { $member } foi excluído (ID { $id }), mas depois de 30 dias o Discord ainda não me deixa excluir a mensagem dele, então parei de tentar. Exclua você mesmo: { $link }
log-request-approval = Um filme de { $member } aguarda aprovação ({ units-price }, ID { $id }).
log-approve-movie = Um filme de { $member } pode começar ({ units-price }, ID { $id }).
log-decline-movie = { $credits ->
    [0] Um filme de { $member } foi recusado (ID { $id }).
   *[other] Um filme de { $member } por { units-credits } foi recusado e reembolsado (ID { $id }).
}
log-lapse-approval = { $credits ->
    [0] Ninguém decidiu a tempo sobre um filme de { $member }: ele foi cancelado (ID { $id }).
   *[other] Ninguém decidiu a tempo sobre um filme de { $member } por { units-credits }: ele foi cancelado e reembolsado (ID { $id }).
}
log-restore-backup = Um backup foi restaurado. Um filme de { $member } espera até o operador do bot verificar.

log-reason-role-deleted = o cargo foi excluído
log-reason-submission-unconfirmed = filme { $id }
log-reason-ended-as-failed = falhou, créditos reembolsados
log-reason-request-id-found = encontrado no serviço de filmes, com o ID { $id }
log-reason-may-be-submitted = o filme { $id } talvez já tenha sido pedido
log-reason-may-be-sent = a mensagem sobre o filme { $id } talvez já tenha sido enviada
log-reason-requested = a pedido do membro
log-reason-not-age-restricted = a galeria não tem restrição de idade
log-reason-staff-unreachable = não posso escrever no canal da equipe, e este servidor deixa os filmes começarem nesse caso

## more
## Behind ⋯: a sentence beside each button

more-storyboard = Veja o storyboard e decida.
more-refresh = Pegue um link novo.
more-scene = Refaça uma cena: outra imagem, outro clipe e uma nova versão do filme.
more-rerun = Faça de novo com os mesmos ajustes. Você vê o preço antes.
more-dub = Duble para outro idioma.
more-subtitles = Adicione ou mude as legendas, de graça.
more-film = Junte a série em um longa.
more-retry = Tente de novo. Você vê o preço antes.
more-cancel = Cancele este filme.
more-cancel-as-staff = Cancele este filme de outra pessoa. Os créditos são reembolsados.
more-target = Mude onde você recebe.
more-remix = Faça seu próprio filme a partir do prompt dele. Você vê o preço antes.
more-versions = Veja as versões dele e de que ele foi feito.
more-receipt = Veja quanto custou.
more-studio = Abra no Studio do serviço de filmes.
more-report = Denuncie à equipe.
more-leave-gallery = Tire da galeria. Ele fica onde foi postado primeiro.
more-delete = Exclua este filme e os links dele.
more-remove = Exclua este filme e os links dele, como equipe.
more-nothing = Não há mais nada que você possa fazer com este filme agora.

## movies
## /movies: os filmes de um membro e a página de um filme. Só quem lê os vê.

movies-own-title = Seus filmes
movies-member-title = Filmes de { $name } neste servidor
movies-unnamed-title = Filmes deste membro neste servidor
movies-filtered-title = { $title }: { $filter }

movies-none-all =
    Nenhum filme ainda. Faça o primeiro com /movie. Por exemplo:
    > { -example-prompt }
movies-none-running = Nenhum filme em andamento.
movies-none-done = Nenhum filme pronto ainda.
movies-none-not-made = Nenhum filme com falha ou cancelado.
movies-member-none-all = { $member } ainda não pediu nenhum filme neste servidor.
movies-member-none-running = { $member } não tem filmes em andamento neste servidor.
movies-member-none-done = { $member } ainda não tem filmes prontos neste servidor.
movies-member-none-not-made = { $member } não tem filmes com falha nem cancelados neste servidor.

movies-outage = { $outage } Os filmes na fila começam assim que o serviço os aceitar.
movies-not-delivered = 📬 pronto, mas não consegui postar: abra abaixo
movies-deleted = 🗑️ excluído
movies-elsewhere = em outro servidor
movies-hidden-prompt = (pedido onde você não pode ver)
# Members paid for it together
movies-with-others = com outras pessoas
movies-share-value = Sua parte: { units-credits }
movies-all-hint = Todos os filmes, os mais recentes primeiro
movies-running-hint = Na fila, em criação ou em verificação
movies-done-hint = Prontos para assistir
movies-not-made-hint = Com falha ou cancelados; o resto é reembolsado
movies-filter-placeholder = Filtrar
movies-open-placeholder = Abrir um filme…
movies-newer-button = Mais recentes
movies-older-button = Mais antigos
movies-refresh-button = Atualizar
movies-back-button = Voltar à lista

movies-posted-late = Não consegui postar este antes. Aqui está.
movies-link-may-have-expired = Não consegui um link novo, então este pode ter expirado.

movies-on-hold-value = { $credits ->
    [one] **{ units-credits }** reservado até ficar pronto
   *[other] **{ units-credits }** reservados até ficar pronto
}
movies-unknown-value = { $credits ->
    [one] **{ units-credits }** reservado até eu saber o que aconteceu com ele
   *[other] **{ units-credits }** reservados até eu saber o que aconteceu com ele
}
movies-spent-value = { $credits ->
    [one] **{ units-credits }** gasto
   *[other] **{ units-credits }** gastos
}
movies-refunded-value = { $credits ->
    [one] **{ units-credits }** reembolsado
   *[other] **{ units-credits }** reembolsados
}
movies-refunded-in-part-value = Gasto nas etapas concluídas: **{ $cost }**, reembolso: **{ $refunded }**
movies-left-server-value = Um servidor do qual eu saí
movies-other-server-value = Outro servidor
movies-deleted-value = Excluído: { $date }. A mensagem e os links não existem mais.
movies-deleted-by-manager-value = Excluído pela equipe do servidor: { $date }. A mensagem e os links não existem mais.
movies-requested-value = Pedido: { $date }
movies-finished-value = Concluído: { $date }
movies-finished-after-value = Concluído: { $date } (levou { $duration })
movies-ended-value = Encerrado: { $date }
movies-id-footer = ID do filme { $id }
movies-by = de { $name }
movies-remixed-from = 🔀 Remix de { $movie }
movies-remixes = Remixes ({ $remixes })

movies-not-authorized = Você só pode ver os seus próprios filmes. { -managers } podem ver os de todos no servidor deles.
movies-not-found = Não encontro este filme na lista. Digite /movies para ver o que há.
movies-unknown-id = Não encontro nenhum filme com esse ID. Toque em ⋯ na mensagem do filme para ver o ID.

## night
## Movie night: the weekly message with a server's best movies, and the private player that its buttons open.

night-title = Noite de cinema
night-recap-title = A semana em filmes
night-intro = Os melhores dos últimos 7 dias, por estrelas. *Ver todos* mostra só para você.
night-recap-week = { units-movies } nesta semana, { $spent } ao todo
night-recap-maker = quem mais fez: { $member } ({ $movies })
night-all-button = ▶ Ver todos

# Above a movie. $number and $total: "2 of 5"; $member: a mention
night-playing = Filme { $number } de { $total }, de { $member }
night-next-button = Próximo filme
night-last = Esse foi o último.
night-over = Este filme não pode mais ser visto.

## pictures
## Filmes feitos com imagens próprias

pictures-prompt = Um filme feito com as minhas imagens
pictures-count = { $pictures ->
    [one] { $pictures } imagem
   *[other] { $pictures } imagens
}
pictures-notice = 🖼️ O serviço de filmes recebe suas imagens. Use só imagens que você pode compartilhar, com o consentimento de todos cujo rosto aparece.

pictures-not-offered = Imagens não estão disponíveis agora.
pictures-too-many = Um filme aceita até { $most } imagens.
pictures-too-large = A imagem { $number } é grande demais. Cada uma pode ter até { $most } MB.
pictures-too-large-together = Suas imagens são grandes demais juntas. Todas elas podem ter até { $most } MB.
pictures-not-a-picture = O arquivo { $number } não é uma imagem PNG, JPEG ou WebP.
pictures-not-read = O Discord não entregou a imagem { $number }. Tente de novo.
pictures-with-duration = As imagens decidem quanto dura o filme, que não tem storyboard. Deixe **duration** e **storyboard** vazios.
pictures-gone = Só guardo imagens enquanto o pedido está aberto, e estas já não existem. Você não foi cobrado. Digite /movie e adicione-as de novo.

## pitch
## /pitch: um filme que os membros pagam juntos. A mensagem pública, e o que só quem clicou lê.

# The public message. $time: "in 3 days"
pitch-ended-title = Esta proposta terminou
pitch-progress = { $pledged } de { $price } · { $people ->
    [one] { $people } pessoa
   *[other] { $people } pessoas
} · termina { $time }
pitch-by = proposto por { $member }
pitch-waits-plan = Financiada, mas este bot não pode fazer mais filmes este mês: { -keep-trying }
pitch-waits-server = Financiada, mas o orçamento deste servidor ainda não é suficiente: { -keep-trying }
pitch-waits-busy = Financiada, mas há filmes demais em andamento: { -keep-trying }
pitch-waits-paused = Financiada, mas novos filmes estão em pausa: { -keep-trying }
pitch-waits-member = Financiada, mas o filme não pode ser pedido agora: { -keep-trying }
pitch-ended-funded = Ela foi financiada por completo, e o filme foi pedido.
pitch-ended-lapsed = O tempo acabou, e todos foram reembolsados.
pitch-ended-withdrawn = O membro que fez a proposta a retirou, e todos foram reembolsados.
pitch-ended-removed-by-staff = A equipe deste servidor a removeu, e todos foram reembolsados.
pitch-ended-prompt-refused = O prompt vai contra as regras deste servidor, então todos foram reembolsados.
pitch-ended-not-offered = O modelo ou a duração não está mais disponível aqui, então todos foram reembolsados.
pitch-ended-restored = Fui restaurado de um backup, então a encerrei, e todos foram reembolsados.
pitch-ended-server-left = Fui removido do servidor, e todos foram reembolsados.
pitch-ended-message-gone = A mensagem ou o canal dela foi excluído, então todos foram reembolsados.

pitch-add-button = Contribuir com { $credits }
pitch-rest-button = O resto ({ $credits })
pitch-other-button = Outro valor
pitch-back-button = Recuperar
pitch-withdraw-button = Retirar
pitch-remove-button = Remover
pitch-other-line = Contribua com outro valor: até { $missing }.
pitch-back-line = Recupere sua contribuição ({ $share }) até a proposta ser financiada.
pitch-withdraw-line = Retire sua proposta: todos são reembolsados.
pitch-remove-line = Remova como equipe: o prompt fica oculto, e todos são reembolsados.
pitch-other-modal-title = Contribuir com outro valor
pitch-amount-label = Quantos créditos?
pitch-amount-hint = Ainda falta: { units-credits }. Se o filme não for feito, seus créditos são reembolsados.

# Private answers. $share, $mine, $missing, $price, $left: amounts such as "50 credits"
pitch-pledged = Você contribuiu com { $share }. Seu total: { $mine }. Ainda falta: { $missing }. Dá para recuperar tudo (⋯) até a proposta ser financiada.
pitch-month-ends = 🗓️ Isso inclui { units-credits } da cota deste mês, que termina { $time } com o mês. Se a proposta não for financiada até lá, essa parte se perde.
pitch-completed = 🎉 Com a sua contribuição ({ $share }), está completa! O filme foi pedido. Acompanhe o progresso aqui.
pitch-completed-approval = 🎉 Com a sua contribuição ({ $share }), está completa! A equipe deste servidor precisa aprovar o filme primeiro. Se ninguém fizer isso em 48 horas, todos serão reembolsados.
pitch-completed-waiting = 🎉 Com a sua contribuição ({ $share }), está completa!
pitch-taken-back = Você recuperou { $share }. Ainda falta: { $missing }.
pitch-shortfall = Você precisa de { $price }, mas só tem { $left }. { -not-charged } Contribua com menos ou espere: seus créditos são renovados { $time }.
pitch-shortfall-new = Você não pode contribuir com { $price }: seu saldo é de { $left }, então nada foi proposto. Contribua com menos ou espere: seus créditos são renovados { $time }.
pitch-too-much = É mais do que falta: { $missing }. { -not-charged }
pitch-alone = Este filme custa { $price }: contribua com menos ou crie por conta própria com /movie. Nada foi proposto.
pitch-complete = Esta proposta já está financiada por completo. O filme dela aguarda a criação.
pitch-no-pledge = Você não tem créditos nesta proposta.
pitch-not-yours = Só { $member } pode retirar esta proposta. Toque em ⋯ para recuperar seus próprios créditos.
pitch-too-many = Você já tem { $pitches } propostas abertas aqui, que é o limite. Retire uma ou espere uma terminar.
pitch-not-offered = Isto não pode ser pago em grupo. Peça você mesmo.
pitch-failing = Seus últimos { $failures } filmes deste prompt falharam, então outras pessoas não devem pagar pelo próximo. Proponha outro prompt ou crie este filme por conta própria com /movie primeiro.
pitch-voted = Você votou nesta proposta. Os votos são grátis e só mudam a ordem em /pitches.
pitch-voted-already = Você já votou nesta proposta.
pitch-unknown = Não encontro esta proposta aqui. Digite /pitches para ver as abertas.
pitch-over = Esta proposta terminou.
pitch-handled = Isso já está feito. Você tem { units-credits } nesta proposta.
pitch-amount-invalid = Digite um número inteiro de créditos, como 25. { -not-charged }
pitch-never-fits-server = Este filme custa { $price }, e o orçamento do servidor para um mês inteiro é de { $left }. Proponha um mais curto.
pitch-never-fits-queue = Este filme custa { $price }, mas os filmes na fila de um membro não podem custar mais que { $left } no total. Proponha um mais curto.
pitch-never-fits-bot = Este filme custa { $price }, mais do que o bot pode gastar em um mês. Proponha um mais curto.
pitch-withdraw-question = Retirar esta proposta? Todos serão reembolsados, e ninguém poderá mais contribuir.
pitch-withdrawn = Retirada. Todos serão reembolsados.
pitch-remove-question = Remover esta proposta? O prompt ficará oculto, e todos serão reembolsados.
pitch-removed = Removida. Todos serão reembolsados.
pitch-not-posted = O Discord não confirmou sua proposta, então eu a retirei. Tente de novo.

## pitches
## /pitches: the open pitches of a server.

pitches-list-title = Propostas abertas
pitches-empty = Não há propostas abertas agora. Comece uma com /pitch, e todos aqui poderão participar.
# $credits: what is still needed; $price: "600 credits"; $time: "in 3 days"
pitches-missing = { $credits ->
    [one] falta { $credits } de { $price }
   *[other] faltam { $credits } de { $price }
}
pitches-complete = financiada, aguardando a criação
pitches-ends = termina { $time }
# The text of a link to the pitch
pitches-open = Abrir
pitches-sort-placeholder = Ordenar por
pitches-manage-placeholder = Escolha uma proposta: contribuir, recuperar…
pitches-back-button = Anterior
pitches-next-button = Próxima
pitches-page-footer = Página { $page } de { $pages }

## pledges
## What members who chipped in for a pitch are told.

# In the channel, or by DM. $members: mentions; $pitch: a link to the pitch; $why: one of the sentences below
pledges-funded = 🎬 { $members }: [a proposta]({ $pitch }) em que você participou foi financiada, e o filme foi pedido.
pledges-funded-direct = 🎬 [A proposta]({ $pitch }) em que você pôs { units-credits } foi financiada, e o filme foi pedido.
pledges-approval = 🎬 { $members }: [a proposta]({ $pitch }) em que você participou foi financiada, e a equipe do servidor tem 48 horas para aprovar o filme.
pledges-approval-direct = 🎬 [A proposta]({ $pitch }) em que você pôs { units-credits } foi financiada, e a equipe do servidor tem 48 horas para aprovar o filme.
pledges-returned = ↩️ { $members }, seus créditos [da proposta]({ $pitch }) foram reembolsados{ $why }.
pledges-returned-direct = ↩️ Reembolsado: { units-credits } [da proposta]({ $pitch }){ $why }.
pledges-over = 🎟️ { $members }, [sua proposta]({ $pitch }) terminou{ $why }.
pledges-over-direct = 🎟️ [Sua proposta]({ $pitch }) terminou{ $why }.
pledges-lapsed = 🗓️ { $members }, a cota do mês passado não conta mais para [a proposta]({ $pitch }): participe de novo se ainda quiser o filme.
pledges-lapsed-direct = 🗓️ A cota do mês passado ({ units-credits }) não conta mais para [a proposta]({ $pitch }): participe de novo se ainda quiser o filme.
pledges-waiting = ⏳ { $members }: [a proposta]({ $pitch }) em que você participou foi financiada, mas o filme ainda não pode ser pedido: { -keep-trying }
pledges-waiting-direct = ⏳ [A proposta]({ $pitch }) em que você pôs { units-credits } foi financiada, mas o filme ainda não pode ser pedido: { -keep-trying }
pledges-made = 🎬 { $members }, o filme [da proposta]({ $pitch }) em que você participou está pronto: ele está em /movies.
pledges-made-direct = 🎬 O filme [da proposta]({ $pitch }) em que você pôs { units-credits } está pronto: ele está em /movies.

# Why credits came back
pledges-why-lapsed = o tempo acabou
pledges-why-withdrawn = ela foi retirada
pledges-why-removed-by-staff = a equipe do servidor a removeu
pledges-why-prompt-refused = o prompt vai contra as regras do servidor
pledges-why-not-offered = o modelo ou a duração não está mais disponível
pledges-why-restored = o bot foi restaurado de um backup
pledges-why-server-left = fui removido do servidor
pledges-why-message-gone = a mensagem ou o canal dela foi excluído
pledges-why-job-ended = o filme não foi feito
pledges-why-job-ended-late = o filme não foi feito, e o mês do pagamento terminou, então você recebe créditos bônus

# A movie that was canceled after it began. $spent, $refunded: credits of the member's share
pledges-charged = ↩️ { $members }, o filme [da proposta]({ $pitch }) foi cancelado: as partes de vocês pagaram as etapas concluídas, e o resto foi reembolsado.
pledges-charged-direct = ↩️ O filme [da proposta]({ $pitch }) foi cancelado; as etapas concluídas custaram { $spent }, reembolsado: { $refunded }.

# In the message of the movie. $names: a list of mentions
pledges-paid-by = Pago por { $names }.
pledges-paid-by-more = Pago por { $names } e mais { $more }.
pledges-paid-by-unnamed = { $more ->
    [one] Pago por { $more } membro.
   *[other] Pago por { $more } membros.
}

# The credits of a movie that members paid for together. $cost, $price: all shares, such as "200 credits"
pledges-cost = Gasto em conjunto: **{ $cost }**
pledges-refunded = Todos receberam os créditos de volta.
pledges-refunded-bonus = Todos receberam os créditos de volta como créditos bônus, porque o mês em que pagaram já acabou.
pledges-cost-in-part = Todos pagaram sua parte de **{ $cost }** e receberam o resto de volta.
pledges-cancelled = Cancelado. Todos receberam os créditos de volta.
pledges-ended = Ele já acabou. Todos receberam os créditos de volta.
pledges-failed = { $member }, o filme que você propôs falhou.
pledges-not-started = { $member }, o filme que você propôs não começou.
pledges-not-cancellable = Um filme pago em conjunto não pode mais ser cancelado quando já está sendo criado. Vou postar no canal quando ficar pronto.
pledges-to-channel = Um filme pago em conjunto é sempre postado no canal.

## preferences
## /preferences: as opções de um membro e para onde vão os filmes prontos. Só ele vê.

preferences-title = Suas preferências
preferences-intro = O /movie usa suas últimas escolhas, a menos que você indique outra coisa.
preferences-empty = Ainda não há preferências. Escolha aqui, ou vou me lembrar das opções do seu próximo filme.
preferences-cost = Um filme de { $duration } custa **{ $price }** ({ $rate }).
preferences-footer = Vale para todos os servidores.

preferences-video-model = Modelo de vídeo: { $choice }
preferences-image-model = Modelo de imagem: { $choice }
preferences-seconds = Duração: { $choice }
preferences-aspect-ratio = Proporção: { $choice }
preferences-language = Idioma: { $choice }
preferences-subtitles = Legendas: { $choice }
preferences-tone = Tom: { $choice }
preferences-music = Música: { $choice }
preferences-voice = Voz: { $choice }

# Como cada escolha foi feita
preferences-unsupported-default = { $choice } não aceita esta proporção, por isso vale o padrão: **{ $other }**
preferences-unavailable-default = { $choice } não está mais disponível, por isso vale o padrão: **{ $other }**

preferences-video-model-placeholder = Modelo de vídeo
preferences-image-model-placeholder = Modelo de imagem
preferences-seconds-placeholder = Duração
preferences-aspect-ratio-placeholder = Proporção
preferences-language-placeholder = Idioma
preferences-subtitles-placeholder = Legendas
preferences-tone-placeholder = Tom
preferences-music-placeholder = Música
preferences-voice-placeholder = Voz

# A primeira opção de cada menu, que volta ao padrão
preferences-video-model-option = Modelo de vídeo: automático (o melhor para a proporção)
preferences-image-model-option = Modelo de imagem: automático
preferences-seconds-option = Duração: { $choice } (padrão)
preferences-aspect-ratio-option = Proporção: { $choice } (padrão)
preferences-language-option = Idioma: { $choice } (padrão)
preferences-subtitles-option = Legendas: { $choice } (padrão)
preferences-tone-option = Tom: { $choice } (padrão)
preferences-music-option = Música: { $choice } (padrão)
preferences-voice-option = Voz: { $choice } (padrão)

preferences-off-option = Não
preferences-on-option = Sim

preferences-channel-value = Os filmes prontos são postados onde você pediu, com uma menção.
preferences-direct-value = Os filmes prontos chegam por DM, ou no canal se suas DMs estiverem fechadas.

preferences-channel-button = No canal
preferences-dm-button = Por DM
preferences-unlist-button = Não mostrar
preferences-list-button = Mostrar
preferences-listed-value = As estrelas podem levar seus filmes a uma galeria, e você pode estar no /top.
preferences-unlisted-value = As estrelas não levam seus filmes a uma galeria nem a uma noite de cinema, e você não está no /top.
preferences-unlisted = A partir de agora, as estrelas não levam seus filmes a uma galeria nem a uma noite de cinema, e você não aparece no /top.
preferences-storyboard-value = Seus filmes começam com um storyboard: você vê as imagens antes de pagar o vídeo.
preferences-no-storyboard-value = Seus filmes são feitos de uma vez, sem storyboard.
preferences-storyboard-button = Primeiro o storyboard
preferences-no-storyboard-button = De uma vez
preferences-listed = Agora as estrelas podem levar seus filmes a uma galeria, e você pode aparecer no /top.
preferences-reset-button = Voltar ao padrão
preferences-extras-button = Mudar
preferences-back-button = Voltar

preferences-not-offered = Isso não está mais disponível. Escolha outra opção abaixo.
preferences-dropped-aspect-ratio = { $model } não aceita { $dropped }, por isso mudei para { $choice }.
preferences-dropped-model = { $model } não aceita { $choice }, por isso mudei para o melhor modelo para isso.
preferences-channel-set = A partir do seu próximo filme, posto os filmes prontos no canal.
preferences-dm-set = A partir do seu próximo filme, envio os filmes prontos por DM.
preferences-reset = Suas preferências foram redefinidas.

## privacy
## /privacy, e o que resta dos filmes cujo texto foi excluído

privacy-prompt-gone = (prompt excluído)
privacy-link-gone = O link deste filme foi excluído.
privacy-not-again = O prompt deste filme foi excluído, então não posso fazer de novo. Faça outro com /movie. { -not-charged }
privacy-unnamed = alguém que apagou seus dados

privacy-title = Seus dados
privacy-about = Eu guardo seu ID, seus filmes e propostas com prompts e links, seu nome quando você os pediu, seus créditos e cada mudança neles, suas escolhas em /preferences, de quais filmes você quer ser avisado, as propostas em que você votou, os filmes a que você deu estrela ou que denunciou (e por quê) e o começo dos prompts barrados pelas regras de um servidor. Não guardo suas outras mensagens, a menos que alguém transforme uma delas em filme. Os prompts vão para o serviço de filmes.
privacy-moderation = Antes de eu pedir um filme ou mostrar o preço, o serviço de filmes verifica o prompt. Eu guardo o começo dos prompts que ele não aceita.
privacy-pictures = As imagens com que você faz um filme vão para o serviço de filmes. Só as guardo até que ele as tenha ou até o pedido terminar.
privacy-kept-field = Por quanto tempo
privacy-kept-value =
    { $days ->
        [one] { $days } dia
       *[other] { $days } dias
    } depois do fim de um filme ou de uma proposta, apago o prompt, os links e seu nome. Seu ID e seus créditos ficam até você apagar tudo, ou até 30 dias depois que me removerem de um servidor.
privacy-kept-always-value = Até você apagar tudo, ou até 30 dias depois que me removerem de um servidor.
privacy-elsewhere-field = O que eu não posso apagar
privacy-elsewhere-value = Mensagens que já estão no Discord, menos as dos seus filmes se você também as apagar, e o que o serviço de filmes guarda.
privacy-now-value = Agora: { units-movies }, seus créditos e o histórico deles, e suas preferências.
privacy-nothing = Não há nada guardado sobre você.
privacy-export-button = Exportar
privacy-erase-button = Apagar meus dados
privacy-policy-button = Política de privacidade
privacy-terms-button = Termos de uso
privacy-export-ready = Tudo o que eu guardo sobre você: JSON para programas, CSV para planilhas.
privacy-export-too-large = É demais para uma mensagem do Discord. Peça sua exportação ao operador do bot.
privacy-question-title = Apagar seus dados em todos os servidores? Não dá para desfazer.
privacy-question-what = Seus filmes, links, recibos e preferências somem. Suas propostas abertas são retiradas, e os créditos com que você contribuiu nas de outros são reembolsados.
privacy-question-waiting = Na fila: { units-movies }. O que está na fila é cancelado e reembolsado.
privacy-question-open = Em andamento: { units-movies }. Você ainda recebe o que está em andamento; depois isso também é apagado. Até lá, você não pode pedir nada.
privacy-question-bonus = Você perde { units-bonus-credits }.
privacy-question-memory = O que você gastou neste mês conta até o fim do mês. Bloqueios e cotas de 0 continuam valendo até terminarem. Isso fica guardado com um código que não diz quem você é.
privacy-question-messages = As mensagens no Discord ficam, a menos que você também apague as dos seus filmes. As de filmes com que outros contribuíram ficam.
privacy-confirm-button = Apagar tudo
privacy-confirm-messages-button = Apagar tudo e as mensagens
privacy-keep-button = Manter meus dados
privacy-erased = Pronto. Seus dados foram apagados.
privacy-erased-with-messages = Pronto. Seus dados foram apagados, e estou apagando as mensagens dos seus filmes.
privacy-erasing-soon = Estou apagando seus dados. Leva um instante.
privacy-erasing-later = Estou apagando seus dados. Ainda em andamento: { units-movies }. Você ainda recebe o que está em andamento; depois isso também é apagado. Até lá, você não pode pedir nada.
privacy-nothing-erased = OK, nada foi apagado.
privacy-not-yours = Só quem digitou /privacy pode usar este botão. Digite você também para ver seus próprios dados.
privacy-too-often = Você apagou seus dados várias vezes. Você pode fazer isso de novo { $time }.

## prompts
## Os botões de um prompt abaixo do preço, e palavras que o melhoram.

prompts-surprise-button = Me surpreenda
prompts-improve-button = Melhorar meu prompt
prompts-back-button = Voltar ao meu prompt
prompts-style-placeholder = Escolha um estilo
prompts-no-style-option = Sem estilo

prompts-no-room = Não cabem mais palavras: um prompt pode ter até { $characters } caracteres. Encurte o texto primeiro.
prompts-style-gone = Esse estilo não está mais disponível. Escolha outro.

prompts-next-sentence = { $last } { $added }
prompts-end-and-next-sentence = { $last }. { $added }
prompts-list = { $words }, { $next }
prompts-sentence = { $words }.

prompts-shot =
    { $variant ->
        [0] Plano geral amplo
        [1] Close íntimo
        [2] Câmera baixa
        [3] Vista aérea
        [4] Plano sobre o ombro
        *[5] Composição simétrica
    }

prompts-light =
    { $variant ->
        [0] luz dourada do fim de tarde
        [1] neblina suave da manhã
        [2] luar frio
        [3] luz quente de abajur
        [4] contraluz dramático
        *[5] sol entre as folhas
    }

prompts-camera =
    { $variant ->
        [0] aproximação lenta da câmera
        [1] travelling suave
        [2] câmera na mão discreta
        [3] grua ascendente
        [4] giro lento ao redor do personagem
        *[5] pouca profundidade de campo
    }

prompts-mood =
    { $variant ->
        [0] clima de sonho
        [1] encanto sereno
        [2] energia brincalhona
        [3] calor nostálgico
        [4] expectativa tensa
        *[5] grandeza épica
    }

## quota
## /quota: os limites de um servidor ou de um membro, e as recusas. Só quem pediu vê.

quota-server-title = Limites deste servidor
quota-each-member-field = Cota padrão
quota-server-field = Orçamento do servidor
quota-staff-channel-field = Canal da equipe
quota-roles-field = Cargos
quota-members-field = Membros
quota-blocked-field = Bloqueio

quota-budget-used = { $bar } · **{ $credits } de { $limit }** usados
quota-budget-failed = { $used }, { $credits } deles em filmes que falharam

quota-bot-default = { units-credits-monthly } (padrão do bot)
quota-set-by-operator = { units-credits-monthly } (limite definido pelo operador do bot)
quota-unlimited = ilimitado (até o plano do bot)
quota-no-channel = nenhum (escolha um com /setup)
quota-channel-failed = ⚠️ Não consegui postar lá { $time }. Verifique minhas permissões e escolha o canal de novo.
quota-limit-line = { $name }: { units-credits-monthly }
quota-block-line = { $name }: { $block }

quota-blocked-until = até { $time }
quota-blocked = até o desbloqueio
quota-blocked-everywhere = em todos os servidores, até o operador do bot remover o bloqueio
quota-blocked-everywhere-until = em todos os servidores até { $time }, pelo operador do bot
quota-timed-out-until = até { $time }, pelo filtro de prompts
quota-block-with-reason = { $block } ({ $reason })

quota-change-modal-title = Créditos: { $name }
quota-grant-label = Créditos bônus para dar
quota-grant-hint = Agora tem { $credits }. Vazio: nada muda
quota-allowance-label = Cota mensal
quota-allowance-hint = Agora { units-credits-monthly }. Vazio: nada muda
quota-hours-label = Bloquear por quantas horas?
quota-hours-hint = Vazio: nada muda. Bloqueio sem fim: /quota block
quota-reason-label = Motivo
quota-reason-hint = Opcional. Fica no registro, e quem é bloqueado lê.
quota-nothing-changed = Todos os campos estavam vazios, então nada mudou.

quota-operator-limits-server = O operador do bot permite { units-credits-monthly } a este servidor, então esse é o limite.
quota-operator-blocks-member = Mesmo assim, esse membro ainda não pode fazer filmes: o operador do bot o bloqueou em todos os servidores.

quota-not-allowed = Você precisa da permissão **Gerenciar servidor** para isso.
quota-bad-credits = **credits** deve ser um número inteiro entre { $min } e { $max } (você digitou { $given }).
quota-bad-hours = **hours** deve ser um número inteiro entre { $min } e { $max } (você digitou { $given }).
quota-reason-required = **reason** não pode ficar vazio.
quota-reason-too-long = **reason** é longo demais ({ $characters } caracteres, máximo { $max }).
quota-bad-month = “{ $given }” não é um mês válido. Use AAAA-MM, ex.: 2026-11.
quota-bot-member = { $member } é um bot. Bots não podem fazer filmes.
quota-not-a-member = { $member } não está mais neste servidor.
quota-role-deleted = { $role } não existe mais.
quota-everyone = Para @everyone, use /quota default.
quota-no-bonus = { $member } não tem créditos bônus para remover.
quota-too-little-bonus = Você pode remover no máximo { units-bonus-credits } de { $member } (o resto já foi usado ou está reservado).
quota-not-blocked-member = { $member } não tem nenhum bloqueio.
quota-nothing-to-reset = { $member } ainda não usou nada da cota deste mês.

quota-current-default = Por padrão, os membros recebem { units-credits-monthly }.
quota-current-bot-default = Por padrão, os membros recebem { units-credits-monthly } (valor do bot).
quota-current-server = Este servidor pode gastar { units-credits-monthly }.
quota-current-server-operator = Este servidor pode gastar { units-credits-monthly } (limite definido pelo operador do bot).
quota-current-server-unlimited = Este servidor não tem orçamento próprio. Ele pode gastar tudo o que o plano do bot permitir.
quota-current-member = { $member } recebe { units-credits-monthly } ({ $source }).
quota-current-role = Quem tem { $role } recebe { units-credits-monthly }.
quota-current-role-none = { $role } não tem cota própria.
quota-how-to-set = Para mudar isso, use este comando de novo com **{ $option }**.
quota-how-to-change = Para mudar isso, use este comando de novo com **{ $option }**. Para remover, use /quota clear { $what }.

quota-default-not-set = Aqui não há cota padrão. Os membros já recebem o padrão do bot.
quota-server-not-set = Este servidor não tem orçamento próprio.
quota-member-not-set = { $member } não tem cota pessoal.

quota-queued = { $movies ->
    [one] Este membro ainda tem { $movies } filme na fila.
   *[other] Este membro ainda tem { $movies } filmes na fila.
}
quota-cancel-queued-button = Cancelar e reembolsar
quota-queued-cancelled = { $movies ->
    [one] { $movies } filme cancelado e reembolsado. Os que estão em andamento serão concluídos.
   *[other] { $movies } filmes cancelados e reembolsados. Os que estão em andamento serão concluídos.
}
quota-none-queued = Este membro não tem mais nada na fila, então nada foi cancelado.

## quotes
## O preço de um filme antes do pedido e o que aconteceu depois. Só o próprio membro vê.

quotes-price = **{ units-credits }** por { $duration }
quotes-starter = 🎁 Seu primeiro filme é por conta da casa: os créditos são reembolsados quando ele fica pronto.
quotes-price-at-most = **Até { units-credits }** por { $duration }: você paga o que custar
quotes-storyboard = 🖼️ Primeiro o storyboard: **{ $now }** para desenhar, mais **{ $later }** se você renderizar. Tudo fica reservado até você decidir.
quotes-resets = créditos renovam { $time }

quotes-last-model = ⚠️ Seu último modelo, { $model }, custa { $rate }; { $other } custa { $other_rate }.
quotes-raised = ⚠️ { $model } ficou mais caro: agora custa { $rate }.

quotes-failing = ⚠️ Seus últimos { $failures } filmes deste prompt falharam. Tente outro prompt.

# Durações sugeridas ao digitar
quotes-leaves = saldo: { $after }
quotes-missing = { $credits } a menos

quotes-accept-button = Criar ({ $credits })
quotes-accept-free-button = Criar
quotes-accept-at-most-button = Criar (até { $credits })
quotes-storyboard-button = Desenhar ({ $now } + { $later })
quotes-edit-button = Editar
quotes-cancel-button = Cancelar
quotes-shorter-button = Criar { $duration } ({ $credits })
quotes-with-model = { $duration } com { $model }
quotes-ideas-button = Ideias
quotes-more-button = Mais…
quotes-back-button = Duração e modelo

quotes-accepted = Pode deixar! Acompanhe logo abaixo.
quotes-cancelled = Cancelado. Nada foi cobrado.
quotes-not-accepted = O Discord tropeçou, então nada foi pedido nem cobrado. Tente de novo.

quotes-already-ordered = Você já pediu este filme.
quotes-already-ordered-there = Você já pediu este filme: { $link }
quotes-replaced = Você editou, propôs ou cancelou este filme. Nada foi cobrado.
quotes-expired = Este preço expirou. Nada foi cobrado. Comece de novo.

## reasons
## Por que um filme terminou sem resultado, como o membro lê.

reasons-upstream-failed = O serviço de filmes não conseguiu terminar este filme.
reasons-upstream-lost-job = O serviço de filmes perdeu este filme.
reasons-request-rejected = O serviço de filmes recusou este pedido.
reasons-authentication-failed = O bot não consegue entrar no serviço de filmes. { -operator-notified } Tente de novo mais tarde.
reasons-model-refused = O serviço de filmes não está aceitando este modelo agora; escolha outro. { -operator-notified }
reasons-wrong-api = O serviço de filmes mudou, e este bot precisa ser atualizado. { -operator-notified } Tente de novo mais tarde.
reasons-credits-ran-out = O bot ficou sem créditos no serviço de filmes enquanto seu filme estava em andamento. Não foi culpa sua. { -operator-notified } Tente de novo mais tarde.
reasons-key-limit-reached = Este bot atingiu o limite mensal no serviço de filmes. { -operator-notified } Tente de novo mais tarde.
reasons-plan-exhausted = Este bot está sem créditos no serviço de filmes. { -operator-notified } Tente de novo mais tarde.
reasons-rate-limited = O serviço de filmes está muito ocupado agora. Tente de novo em alguns minutos.
reasons-unreachable = Não foi possível falar com o serviço de filmes por uma hora. Tente de novo mais tarde.
reasons-resolved-by-operator = O serviço de filmes nunca confirmou este filme, então o operador do bot registrou que ele falhou.
reasons-stayed-unknown = Não foi possível saber o que aconteceu com este filme, então parei de esperar e registrei que ele falhou.
reasons-response-failed = O Discord não confirmou seu comando a tempo, então o filme não chegou a começar.
reasons-cancelled-by-member = Cancelado antes de começar.
reasons-cancelled-by-staff = Cancelado pela equipe do servidor antes de começar.
reasons-cancelled-in-part = Cancelado enquanto estava em andamento. Só as etapas concluídas foram cobradas.
reasons-declined = A equipe deste servidor recusou.
reasons-declined-because = A equipe deste servidor recusou: “{ $reason }”
reasons-approval-lapsed = A equipe deste servidor não aprovou em 48 horas.
reasons-server-left = Fui removido do servidor antes de a equipe dele decidir.
reasons-not-offered = Quando foi aprovado, este modelo ou esta duração não estava mais disponível.
reasons-stopped = Parado no storyboard. Só o storyboard foi cobrado.
reasons-undecided = Ninguém decidiu sobre o storyboard em 48 horas. Só o storyboard foi cobrado.
reasons-source-gone = O filme de origem foi removido antes do envio. Nada foi cobrado.

reasons-with-message = { $sentence } A resposta foi: “{ $message }”

## refusals
## Por que um pedido é recusado e o que o membro pode fazer

refusals-not-charged = { -not-charged }
refusals-paused = O operador do bot pausou novos filmes. { -in-progress-finish }
refusals-server-blocked = O operador do bot interrompeu novos filmes aqui. { -in-progress-finish }
refusals-erasing = Você pediu que eu apagasse seus dados. Quando isso terminar, você poderá pedir filmes de novo.
refusals-open-movies = Você já tem { units-movies } na fila ou em criação, o máximo por membro. Peça o próximo quando um deles ficar pronto.
refusals-server-open-movies = Este servidor já tem { units-movies } na fila ou em criação, o máximo por servidor. Tente de novo quando alguns ficarem prontos.
refusals-cooling-down = Você cancelou filmes ou recuperou créditos várias vezes seguidas. Você poderá pedir e contribuir de novo { $time }.
refusals-failures = Seus filmes com falha custaram demais a este bot neste mês. Você poderá pedir de novo { $time }, ou antes se um administrador do servidor onde eles falharam usar `/quota unblock`.
refusals-too-fast = Que rapidez! Você poderá pedir de novo { $time }. { -not-charged }
refusals-too-many-commands = Quantos comandos! Você poderá usar um de novo { $time }.

refusals-member-credits = Este filme custa **{ $price }**; até { $date }, seu saldo é de **{ $left }**.
refusals-server-credits = Este filme custa **{ $price }**; até { $date }, o saldo deste servidor é de **{ $left }**.
refusals-bot-credits = Este bot não pode fazer este filme até { $date }.
refusals-queue-full = Este filme custa **{ $price }**; no momento, seus filmes na fila podem custar no máximo mais **{ $left }**.

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
refusals-channel = Os filmes são feitos em { $channels }.
refusals-channel-deleted = Os canais para filmes não existem mais. Peça a um administrador do servidor que escolha outros com /setup.
refusals-age = Aqui os filmes só podem ser feitos em canais com restrição de idade.
refusals-role = Para fazer filmes aqui, você precisa de um destes cargos: { $roles }.
refusals-role-deleted = Os cargos que podiam fazer filmes aqui não existem mais. Peça a um administrador do servidor que escolha outros com /setup.
refusals-no-model = Nenhum dos modelos que este servidor permite está disponível agora. Peça a um administrador do servidor que permita outros com /setup.

# The prompt filter. Nothing says which rule it was. $time: "in 24 hours"
refusals-prompt = Seu prompt vai contra as regras deste servidor. Mude o texto, ou fale com um administrador do servidor se for um engano.
refusals-prompt-by-bot = Palavras que eu acrescentei vão contra as regras deste servidor. Use só as suas.
refusals-prompt-last-one = Mais um assim hoje, e você não poderá fazer filmes aqui por { units-hours }.
refusals-prompt-timed-out = Esse foi um a mais hoje. Você poderá fazer filmes aqui de novo { $time }.
refusals-prompt-flagged = O serviço de filmes não aceita este prompt ({ $category }). Mude-o ou escreva outro.
refusals-pictures-flagged = O serviço de filmes não aceita este prompt ou estas imagens ({ $category }). Mude o prompt ou use outras imagens.

# O que os créditos restantes permitem

refusals-not-staff = Só a equipe deste servidor pode fazer isso.

## report
## /quota report: os números de um mês e o gráfico. Só quem pediu vê.

report-title = Relatório de { $month }
report-movies = Filmes prontos: **{ $movies }** · em andamento: **{ $running_movies }** · créditos gastos: **{ $credits }**
report-facts = Reservados: { $held_credits } · Reembolsados: { $refunded_credits } · Créditos bônus dados: { $granted_credits }
report-members-field = Membros que mais gastaram
report-models-field = Modelos
report-failures-field = Filmes que falharam
report-lost-value = Perdidos: { units-credits }. O serviço de filmes não reembolsa falhas; os membros receberam tudo de volta.
report-mismatches-value = ⚠️ { $mismatches ->
    [one] { $mismatches } divergência encontrada na contabilidade.
   *[other] { $mismatches } divergências encontradas na contabilidade.
} Peça ao operador do bot para fazer uma auditoria.
report-updated-footer = Os números podem ter até um minuto de atraso

report-share = { $name }: { $credits } ({ units-movies })
report-failure = { $reason }: { units-movies } (reembolsados: { $refunded_credits })
report-failure-lost = { $reason }: { units-movies } (reembolsados: { $refunded_credits }, não recuperados: { $lost_credits })

report-in-line = Alguns outros relatórios vêm antes. O seu aparece aqui em instantes.
report-too-many = Vários relatórios acabaram de ser criados aqui. Você pode pedir o próximo { $time }.

report-service-failed = Falhou no serviço de filmes
report-service-lost = Perdido pelo serviço de filmes
report-rejected = Recusado pelo serviço de filmes
report-key-rejected = O bot não conseguiu entrar no serviço de filmes
report-model-refused = O serviço de filmes não aceitou o modelo
report-wrong-version = O bot não está configurado para esta versão do serviço de filmes
report-credits-ran-out = Os créditos do bot no serviço de filmes acabaram no meio do caminho
report-key-limit = O bot atingiu o limite mensal no serviço de filmes
report-plan-exhausted = O bot não tinha mais créditos no serviço de filmes
report-service-busy = O serviço de filmes estava sobrecarregado
report-unreachable = Não foi possível acessar o serviço de filmes
report-not-confirmed = O Discord não confirmou o comando
report-cancelled = Cancelado pelo membro
report-declined = Recusado pela equipe
report-approval-lapsed = Não aprovado a tempo
report-not-offered = Não está mais disponível
report-closed-by-operator = Registrado como falha pelo operador do bot
report-stayed-unknown = Sem resposta após uma longa espera

report-chart-title = Créditos por dia, { $month }
report-chart-spent = gastos com filmes
report-chart-lost = perdidos com filmes que falharam
report-chart-held = reservados para filmes em andamento
report-chart-refunded = reembolsados
report-chart-empty = Nenhum filme neste mês
report-chart-description = Gráfico de barras dos créditos por dia, { $month }, empilhados por resultado: { units-credits } gastos, { $lost_credits } perdidos com filmes que falharam, { $held_credits } reservados, { $refunded_credits } reembolsados.
report-chart-peak = O dia com mais gastos foi { $date }: { units-credits }.

## reported
## Reported movies: the modal and what its member reads, and the message in the staff channel.

reported-report-button = Denunciar
reported-report-modal-title = Denunciar este filme
reported-reason-label = O que há de errado?
reported-reason-hint = Opcional. A equipe do servidor lê, mas não vê quem escreveu.
reported-saved = Obrigado. A equipe do servidor vai analisar.
reported-no-channel = Obrigado, salvei sua denúncia. Não consigo avisar a equipe deste servidor agora, então avise também um administrador do servidor.
reported-reviewed = Obrigado. A equipe do servidor já analisou este filme e decidiu manter. Ela vai ver que ele foi denunciado de novo.
reported-repeated = Você já denunciou isto.
reported-too-many = Você denunciou muitos filmes hoje. Sobre este, avise um administrador do servidor.
reported-own = Este filme é seu. Se não quiser mais ele aqui, toque em ⋯ e depois em Excluir.

reported-title = { $reports ->
    [one] 🚩 Um filme foi denunciado
   *[other] 🚩 Um filme foi denunciado { $reports } vezes
}
reported-remove-button = Excluir filme
reported-dismiss-button = Descartar
reported-removed = Excluído por { $staff }.
reported-removed-by-requester = Excluído pelo membro que fez o pedido.
reported-dismissed = Descartado por { $staff }. O filme fica.
reported-blocked = { $staff } bloqueou { $member }: sem novos filmes.

reported-own-decision = Quem decide sobre denúncias do seu próprio filme é outra pessoa da equipe. Se não quiser mais ele aqui, toque em ⋯ abaixo dele e depois em Excluir.
reported-unknown = Não encontro mais esta denúncia.

## requests
## Pedidos de mais créditos: o botão, as respostas que só uma pessoa lê e a DM que avisa o membro.

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
requests-server-budget = O orçamento do servidor não basta mais neste mês para o filme de { $member }, por isso nada foi concedido. Aumente com /quota server e toque de novo.
requests-operator-limit = O operador do bot não deixa este servidor gastar o bastante neste mês para o filme de { $member }, por isso nada foi concedido.

requests-answer-granted = 🎉 Você recebeu { units-bonus-credits } em { $place }. Créditos bônus nunca expiram. Faça seu filme com /movie.
requests-answer-declined = Um administrador do servidor recusou seu pedido de { units-bonus-credits } em { $place }.
requests-answer-unposted = Não consegui encaminhar seu pedido de { units-bonus-credits } em { $place }, porque não posso escrever no canal da equipe. Peça diretamente a um administrador do servidor.

## scenes
## *Refazer uma cena* de um filme pronto

scenes-button = Refazer uma cena
scenes-other-button = Outras cenas
scenes-title = Refazer uma cena
scenes-intro = Escolha as cenas para refazer, com outra imagem e outro clipe. O filme fica como está: você recebe uma nova versão.
# $scenes: their numbers, as "2, 5"
scenes-left-out = Não dá para refazer: { $scenes }.
scenes-placeholder = Escolha cenas

# Why none can be chosen
scenes-too-fast = São muitas consultas de uma vez! Você pode ver de novo { $time }.
scenes-none = Nenhuma cena deste filme pode ser refeita.
scenes-not-now = O serviço de filmes não pode mudar este filme agora. Nada foi cobrado.
scenes-no-answer = O serviço de filmes não está respondendo agora. Nada foi cobrado. Tente de novo em um minuto.


## series
## Series: the form of a next scene, and the movies that continue one another.

series-continue-button = Continuar
series-modal-title = Continuar este filme
series-next-scene = Próxima cena:
series-field = Série ({ $movies })

## setup
## /setup: what managers decide for their server. Only the manager who asked sees the panel. The names and values of
## settings are in the staff channel, too.

setup-title = Configuração do servidor
setup-intro = Estas regras valem para todo mundo, inclusive para os administradores. As mudanças valem na hora e ficam no registro.
setup-nothing-offered = Nenhum dos modelos permitidos está disponível agora, então ninguém pode pedir um filme.
setup-problem = ⚠️ { $problem }

setup-members-field = Onde e quem
setup-models-field = Modelos e duração
setup-defaults-field = Padrões
setup-gallery-field = Filmes prontos
setup-approval-field = Aprovação
setup-community-field = Comunidade
setup-staff-field = Equipe
setup-filter-field = Filtro de prompts
setup-gallery-button = Criar uma galeria

# $setting: one of the names below; $value: what is set
setup-line = **{ $setting }:** { $value }
# In a menu, while nothing is picked there; $value: what holds then
setup-current-placeholder = { $setting }: { $value }

# The settings
setup-channels = Canais para filmes
setup-roles = Quem pode fazer filmes
setup-video-models = Modelos de vídeo
setup-image-models = Modelos de imagem
setup-longest-seconds = Filme mais longo
setup-default-video-model = Modelo de vídeo padrão
setup-default-image-model = Modelo de imagem padrão
setup-default-seconds = Duração padrão
setup-default-aspect-ratio = Proporção padrão
setup-language = Idioma
# Whose messages can be turned into movies, in the menu of a message
setup-message-menu = Menu das mensagens
setup-gallery = Galeria
setup-gallery-stars = Estrelas necessárias para a galeria
setup-age = Regra de idade
# Rules for prompts: those that come with the bot, and those of the server's managers
setup-filter-presets = Regras prontas
setup-filter-rules = Regras próprias
setup-approval = A equipe aprova
setup-approval-credits = Só filmes acima de
setup-trusted-roles = Cargos de confiança
setup-approval-fallback = Se não consigo escrever no canal da equipe
setup-storyboard-credits = Storyboard primeiro acima de
setup-gift-credits = Presentes por membro e dia
setup-starter-credits = Primeiro filme grátis, até
setup-pitch-days = Quanto dura uma proposta
setup-movie-night = Noite de cinema
setup-weekly-recap = Resumo da semana
setup-staff-channel = Canal da equipe
setup-staff-roles = Cargos da equipe

# Their values where nothing is set
setup-every-channel-option = Todos os canais
setup-everyone-option = Todo mundo
setup-all-option = Todos os modelos
setup-bot-limit-option = O que o bot permitir
setup-bot-default-option = O padrão do bot
setup-discord-language-option = O idioma do servidor no Discord
setup-order-channel-option = Onde foram pedidos
setup-no-age-option = Sem regra de idade
setup-approval-off-option = Nada precisa de aprovação
setup-no-gifts-option = Sem presentes
setup-no-starter-option = Sem filme grátis
setup-a-week-option = 7 dias
setup-no-movie-night-option = Sem noite de cinema
setup-weekly-recap-on-option = Resumo da semana com a noite de cinema ou aos domingos
setup-weekly-recap-off-option = Sem resumo da semana
setup-days-option = { $days ->
    [one] { $days } dia
   *[other] { $days } dias
}
setup-every-movie-option = Todos os filmes
setup-stars-option = { $stars ->
    [one] { $stars } estrela
   *[other] { $stars } estrelas
}
setup-any-price-option = Qualquer preço
setup-no-roles-option = Nenhum
setup-approval-hold-option = Os filmes esperam
setup-no-storyboards-option = Só quando um membro quiser
setup-none-option = Nenhum
setup-managers-option = Só os administradores do servidor

setup-message-menu-own-option = As próprias mensagens
setup-message-menu-anyone-option = As mensagens de todo mundo
setup-message-menu-off-option = Desligado
setup-age-spoiler-option = Spoiler: escondido até alguém tocar
setup-age-restricted-option = Só em canais com restrição de idade
setup-age-spoiler-note = O prompt continua legível, e qualquer pessoa pode tocar.
setup-age-restricted-note = Pedidos e filmes só nesses canais. Quem pode abrir é decisão do Discord: não consigo verificar a idade de ninguém. Um filme por DM vai só para quem pediu lá.
# The day of a movie night. $time: "18:00"
setup-movie-night-monday-option = Segunda-feira, { $time } UTC
setup-movie-night-tuesday-option = Terça-feira, { $time } UTC
setup-movie-night-wednesday-option = Quarta-feira, { $time } UTC
setup-movie-night-thursday-option = Quinta-feira, { $time } UTC
setup-movie-night-friday-option = Sexta-feira, { $time } UTC
setup-movie-night-saturday-option = Sábado, { $time } UTC
setup-movie-night-sunday-option = Domingo, { $time } UTC
# In the panel, below the day
setup-movie-night-note = Os 5 melhores filmes da semana por estrelas, na galeria ou no canal do melhor.
setup-approval-untrusted-option = Filmes de membros sem cargo de confiança
setup-approval-everyone-option = Filmes de todos, menos dos administradores
setup-approval-storyboards-option = Filmes de todos, quando o storyboard fica pronto
setup-approval-fallback-start-option = Os filmes começam sem aprovação

# Of the prompt filter
setup-off-option = Desligado
# $language: "Deutsch"; $category: "slurs", as in the staff channel
setup-preset-option = { $language }: { $category }
setup-rules-count =
    { $rules ->
        [one] { $rules } regra
       *[other] { $rules } regras
    }

# This language, as Discord's own list of languages names it
setup-this-language-option = Português (Brasil)

# The end of a list
setup-more = mais { $more }
setup-deleted = { $more ->
    [one] ⚠️ { $more } excluído
   *[other] ⚠️ { $more } excluídos
}

# The prompt filter's own rules, in a form
# $rule: what was typed; $problem: one of the lines below
setup-rules-modal-title = Regras para prompts
setup-rules-label = Regras, uma por linha
setup-rules-more-label = Mais regras
setup-rules-hint = Uma palavra, duas palavras, início*, *fim, *meio*, ou uma ... outra
setup-rules-wrong-title = Estas regras não podem ser usadas
setup-rules-kept = Nada foi alterado. O que você digitou está no arquivo anexo; o botão abre tudo de novo.
setup-rules-conflict = ⚠️ Outra pessoa mudou as regras enquanto isso, então não salvei nada. O que você digitou está no arquivo anexo; o botão abre tudo de novo, no lugar das atuais.
setup-rules-fix-button = Mudar estas regras…
setup-rules-line = Linha { $line }, “{ $rule }”: { $problem }
setup-rules-too-many = Um servidor pode ter até { $max } regras com { $room } caracteres no total. Estas são { $rules } regras com { $characters }.
setup-rule-empty = não tem letras.
setup-rule-too-long = uma regra tem no máximo { $max } caracteres.
setup-rule-too-many-words = uma regra tem no máximo { $max } palavras.
setup-rule-word-too-long = uma palavra tem no máximo { $max } letras.
setup-rule-star-inside = um asterisco só pode ficar no começo ou no fim de uma palavra.
setup-rule-star-too-wide = um asterisco precisa de pelo menos { $min } letras ao lado.
setup-rule-gap-at-end = “...” só pode ficar entre duas palavras.
setup-rule-too-many-gaps = “...” pode aparecer no máximo { $max } vezes.

# $change: "Language: Deutsch"
setup-changed = ✅ { $change }
setup-conflict = ⚠️ Outra pessoa mudou isso nesse meio-tempo, então não salvei nada. Está assim agora.
# $problem: "Longest movie: …"
setup-not-changed = ⚠️ Nada foi alterado. { $problem }

# $setting: a setting's name; $problem: one of the next
setup-invalid = { $setting }: { $problem }
setup-not-a-list = “{ $value }” não é uma lista.
setup-too-many = escolha no máximo { $max }.
setup-not-an-id = “{ $value }” não é um ID do Discord.
setup-not-offered = “{ $value }” não está disponível. Escolha entre { $names }.
setup-seconds-out-of-range = “{ $value }” não é uma duração válida. Digite um número inteiro de segundos, de { $min } a { $max }.
setup-credits-out-of-range = “{ $value }” não é um valor válido. Digite um número inteiro de créditos, de { $min } a { $max }.
setup-stars-out-of-range = “{ $value }” não é um número de estrelas válido. Digite um número de { $min } a { $max }.
setup-days-out-of-range = “{ $value }” não é um número de dias válido. Digite um número de { $min } a { $max }.
# $longest: "1 min"
setup-longer-than-longest = o filme mais longo tem { $longest }, então a duração padrão não pode passar disso.
setup-not-in-server = “{ $value }” não está neste servidor.
setup-not-a-rule = “{ $value }” não pode ser uma regra: { $problem }
setup-everyone = aqui não pode ser { $value }.
setup-missing-permissions = não consigo postar em { $channel }. Primeiro me dê lá: { $permissions }.
setup-not-age-restricted = { $channel } não tem restrição de idade, então os filmes aparecem onde foram pedidos.

# Export and import of a file
setup-exported = Esta é a configuração do seu servidor. Edite, guarde ou use em outro com /setup import.
setup-file-too-large = O arquivo é grande demais: uma configuração tem no máximo { $max } KB.
setup-file-unreadable = Não consegui baixar o arquivo do Discord. Tente de novo.
setup-file-problems-title = Não dá para importar este arquivo
# $problem: one of the next, or a problem above
setup-file-line = Linha { $line }: { $problem }
setup-file-line-key = Linha { $line }, `{ $key }`: { $problem }
setup-file-not-json = isto não é um JSON válido.
setup-file-not-an-object = isto precisa ser um objeto JSON: { "{ … }" }.
setup-file-other-version = isto precisa ser 1, como em um arquivo de /setup export.
setup-file-unknown-key = essa configuração não existe.
setup-file-duplicate-key = isto aparece mais de uma vez no arquivo.
setup-import-title = Aplicar estas mudanças?
setup-import-intro = Nada mudou ainda. O que não está no arquivo fica como está.
setup-import-conflict = ⚠️ A configuração mudou nesse meio-tempo, então não salvei nada. Estas seriam as mudanças agora.
# $before, $after: values
setup-difference = **{ $setting }:** { $before } → { $after }
# Of the own rules: how many are new, and how many go
setup-rules-difference = **{ $setting }:** { $before } → { $after } (+{ $added }, −{ $removed })
setup-apply-button = Aplicar
setup-drop-button = Cancelar
setup-import-nothing-new = Tudo neste arquivo já está configurado assim.
setup-import-dropped = Nada foi importado.

setup-rules-field = Regras próprias
# The buttons of the panel. Of the file, see below
setup-change-button = Mudar
setup-back-button = Voltar
setup-export-button = Exportar
setup-import-button = Importar
setup-reset-button = Redefinir
# Warnings in the panel
setup-no-staff-channel = Sem canal da equipe: denúncias e pedidos não chegam a lugar nenhum
setup-nobody-asked = Sem canal da equipe: a equipe só encontra os filmes em espera em /movies
# In a form. $unset: what holds where it is empty
setup-seconds-hint = De { $min } a { $max } segundos. Vazio: { $unset }
setup-credits-hint = De { $min } a { $max } créditos. Vazio: { $unset }
# A channel's name
setup-gallery-name = galeria
setup-gallery-not-created = ⚠️ O Discord não me deixou criar um canal.
setup-file-label = Arquivo de configuração
setup-file-hint = Um arquivo de “Exportar”. Você vê as mudanças antes de aplicar.
setup-reset-title = Redefinir a configuração?
setup-reset-intro = Limites, créditos e bloqueios ficam. Exporte antes a configuração para guardar uma cópia.
# The first questions, with an answer to each
setup-first-title = Configure seu servidor
setup-first-intro = Tudo pode ser mudado depois em /setup panel.
setup-first-where = Onde dá para fazer filmes?
setup-first-credits = Quanto cada membro pode gastar?
setup-first-approval = O que a equipe aprova antes?
setup-first-language = Em que idioma eu posto?
setup-first-apply-button = Usar estas respostas
setup-first-change-button = Mudar…
setup-first-skip-button = Pular

## staff
## O que ⋯ em uma mensagem do canal da equipe responde, e o formulário de um bloqueio

staff-block = Bloquear para novos filmes aqui. Os filmes em andamento serão concluídos.
staff-block-button = Bloquear membro
staff-unblock-button = Desbloquear
staff-movies = Os filmes neste servidor
staff-movies-button = Filmes
staff-credits = Os créditos e recibos
staff-credits-button = Créditos
staff-nothing = Não há mais nada que você possa fazer aqui agora.
staff-unknown = Não encontro mais do que se tratava.
staff-erased = Este membro apagou os próprios dados, então não dá para bloquear.
staff-own = Você não pode bloquear a si mesmo.
staff-blocked = { $member } já tem um bloqueio.
staff-block-modal-title = Bloquear este membro
staff-hours-label = Duração em horas
staff-hours-hint = Vazio: até ser desbloqueado
staff-reason-label = Motivo
staff-reason-hint = Opcional. O membro lê, e fica no registro.

## stages
## O que o serviço de filmes está fazendo, no cartão de um filme

stages-prompt-generation = escrevendo as cenas
stages-image-generation = desenhando as imagens
stages-audio-generation = criando o som
stages-frame-generation = preparando os quadros
stages-video-generation = montando o filme
stages-ai-video-generation = dando vida às imagens
stages-speech-generation = gravando as vozes
stages-music-generation = compondo a música
stages-lip-sync-generation = sincronizando os lábios com as vozes
stages-sound-effect-generation = adicionando efeitos sonoros
stages-transcript-generation = escrevendo as legendas
stages-delete-reflow = arrumando as cenas
stages-timeline-reflowed = juntando as cenas
stages-rendering = renderizando o filme

## stars
## Stars: the button under each movie, what it answers, and a movie in the gallery.

stars-star-button = ⭐ Estrela
stars-given = ⭐ Você deu uma estrela a este filme. Estrelas: { $stars }. Toque de novo para retirar.
stars-given-posted = ⭐ Você deu uma estrela a este filme. Estrelas: { $stars }. Com isso, ele entra na galeria!
stars-taken-back = Você retirou sua estrela. Estrelas: { $stars }.
stars-none = Ainda sem estrelas. Quando alguém der uma ao seu filme, o botão conta.
stars-gone = Não tenho mais este filme, então ele não pode receber estrelas.

# In the gallery
stars-posted = ⭐ Com estrelas de membros deste servidor

## states
## Em que ponto está um filme, em listas e recibos

states-waiting = ⏳ na fila
states-awaiting = ✋ aguardando aprovação
states-being-made = 🎬 em criação
states-storyboard = 🖼️ storyboard para decidir
states-ready = ✅ pronto
states-failed = ↩️ falhou, reembolsado
states-cancelled = ↩️ cancelado, reembolsado
states-cancelled-in-part = ↩️ cancelado, gasto: { $spent }
states-unknown = 🔎 em verificação

# Títulos da página de um filme
states-waiting-title = ⏳ Na fila
states-awaiting-title = ✋ Aguardando aprovação
states-being-made-title = 🎬 Em criação
states-ready-title = ✅ Pronto
states-failed-title = ↩️ Com falha
states-cancelled-title = ↩️ Cancelado
states-unknown-title = 🔎 Em verificação

## storyboards
## Um filme cujas imagens o autor vê primeiro, e decide

storyboards-drawn = Seu storyboard está pronto: “{ $title }”. Renderize ou pare em até 48 horas.
storyboards-drawn-shared = Um storyboard está pronto: “{ $title }”. { $owner } decide se ele será renderizado.
storyboards-reminder = Seu storyboard “{ $title }” ainda espera por você. Ele para { $time }.
storyboards-not-yours = Só quem pediu este storyboard pode decidir.
storyboards-not-waiting = Este storyboard ainda não espera sua decisão.
storyboards-rendering = Ele já está sendo renderizado.
storyboards-stopped = Ele já foi parado.
storyboards-look-button = Ver
storyboards-render-button = Renderizar ({ $credits })
storyboards-stop-button = Parar (devolve { $credits })
storyboards-yours = Você pode renderizá-lo por mais **{ $later }** créditos ou parar. Ele para sozinho { $time }.
storyboards-scene = Cena sem texto
storyboards-render-chosen = É pra já! Estou renderizando por mais { $credits } créditos.
storyboards-stop-chosen = Parado. { $credits } créditos voltam assim que o serviço de filmes confirmar.

## terms
## Palavras para pessoas e coisas usadas nas mensagens de todas as áreas, ex.: { -managers }.

-managers = Os administradores do servidor
-operator-notified = O operador do bot foi avisado.
-not-charged = Nada foi cobrado de você.
-keep-trying = vou continuar tentando até a proposta terminar, ou todos serão reembolsados.
-in-progress-finish = Os filmes em andamento serão concluídos.
-example-prompt = Um barquinho de papel atravessa uma rua chuvosa à noite, luzes de néon nas poças

## top
## /top: a month's best of a server. Only the member who asked sees it.

top-title = O melhor de { $month }
top-movies-field = Filmes
top-makers-field = Criadores
top-patrons-field = Mecenas (créditos gastos)
top-nothing = Não há filmes prontos neste mês.
top-footer = Para não aparecer no /top, use /preferences.

## units
## Quantidades, durações e porcentagens. As mensagens de todas as áreas podem usá-las.

units-credits = { $credits ->
    [one] { $credits } crédito
   *[other] { $credits } créditos
}
units-free = Grátis
units-price = { $credits ->
    [0] grátis
   *[other] { units-credits }
}
units-credits-monthly = { units-credits } por mês
units-credits-per-second = { units-credits } por segundo
units-bonus-credits = { $credits ->
    [one] { $credits } crédito bônus
   *[other] { $credits } créditos bônus
}
units-movies = { $movies ->
    [one] { $movies } filme
   *[other] { $movies } filmes
}
units-seconds = { $seconds } s
units-minutes = { $minutes } min
units-minutes-seconds = { $minutes } min { $seconds } s
units-hours = { $hours ->
    [one] { $hours } hora
   *[other] { $hours } horas
}
units-hours-minutes = { $hours } h { $minutes } min
units-percent = { $percent }%
units-more-lines = e mais { $more }
# A list: "Luma, Kling, Veo"
units-list = { $items }, { $next }

## versions
## O que se faz com filmes prontos: versões de um e longas de vários

versions-scene = Cena { $scenes } refeita
versions-scenes = Cenas { $scenes } refeitas
versions-dub = Dublagem: { $language }
versions-dub-subtitles = Dublagem: { $language }, com legendas
versions-subtitles = Com legendas
versions-subtitles-in = Legendas: { $language }
versions-without-subtitles = Sem legendas
versions-film = Longa de { units-movies }

versions-made-from = 🎞️ Feito a partir de { $movie }
versions-of-film = Filmes deste longa ({ $movies })
versions-list = Versões ({ $versions })
versions-films = Longas com este filme ({ $films })
versions-open-button = Versões
versions-open-placeholder = Abrir um filme relacionado…

## welcome
## Publicado onde o bot chega, no idioma do servidor

welcome-greeting = 👋 Oi, eu sou o Matinee e transformo palavras em filmes curtos. Digite { $movie } e descreva uma cena, por exemplo:
welcome-example = { -example-prompt }
welcome-credits = Filmes custam créditos, e todos aqui recebem alguns por mês: { $help } mostra os seus e os preços. { -managers } decidem com *Configurar* onde os filmes são feitos e quanto cada pessoa pode gastar.
welcome-make-button = Fazer meu primeiro filme
welcome-setup-button = Configurar
