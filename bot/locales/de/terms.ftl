### Wörter für Personen und Dinge, auf die Meldungen aller Bereiche verweisen, etwa { -managers }.

-managers = Die Server-Verwaltung
