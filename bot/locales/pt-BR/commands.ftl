### Descrições na lista de comandos do Discord: no máximo 100 caracteres.

commands-movie = Transforme um prompt em filme
commands-movie-prompt = O que acontece no seu filme (até { $characters } caracteres)
commands-movie-duration = Duração em segundos, { $min }–{ $max } (padrão: a sua última ou { $default })
commands-movie-video-model = Modelo de vídeo (padrão: o seu último ou o melhor para a proporção)
commands-movie-image-model = Modelo de imagem (padrão: o seu último ou automático)
commands-movie-aspect-ratio = Proporção (padrão: a sua última ou 16:9)
commands-movie-language = Idioma falado (padrão: o seu último ou automático)
commands-movie-subtitles = Mostrar legendas (padrão: a sua última escolha ou não)
commands-movie-tone = Tom (padrão: o seu último ou realista)

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

commands-credits = Seu saldo e seu histórico de gastos
commands-credits-member = Ver os créditos de outro membro (só administradores)

commands-movies = Veja seus filmes
commands-movies-member = Ver os filmes de outro membro (só administradores)
commands-movies-show = Filtro (padrão: todos)
commands-movies-id = Abrir um filme pelo ID, no rodapé da mensagem dele
commands-movies-all = Todos
commands-movies-in-progress = Em andamento
commands-movies-ready = Prontos
commands-movies-failed = Com falha ou cancelados
commands-movies-pending = Aguardando aprovação (só equipe)
commands-gift = Dar créditos bônus a outro membro
commands-gift-member = Membro
commands-gift-credits = Número de créditos bônus
commands-top = Os melhores filmes, criadores e mecenas deste servidor em um mês
commands-top-month = Mês como AAAA-MM, ex.: 2026-11 (padrão: este mês)

commands-pitch = Proponha um filme que os membros deste servidor paguem juntos
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
commands-setup-export = Baixe a configuração deste servidor em um arquivo JSON
commands-setup-import = Aplique a configuração de um arquivo JSON (antes você vê as mudanças)
commands-setup-import-file = Um arquivo de /setup export
