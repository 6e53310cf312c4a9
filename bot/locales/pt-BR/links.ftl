### Onde está o link de um filme, na mensagem sobre ele

links-below = O link é longo: está abaixo e em /movies.
links-in-movies = O link é longo demais para uma mensagem. Quem pediu o filme o encontra em /movies.
links-in-file = O link é longo demais para uma mensagem, por isso está no arquivo anexo.
links-unsafe = Este link não pode ser publicado aqui. Abra o filme no Studio.
links-watch = Assistir
links-jump = Ir para a mensagem
