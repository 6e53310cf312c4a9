### /help: was der Bot tut und was dieses Mitglied hier kann. Nur das Mitglied sieht es.

help-title = Matinee macht aus Worten Filme
help-summary = Beschreib mit { $command } eine Szene, und ich mache daraus einen kurzen Film. Filme kosten Credits; für fehlgeschlagene bekommst du sie zurück.
help-status-field = Dein Stand
help-available = ✅ Du kannst in diesem Kanal Filme machen.
help-refused = 🚫 { $reason }
help-missing-permissions = 🚫 Ich kann hier keine Filme posten. Mir fehlt in diesem Kanal: { $permissions }. Bitte die Server-Verwaltung darum.
help-no-member-credits = 🚫 Deine Credits sind aufgebraucht. Aufgefüllt werden sie { $time }.
help-no-server-credits = 🚫 Das Budget dieses Servers ist aufgebraucht. Es wird { $time } aufgefüllt.
help-no-bot-credits = 🚫 Dieser Bot kann diesen Monat keine Filme mehr machen. Du kannst { $time } wieder bestellen.
help-in-progress = { $movies ->
    [one] 🎬 { $movies } deiner Filme ist in Arbeit: { $command }
   *[other] 🎬 { $movies } deiner Filme sind in Arbeit: { $command }
}
help-many-in-progress = 🎬 Mehr als { $movies } deiner Filme sind in Arbeit: { $command }

help-credits-field = Deine Credits
help-left = Noch **{ $left }**. Die Credits werden { $time } aufgefüllt.
help-bonus = { $credits ->
    [one] Davon verfällt { units-bonus-credits } nie.
   *[other] Davon verfallen { units-bonus-credits } nie.
}
help-shared = Im Server-Budget: diesen Monat noch { units-credits }.

help-prices-field = Preis pro Sekunde
help-price = **{ $model }**: { units-credits } · { $ratios }
help-more-models = { $models ->
    [one] und { $models } weiteres Modell
   *[other] und { $models } weitere Modelle
}
help-asks-above = Filme dauern bis zu { $duration }. Bevor ich mehr als { units-credits } ausgebe, frage ich dich.
help-asks-above-or-share = Filme dauern bis zu { $duration }. Vor Ausgaben über { units-credits } oder über { $share } deines Guthabens frage ich nach.
help-always-asks = Filme dauern bis zu { $duration }. Ich zeige dir den Preis, bevor ich etwas ausgebe.

help-commands-field = Befehle
help-command = { $command } · { $description }
help-from-a-message = Bei einer deiner Nachrichten: **Apps** → **{ $menu }**
help-from-any-message = Bei jeder Nachricht: **Apps** → **{ $menu }**
help-managers = Für die Verwaltung: { $setup }, { $show }, { $report } und die anderen /quota-Befehle
