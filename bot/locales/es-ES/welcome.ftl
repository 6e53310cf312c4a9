### Se publica donde llega el bot, en el idioma del servidor

welcome-greeting =
    👋 Hola, soy Matinee y convierto palabras en películas cortas. Escribe { $movie } y describe una escena, por ejemplo:
    > { -example-prompt }
    Las películas cuestan créditos y aquí todo el mundo recibe algunos cada mes: { $help } muestra los tuyos y los precios. { -managers } encuentran los límites en { $quota }.
