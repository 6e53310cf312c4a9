### /setup: what managers decide for their server. Only the manager who asked sees the panel. The names and values of
### settings are in the staff channel, too.

setup-title = Configuração do servidor
setup-intro = Estas regras valem aqui para todo mundo, inclusive para os administradores, mas os filmes deles não precisam de aprovação. As mudanças valem na hora e ficam no registro.
setup-nothing-offered = ⚠️ Nenhum dos modelos permitidos está disponível agora, então ninguém pode pedir um filme.
setup-problem = ⚠️ { $problem }

setup-members-field = Onde e quem
setup-models-field = Modelos e duração
setup-defaults-field = Padrões
setup-gallery-field = Filmes prontos
setup-approval-field = Aprovação
setup-community-field = Comunidade
setup-staff-field = Equipe
setup-filter-field = Filtro de prompts
setup-members-button = Onde e quem
setup-models-button = Modelos e duração
setup-defaults-button = Padrões
setup-gallery-button = Filmes prontos
setup-approval-button = Aprovação
setup-community-button = Comunidade
setup-staff-button = Equipe
setup-filter-button = Filtro de prompts
# Opens a form
setup-durations-button = Durações…
setup-rules-button = Regras próprias…
setup-price-button = Só acima de um preço…

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
setup-approval-fallback = Enquanto não posso escrever no canal da equipe
setup-gift-credits = Presentes por membro e dia
setup-pitch-days = Quanto dura uma proposta
setup-movie-night = Noite de cinema
setup-staff-channel = Canal da equipe
setup-staff-roles = Cargos da equipe

# Their values where nothing is set
setup-every-channel-option = Todos os canais
setup-everyone-option = Todo mundo
setup-all-option = Todos
setup-bot-limit-option = O que o bot permitir
setup-bot-default-option = O padrão do bot
setup-discord-language-option = O idioma do servidor no Discord
setup-order-channel-option = O canal do pedido
setup-no-age-option = Nenhuma
setup-approval-off-option = Nada
setup-no-gifts-option = Desativados
setup-a-week-option = 7 dias
setup-no-movie-night-option = Desativada
setup-days-option = { $days ->
    [one] { $days } dia
   *[other] { $days } dias
}
setup-every-movie-option = 0 estrelas (todos os filmes)
setup-stars-option = { $stars ->
    [one] { $stars } estrela
   *[other] { $stars } estrelas
}
setup-any-price-option = 0 créditos (qualquer preço)
setup-no-roles-option = Nenhum
setup-approval-hold-option = Os filmes esperam
setup-none-option = Nenhum
setup-managers-option = Só os administradores do servidor

setup-message-menu-own-option = As próprias mensagens
setup-message-menu-anyone-option = As mensagens de todo mundo
setup-message-menu-off-option = Desligado
setup-age-spoiler-option = Spoiler: escondido até alguém clicar
setup-age-restricted-option = Só em canais com restrição de idade
setup-age-spoiler-note = O Discord esconde o filme até alguém clicar. O prompt continua legível, e qualquer pessoa pode clicar.
setup-age-restricted-note = Pedidos em outros lugares são recusados, e nenhum filme pronto é publicado em um canal sem restrição de idade. Quem pode abrir um canal assim é decisão do Discord: não consigo verificar a idade de ninguém. Um filme por DM vai só para quem o pediu em um canal assim.
# The day of a movie night. $time: "18:00"
setup-movie-night-monday-option = Segunda-feira, { $time } UTC
setup-movie-night-tuesday-option = Terça-feira, { $time } UTC
setup-movie-night-wednesday-option = Quarta-feira, { $time } UTC
setup-movie-night-thursday-option = Quinta-feira, { $time } UTC
setup-movie-night-friday-option = Sexta-feira, { $time } UTC
setup-movie-night-saturday-option = Sábado, { $time } UTC
setup-movie-night-sunday-option = Domingo, { $time } UTC
# In the panel, below the day
setup-movie-night-note = Os 5 melhores filmes da semana por estrelas (pelo menos uma). Publico na galeria ou, sem galeria, no canal do melhor filme.
setup-approval-untrusted-option = Filmes de membros sem cargo de confiança
setup-approval-everyone-option = Filmes de todos, menos dos administradores
setup-approval-fallback-start-option = Os filmes começam sem aprovação

# Of the prompt filter. $language: "Deutsch"; $category: "slurs", as in the staff channel
setup-no-rules-option = Nenhuma
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

setup-durations-modal-title = Durações
setup-longest-seconds-label = Filme mais longo (segundos)
setup-default-seconds-label = Duração padrão (segundos)
setup-durations-hint = De { $min } a { $max }. Deixe vazio para usar o valor do bot.
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
setup-price-modal-title = Aprovação acima de um preço
setup-approval-credits-label = Só filmes acima de (créditos)
setup-price-hint = Até este preço, os filmes começam na hora. Vazio: qualquer preço.

# $change: "Language: Deutsch"
setup-changed = ✅ { $change }
setup-conflict = ⚠️ Outra pessoa mudou isso nesse meio-tempo, então não salvei nada. Está assim agora.
# $problem: "Longest movie: …"
setup-not-changed = ⚠️ Nada foi mudado. { $problem }

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
setup-missing-permissions = não consigo publicar em { $channel }. Primeiro me dê lá: { $permissions }.
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
setup-imported-title = ✅ Importado
setup-import-dropped = Nada foi importado.
