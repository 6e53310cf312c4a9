### /preferences: as opções de um membro e para onde vão os filmes prontos. Só ele vê.

preferences-title = Suas preferências
preferences-intro = O /movie usa suas últimas escolhas, a menos que você indique outra coisa.
preferences-empty = Ainda não há preferências. Escolha aqui, ou vou me lembrar das opções do seu próximo filme.
preferences-cost = Um filme de { $duration } custa **{ $price }** ({ $rate }).
preferences-no-model = Nenhum modelo aceita esta proporção no momento. Escolha outra.
preferences-footer = Só você vê isto. Vale para todos os servidores.

preferences-choices-field = Suas escolhas
preferences-video-model = Modelo de vídeo: { $choice }
preferences-image-model = Modelo de imagem: { $choice }
preferences-duration = Duração: { $choice }
preferences-aspect-ratio = Proporção: { $choice }
preferences-language = Idioma: { $choice }
preferences-subtitles = Legendas: { $choice }
preferences-tone = Tom: { $choice }

# Como cada escolha foi feita
preferences-auto = **{ $choice }** (automático)
preferences-auto-unnamed = automático
preferences-default = **{ $choice }** (padrão)
preferences-unsupported = { $choice } não aceita esta proporção, por isso vale o padrão
preferences-unsupported-default = { $choice } não aceita esta proporção, por isso vale o padrão: **{ $other }**
preferences-unavailable = { $choice } não está mais disponível, por isso vale o padrão
preferences-unavailable-default = { $choice } não está mais disponível, por isso vale o padrão: **{ $other }**

preferences-video-model-placeholder = Modelo de vídeo
preferences-image-model-placeholder = Modelo de imagem
preferences-duration-placeholder = Duração
preferences-aspect-ratio-placeholder = Proporção
preferences-language-placeholder = Idioma
preferences-subtitles-placeholder = Legendas
preferences-tone-placeholder = Tom

# A primeira opção de cada menu, que volta ao padrão
preferences-video-model-option = Modelo de vídeo: automático (o melhor para a proporção)
preferences-image-model-option = Modelo de imagem: automático
preferences-duration-option = Duração: { $choice } (padrão)
preferences-aspect-ratio-option = Proporção: { $choice } (padrão)
preferences-language-option = Idioma: { $choice } (padrão)
preferences-subtitles-option = Legendas: { $choice } (padrão)
preferences-tone-option = Tom: { $choice } (padrão)

preferences-off-option = Não
preferences-on-option = Sim

preferences-delivery-field = Filmes prontos
preferences-channel-value = Publicados no canal onde você pediu, com uma menção
preferences-dm-value = Enviados por DM, ou publicados no canal se suas DMs estiverem fechadas

preferences-channel-button = Meus filmes no canal
preferences-dm-button = Meus filmes por DM
preferences-unlist-button = Não me mostrar no /top nem em galerias por estrelas
preferences-list-button = Me mostrar no /top e em galerias por estrelas
preferences-listing-field = Galeria e /top
preferences-unlisted-value = As estrelas não levam seus filmes a uma galeria nem a uma noite de cinema, e você não está no /top.
preferences-unlisted = A partir de agora, as estrelas não levam seus filmes a uma galeria nem a uma noite de cinema, e você não aparece no /top.
preferences-listed = Agora as estrelas podem levar seus filmes a uma galeria, e você pode aparecer no /top.
preferences-reset-button = Voltar ao padrão
preferences-extras-button = Idioma, legendas, tom
preferences-back-button = Voltar

preferences-not-offered = Isso não está mais disponível. Escolha outra opção abaixo.
preferences-dropped-aspect-ratio = { $model } não aceita { $dropped }, por isso mudei para { $choice }.
preferences-dropped-model = { $model } não aceita { $choice }, por isso mudei para o melhor modelo para isso.
preferences-channel-set = A partir do seu próximo filme, publico os filmes prontos no canal.
preferences-dm-set = A partir do seu próximo filme, envio os filmes prontos por DM.
preferences-reset = Suas preferências foram redefinidas. Vou me lembrar das opções do seu próximo filme.
