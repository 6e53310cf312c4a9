### /privacy, und was von Filmen bleibt, deren Text gelöscht wurde

privacy-prompt-gone = (Prompt gelöscht)
privacy-link-gone = Der Link zu diesem Film wurde gelöscht.
privacy-not-again = Der Prompt dieses Films wurde gelöscht, deshalb kann ich ihn nicht noch einmal machen. Mach mit /movie einen neuen. { -not-charged }
privacy-unnamed = ein Mitglied, das seine Daten gelöscht hat

privacy-title = Deine Daten
privacy-about = Ich speichere deine ID, deine Filme und Vorschläge mit Prompts und Links, deinen Namen zum Zeitpunkt der Bestellung, deine Credits und jede Änderung daran, deine Auswahl in /preferences, bei welchen Filmen du benachrichtigt werden willst, für welche Vorschläge du gestimmt hast, welchen Filmen du einen Stern gegeben oder welche du gemeldet hast (und warum), und den Anfang von Prompts, die die Regeln eines Servers gestoppt haben. Andere Nachrichten von dir speichere ich nicht, außer jemand macht einen Film daraus. Prompts gehen an den Filmdienst.
privacy-kept-field = Wie lange
privacy-kept-value =
    { $days ->
        [one] { $days } Tag
       *[other] { $days } Tage
    } nach dem Ende eines Films oder Vorschlags lösche ich seinen Prompt, die Links und deinen Namen. Deine ID und deine Credits bleiben, bis du sie löschst oder bis 30 Tage nachdem ich von einem Server entfernt wurde.
privacy-kept-always-value = Bis du sie löschst oder bis 30 Tage nachdem ich von einem Server entfernt wurde.
privacy-elsewhere-field = Das kann ich nicht löschen
privacy-elsewhere-value = Nachrichten, die schon in Discord stehen, außer denen zu deinen Filmen, wenn du sie mitlöschst, und was der Filmdienst speichert.
privacy-now-field = Im Moment
privacy-now-value = { units-movies }, deine Credits samt Verlauf und deine Voreinstellungen.
privacy-nothing = Über dich ist nichts gespeichert.
privacy-export-button = Exportieren
privacy-erase-button = Meine Daten löschen
privacy-policy-button = Datenschutzerklärung
privacy-terms-button = Nutzungsbedingungen
privacy-export-ready = Alles, was ich über dich speichere: JSON für Programme, CSV für Tabellen.
privacy-export-too-large = Das ist zu viel für eine Discord-Nachricht. Frag den Betreiber des Bots nach deinem Export.
privacy-question = { "**" }Deine Daten auf allen Servern löschen?** Das lässt sich nicht rückgängig machen.
privacy-question-what = Deine Filme, Links, Belege und Einstellungen sind dann weg. Deine offenen Vorschläge werden zurückgezogen, und was du zu denen anderer beigesteuert hast, wird erstattet.
privacy-question-waiting = In der Warteschlange: { units-movies }. Was dort wartet, wird abgebrochen und erstattet.
privacy-question-open = In Arbeit: { units-movies }. Was in Arbeit ist, bekommst du noch; danach wird es auch gelöscht. Bis dahin kannst du nichts bestellen.
privacy-question-bonus = Du verlierst { units-bonus-credits }.
privacy-question-memory = Was du diesen Monat verbraucht hast, zählt bis zum Monatsende weiter. Sperren und Kontingente von 0 gelten, bis sie enden. All das ist unter einem Code gespeichert, der dich nicht nennt.
privacy-question-messages = Nachrichten in Discord bleiben, außer du löschst die zu deinen Filmen mit. Die zu Filmen, zu denen andere beigesteuert haben, bleiben.
privacy-confirm-button = Alles löschen
privacy-confirm-messages-button = Alles und Nachrichten löschen
privacy-keep-button = Daten behalten
privacy-erased = Erledigt. Deine Daten sind gelöscht.
privacy-erased-with-messages = Erledigt. Deine Daten sind gelöscht, und ich lösche die Nachrichten zu deinen Filmen.
privacy-erasing-soon = Ich lösche deine Daten. Das dauert einen Moment.
privacy-erasing-later = Ich lösche deine Daten. Noch in Arbeit: { units-movies }. Was in Arbeit ist, bekommst du noch; danach wird es auch gelöscht. Bis dahin kannst du nichts bestellen.
privacy-nothing-erased = Okay, es wurde nichts gelöscht.
privacy-not-yours = Diesen Button kann nur benutzen, wer /privacy eingegeben hat. Gib es selbst ein, um deine eigenen Daten zu sehen.
privacy-too-often = Du hast deine Daten mehrmals gelöscht. Das geht { $time } wieder.
