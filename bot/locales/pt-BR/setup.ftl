### /setup: what managers decide for their server. Only the manager who asked sees the panel. The names and values of
### settings are in the log channel, too.

setup-title = Configuração do servidor
setup-intro = Estas regras valem aqui para todo mundo, inclusive para os administradores. As mudanças valem na hora e ficam no registro.
setup-nothing-offered = ⚠️ Nenhum dos modelos permitidos está disponível agora, então ninguém pode pedir um filme.

setup-members-field = Onde e quem
setup-models-field = Modelos e duração
setup-defaults-field = Padrões
setup-members-button = Onde e quem
setup-models-button = Modelos e duração
setup-defaults-button = Padrões
# Opens a form
setup-durations-button = Durações…

# $setting: one of the names below; $value: what is set
setup-line = **{ $setting }:** { $value }
# In a menu, while nothing is picked there; $value: what holds then
setup-current-placeholder = { $setting }: { $value }

# The settings
setup-channels = Canais para filmes
setup-roles = Quem pode fazer filmes
setup-video-models = Modelos de vídeo
setup-image-models = Modelos de imagem
setup-longest = Filme mais longo
setup-default-video-model = Modelo de vídeo padrão
setup-default-image-model = Modelo de imagem padrão
setup-default-duration = Duração padrão
setup-default-aspect-ratio = Proporção padrão
setup-language = Idioma
# Whose messages can be turned into movies, in the menu of a message
setup-messages = Menu das mensagens

# Their values where nothing is set
setup-every-channel-option = Todos os canais
setup-everyone-option = Todo mundo
setup-all-option = Todos
setup-bot-limit-option = O que o bot permitir
setup-bot-default-option = O padrão do bot
setup-discord-language-option = O idioma do servidor no Discord

setup-menu-own-option = As próprias mensagens
setup-menu-anyone-option = As mensagens de todo mundo
setup-menu-off-option = Desligado

# This language, as Discord's own list of languages names it
setup-this-language-option = Português (Brasil)

# The end of a list
setup-more = mais { $more }
setup-deleted = ⚠️ { $more } excluídos

setup-durations-modal-title = Durações
setup-longest-label = Filme mais longo (segundos)
setup-default-duration-label = Duração padrão (segundos)
setup-duration-hint = De { $min } a { $max }. Deixe vazio para usar o valor do bot.

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
setup-not-available = “{ $value }” não está disponível. Escolha entre { $names }.
setup-out-of-range = “{ $value }” não é uma duração válida. Digite segundos inteiros, de { $min } a { $max }.
# $longest: "1 min"
setup-longer-than-longest = o filme mais longo tem { $longest }, então a duração padrão não pode passar disso.
setup-not-here = “{ $value }” não está neste servidor.

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
setup-apply-button = Aplicar
setup-drop-button = Cancelar
setup-import-nothing-new = Tudo neste arquivo já está configurado assim.
setup-imported-title = ✅ Importado
setup-import-dropped = Nada foi importado.
