### Publicado onde o bot chega, no idioma do servidor

welcome-greeting =
    👋 Oi, eu sou o Matinee e transformo palavras em filmes curtos. Digite { $movie } e descreva uma cena, por exemplo:
    > { -example-prompt }
    Filmes custam créditos, e todos aqui recebem alguns por mês: { $help } mostra os seus e os preços. { -managers } encontram os limites em { $quota }.
