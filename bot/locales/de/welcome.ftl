### Wird gepostet, wo der Bot dazukommt, in der Sprache des Servers

welcome-greeting =
    👋 Hallo, ich bin Matinee und mache aus Worten kurze Filme. Gib { $movie } ein und beschreib eine Szene, zum Beispiel:
    > { -example-prompt }
    Filme kosten Credits, und alle hier bekommen jeden Monat welche: { $help } zeigt deine und was ein Film kostet. { -managers } findet die Limits unter { $quota }.
