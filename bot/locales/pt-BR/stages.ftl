### O que o serviço de filmes está fazendo, no cartão de um filme

stages-prompt-generation = Escrevendo as cenas
stages-image-generation = Desenhando as imagens
stages-audio-generation = Criando o som
stages-frame-generation = Preparando os quadros
stages-video-generation = Montando o filme
stages-ai-video-generation = Dando vida às imagens
stages-speech-generation = Gravando as vozes
stages-music-generation = Compondo a música
stages-lip-sync-generation = Sincronizando os lábios com as vozes
stages-sound-effect-generation = Adicionando efeitos sonoros
stages-transcript-generation = Escrevendo as legendas
stages-delete-reflow = Arrumando as cenas
stages-timeline-reflowed = Juntando as cenas
stages-rendering = Em produção
