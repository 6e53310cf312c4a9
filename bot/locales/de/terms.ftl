### Wörter für Personen und Dinge, auf die Meldungen aller Bereiche verweisen, etwa { -managers }.

-managers = Die Server-Verwaltung
-operator-notified = Der Betreiber des Bots wurde benachrichtigt.
-not-charged = Dir wurde nichts berechnet.
-in-progress-finish = Filme, die schon in Arbeit sind, werden noch fertig.
-example-prompt = Ein Papierboot segelt nachts über eine verregnete Straße, Neonlichter in den Pfützen
