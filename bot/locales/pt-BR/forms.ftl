### O formulário de um filme e os extras de um filme em palavras.

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
forms-tone-option = Tom: { $tone }
forms-language-hint = Idioma falado (escolha só um)
