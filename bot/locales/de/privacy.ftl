### /privacy, und was von Filmen bleibt, deren Text gelöscht wurde

privacy-prompt-gone = (Prompt gelöscht)
privacy-link-gone = Der Link zu diesem Film wurde gelöscht.
privacy-not-again = Der Prompt dieses Films wurde gelöscht, deshalb kann ich ihn nicht noch einmal machen. Mach mit /movie einen neuen. { -not-charged }
privacy-unnamed = ein Mitglied, das seine Daten gelöscht hat

privacy-title = Deine Daten
privacy-about = Ich speichere deine ID, deine Filme mit Prompts und Links, deinen Namen zum Zeitpunkt der Bestellung, deine Credits und jede Änderung daran, deine Auswahl in /preferences und bei welchen Filmen du benachrichtigt werden willst. Sonst nichts, was du in Discord schreibst. Prompts gehen an den Filmdienst.
privacy-kept-field = Wie lange
privacy-kept-value =
    { $days ->
        [one] { $days } Tag
       *[other] { $days } Tage
    } nach dem Ende eines Films lösche ich seinen Prompt, die Links und deinen Namen. Deine ID und deine Credits bleiben, bis du sie löschst oder bis 30 Tage nachdem ich von einem Server entfernt wurde.
privacy-kept-always-value = Bis du sie löschst oder bis 30 Tage nachdem ich von einem Server entfernt wurde.
privacy-elsewhere-field = Das kann ich nicht löschen
privacy-elsewhere-value = Nachrichten, die schon in Discord stehen, und was der Filmdienst speichert.
privacy-now-field = Im Moment
privacy-now-value = { units-movies } und alles, was dazugehört.
privacy-nothing = Über dich ist nichts gespeichert.
privacy-export-button = Exportieren
privacy-erase-button = Meine Daten löschen
privacy-policy-button = Datenschutzerklärung
privacy-terms-button = Nutzungsbedingungen
privacy-export-ready = Alles, was ich über dich speichere: JSON für Programme, CSV für Tabellen.
privacy-export-too-large = Das ist zu viel für eine Discord-Nachricht. Frag den Betreiber des Bots nach deinem Export.
privacy-question = { "**" }Deine Daten auf allen Servern löschen?** Das lässt sich nicht rückgängig machen.
privacy-question-what = Deine Filme, Links, Belege und Einstellungen sind dann weg. Nachrichten in Discord bleiben.
privacy-question-waiting = In der Warteschlange: { units-movies }. Abgebrochen und erstattet.
privacy-question-open = In Arbeit: { units-movies }. Die bekommst du noch, danach werden sie auch gelöscht. Bis dahin kannst du nichts bestellen.
privacy-question-bonus = Du verlierst { units-bonus-credits }.
privacy-question-memory = Was du diesen Monat verbraucht hast, und Sperren gelten bis zum Monatsende weiter. Ein Code, der dich nicht nennt, merkt sie sich.
privacy-confirm-button = Alles löschen
privacy-keep-button = Daten behalten
privacy-erased = Erledigt. Deine Daten sind gelöscht.
privacy-erasing-soon = Ich lösche deine Daten. Das dauert einen Moment.
privacy-erasing-later = Ich lösche deine Daten. Noch in Arbeit: { units-movies }. Sobald du sie hast, werden sie auch gelöscht. Bis dahin kannst du nichts bestellen.
privacy-nothing-erased = OK, es wurde nichts gelöscht.
privacy-not-yours = Dieser Button ist für die Person, die ihn geöffnet hat. Mit /privacy siehst du deine eigenen Daten.
privacy-too-often = Du hast deine Daten mehrmals gelöscht. Das geht { $time } wieder.
