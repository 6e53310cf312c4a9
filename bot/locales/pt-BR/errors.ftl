### Opções inválidas, permissões que faltam e erros

errors-problems-title = { $problems ->
    [one] Há { $problems } coisa para corrigir
   *[other] Há { $problems } coisas para corrigir
}
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
errors-more-models = mais { $models }
errors-not-charged = { -not-charged }

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
