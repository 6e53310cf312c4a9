### What the bot says in German; docs/translating.md has the rules.

## approvals
## Movies that wait for a server's staff: the message in the staff channel, the list, and what one person reads.

approvals-request-title = ✋ Ein Film wartet auf Freigabe
approvals-storyboard-title = ✋ Dieses Storyboard freigeben?
approvals-deadline = Entscheidet bis { $time }, sonst wird er abgebrochen und erstattet.
approvals-approve-button = Freigeben
# Opens a form
approvals-decline-button = Ablehnen …

# In the list; $number: the movie's, from 1
approvals-list-title = ✋ Warten auf Freigabe: { units-movies }
approvals-list-empty = Kein Film wartet auf Freigabe.
approvals-list-footer = Seite { $page } von { $pages }
approvals-back-button = Zurück
approvals-next-button = Weiter
# $time: "in 2 days"
approvals-expires = läuft { $time } ab
approvals-staff-only = Das kann nur das Team dieses Servers sehen. Deine eigenen Filme sind unter /movies.

# The form for declining
approvals-decline-modal-title = Film ablehnen
approvals-reason-label = Grund (optional)
approvals-reason-hint = Das Mitglied liest ihn in dem Kanal, in dem der Film bestellt wurde.

# What became of it; $staff and $member: mentions
approvals-approved = ✅ Freigegeben von { $staff }.
approvals-declined = ❌ Abgelehnt von { $staff }.
approvals-declined-because = ❌ Abgelehnt von { $staff }: „{ $reason }“
approvals-lapsed = ⌛ Niemand hat rechtzeitig entschieden. Der Film wurde abgebrochen und erstattet.
approvals-withdrawn = ↩️ { $member } hat den Film abgebrochen.
approvals-not-offered = ↩️ Dieses Modell oder diese Dauer gibt es nicht mehr. Der Film wurde abgebrochen und erstattet.
approvals-waived = ▶️ Er wurde ohne Freigabe gestartet, weil ich nicht in den Team-Kanal schreiben konnte.
approvals-ended = ↩️ Er wartet nicht mehr auf Freigabe.

# What a staff member reads whose press changed nothing
approvals-own = Einen Film, den du angefordert hast oder mitbezahlst, kannst du nicht freigeben. Jemand anderes aus dem Team kann es.
approvals-blocked = { $member } ist gesperrt. Die Server-Verwaltung muss die Sperre zuerst mit /quota unblock aufheben. Du kannst den Film auch ablehnen.
approvals-blocked-everywhere = Der Betreiber des Bots hat { $member } gesperrt, deshalb kann dieser Film nicht starten. Du kannst ihn ablehnen.
approvals-paused = Der Betreiber des Bots nimmt gerade keine Filme von diesem Server an. Versuch es später noch einmal oder lehne ihn ab.
approvals-prompt = Dieser Prompt verstößt gegen eine Regel, die nach der Bestellung zum Prompt-Filter kam. Lehne den Film ab. Ist die Regel von diesem Server, kann die Server-Verwaltung sie auch mit /setup ändern.
approvals-unknown = Ich finde diesen Film nicht mehr.
approvals-reason-too-long = Dieser Grund ist zu lang. Nimm höchstens { $max } Zeichen.

## buttons
## Die Schaltflächen eines Films und die Antworten darauf

buttons-cancel-button = Abbrechen
buttons-follow-button = Benachrichtigen
buttons-unfollow-button = Nicht benachrichtigen
buttons-post-here-button = Doch hier posten
buttons-direct-button = Lieber per DM
buttons-remix-button = Remix
buttons-rerun-button = Noch einmal
buttons-retry-button = Erneut versuchen
buttons-new-link-button = Neuer Link
buttons-receipt-button = Beleg
buttons-delete-button = Löschen
buttons-studio-button = Studio
buttons-cancel-movie-button = Film abbrechen
buttons-delete-movie-button = Film löschen
buttons-leave-gallery-button = Nur aus der Galerie nehmen

buttons-not-owner = Diesen Button kann nur **{ $name }** benutzen. Mach mit /movie einen eigenen Film.
buttons-not-owner-unnamed = Diesen Button kann nur benutzen, wer den Film angefordert hat. Mach mit /movie einen eigenen.
buttons-unknown-movie = Ich finde diesen Film nicht. Mit /movies siehst du deine.

buttons-cancelled = Abgebrochen. **{ $refunded }** erstattet.
buttons-cancelling-already = Er wird schon abgebrochen. Du erfährst dann, was ausgegeben und was erstattet wurde.
buttons-unclear = Vielleicht entsteht er beim Filmdienst schon, deshalb kann er erst abgebrochen werden, wenn das klar ist. Bis dahin bleiben seine Credits reserviert.
buttons-being-queued = Er wird noch eingereiht. Versuch es gleich noch einmal.
buttons-being-sent = Er geht gerade an den Filmdienst. Versuch es gleich noch einmal.
buttons-started = Zu spät zum Abbrechen: Der Filmdienst hat begonnen und ihn schon berechnet. Du bekommst ihn, wenn er fertig ist.
buttons-finished = Er ist schon fertig: /movies
buttons-ended-in-part = Er ist schon abgebrochen: **{ $cost }** ausgegeben, **{ $refunded }** erstattet.
buttons-ended = Er ist schon beendet: **{ $refunded }** erstattet.
buttons-ended-free = Er ist schon beendet.
buttons-question = { "**" }Diesen Film abbrechen?**
buttons-question-unknown = Der Filmdienst sagt nicht, was er bisher berechnet hat. Du bezahlst die fertigen Schritte, insgesamt höchstens **{ $price }**. Der Rest wird erstattet.
buttons-question-known = Du bezahlst die fertigen Schritte: nach jetzigem Stand **{ $cost }** ausgegeben und **{ $refunded }** erstattet. Wird vor dem Abbruch noch ein Schritt fertig, bezahlst du ihn auch, insgesamt höchstens { $price }.
buttons-cancel-requested = Dein Film wird abgebrochen. Du erfährst dann, was ausgegeben und was erstattet wurde. Falls er schon fertig ist, bekommst du den Film.
buttons-just-finished = Er ist gerade fertig geworden und kann nicht mehr abgebrochen werden. Du bekommst ihn gleich.
buttons-nearly-finished = Er kann jeden Moment fertig sein, zum Abbrechen ist es zu spät. Du bekommst ihn, wenn er fertig ist.
buttons-just-ended = Er ist gerade beendet worden. Du bekommst gleich eine Nachricht dazu.
buttons-no-answer = Der Filmdienst antwortet gerade nicht, deshalb wurde nichts abgebrochen. Versuch es in einer Minute noch einmal.
buttons-too-many-cancels = Du hast mehrmals auf Abbrechen gedrückt. Wieder möglich: { $time }.

buttons-own-movie = Das ist dein Film, dich benachrichtige ich sowieso.
buttons-following = Ich benachrichtige dich, wenn er fertig ist. Falls er dann doch nur per DM kommt, sage ich dir nur, dass er fertig ist.
buttons-follow-full = Die Liste der Benachrichtigungen ist voll. Schau später wieder hier vorbei.
buttons-follow-ended = Dieser Film ist schon beendet, es gibt also nichts mehr abzuwarten.
buttons-follow-private = Dieser Film kommt nur per DM, deshalb kann ich dich nicht benachrichtigen.
buttons-unfollowed = Okay, ich benachrichtige dich nicht.

buttons-to-direct = Ich schicke ihn dir per DM (oder poste ihn hier, falls du keine DMs annimmst). Immer per DM: /preferences
buttons-to-channel = Ich poste ihn im Kanal, wenn er fertig ist.

buttons-new-link = Neuer Link:
buttons-no-new-link = Ich habe vom Filmdienst keinen neuen Link bekommen. Versuch es in ein paar Minuten noch einmal.
buttons-last-link = Ich habe vom Filmdienst keinen neuen Link bekommen. Versuch es in ein paar Minuten noch einmal. Bis dahin der letzte, der vielleicht abgelaufen ist:
buttons-too-many-links = Das sind viele Links auf einmal! Den nächsten gibt es { $time }.

buttons-receipts = Alle deine Belege findest du unter /credits.
buttons-receipt-open = Er ist noch nicht fertig: **{ $held }** reserviert.
buttons-receipt-free = Er ist kostenlos.

# Löschen
buttons-delete-question = { "**" }Diesen Film löschen?**
buttons-delete-question-of = { "**" }Diesen Film von { $name } löschen?**
buttons-delete-details = Die Nachricht verschwindet für alle, und ich vergesse die Links. Der Film bleibt ohne sie unter /movies stehen. Es werden keine Credits erstattet, und das lässt sich nicht rückgängig machen.
buttons-deleted = Gelöscht. Die Nachricht verschwindet gleich.
buttons-left-gallery = Aus der Galerie genommen. Der Film bleibt dort, wo er zuerst gepostet wurde, und Sterne bringen ihn nicht zurück.
buttons-deleted-post-title = Gelöschter Film
buttons-deleted-already = Dieser Film ist schon gelöscht.
buttons-delete-unfinished = Nur ein fertiger Film lässt sich löschen.
buttons-link-deleted = Dieser Film wurde gelöscht, also hat er keinen Link.
buttons-not-deleter = Diesen Film können nur **{ $name }** und das Team des Servers löschen.
buttons-not-deleter-unnamed = Diesen Film kann nur löschen, wer ihn angefordert hat, oder das Team des Servers.
buttons-not-deleter-shared = Diesen Film haben auch andere bezahlt, deshalb kann ihn nur das Team des Servers löschen.

## cards
## Die Karte, die im Kanal zeigt, wie weit ein Film ist

cards-waiting-title = 🎟️ Dein Film ist in der Warteschlange
cards-awaiting-title = ✋ Dein Film wartet auf Freigabe
cards-being-made-title = 🎬 Dein Film entsteht
cards-drawing-title = 🖼️ Das Storyboard wird gezeichnet
cards-storyboard-title = 🖼️ Das Storyboard ist fertig
cards-cancelling-title = 🛑 Dein Film wird abgebrochen
cards-ready-title = 🍿 Dein Film ist fertig
cards-failed-title = Dieser Film ist fehlgeschlagen
cards-cancelled-title = Abgebrochen
cards-unknown-title = 🔎 Dein Film wird geprüft


cards-cost-on-hold = { units-credits } reserviert
cards-requester = von { $member }

cards-waiting = In der Warteschlange.
cards-awaiting = Zuerst gibt das Team dieses Servers ihn frei. Passiert das nicht innerhalb von 48 Stunden, werden die Credits erstattet.
cards-staff-not-informed = ⚠️ Ich kann hier in keinen Team-Kanal schreiben. Bitte sag dem Team selbst Bescheid: Es findet ihn unter /movies.
cards-next = Du bist als Nächstes dran.
cards-ahead = { $movies ->
    [one] Vor deinem ist noch { $movies } Film dran.
   *[other] Vor deinem sind noch { $movies } Filme dran.
}
cards-far-ahead = Vor deinem sind noch mehr als { $movies } Filme dran.
cards-own-movies = Wartet auf deine anderen Filme: Ich mache immer nur { $movies } von deinen gleichzeitig.
cards-sending = Er geht gerade an den Filmdienst …
cards-storyboard = { $member } kann es für weitere **{ $later }** Credits rendern lassen oder stoppen. Von selbst stoppt es { $time }.
cards-step = Schritt { $step } von { $steps }: { $stage }
cards-stage = Gerade: { $stage } …
cards-cancelling = Du bezahlst die fertigen Schritte. Der Rest wird erstattet.
cards-started = Gestartet { $time }.
cards-direct = 📬 per DM
cards-sent-direct = 📬 Per DM an { $member } gesendet.
cards-in-list = { $member } findet ihn unter /movies.
cards-not-posted = Ich konnte ihn nicht posten. { $member } findet ihn unter /movies.
cards-unknown = Der Filmdienst hat deinen Auftrag nicht bestätigt, deshalb wird geprüft, was daraus wurde. Ich gebe ihn nicht noch einmal auf, und die Credits dafür bleiben bis dahin reserviert.

cards-usual = Dauert meist { $spread }
cards-usual-ready = Dauert meist { $spread } · fertig gegen { $time }
cards-late = Dauert länger als sonst (meist { $spread }).
cards-minutes = { $least }–{ $most } min
cards-spread = { $low } bis { $high }

cards-outage-no-answer = Der Filmdienst antwortet gerade nicht.
cards-outage-not-taken = Der Filmdienst nimmt von diesem Bot gerade keine Filme an. { -operator-notified }
cards-outage-busy = Der Filmdienst ist gerade ausgelastet.
cards-outage-promise = { $outage } Die Credits für den Film bleiben reserviert, und er startet, sobald der Dienst ihn annimmt. Dauert das länger als eine Stunde, werden sie erstattet.

## commands
## Beschreibungen in Discords Befehlsliste: je höchstens 100 Zeichen.

commands-movie = Mach aus einem Prompt einen Film
commands-movie-with-pictures = Mach aus einem Prompt oder deinen Bildern einen Film
commands-movie-prompt = Was in deinem Film passiert (bis zu { $characters } Zeichen)
commands-movie-duration = Dauer in Sekunden, { $min }–{ $max } (Standard: deine letzte oder { $default })
commands-movie-video-model = Videomodell (Standard: dein letztes oder das beste fürs Seitenverhältnis)
commands-movie-image-model = Bildmodell (Standard: dein letztes oder automatisch)
commands-movie-aspect-ratio = Seitenverhältnis (Standard: dein letztes oder 16:9)
commands-movie-language = Gesprochene Sprache (Standard: deine letzte oder automatisch)
commands-movie-subtitles = Untertitel einblenden (Standard: deine letzte Wahl oder aus)
commands-movie-tone = Erzählton (Standard: dein letzter oder bodenständig)
commands-movie-storyboard = Sieh die Bilder, bevor das Video bezahlt wird (Standard: deine Vorgabe)
commands-movie-picture = Ein Bild, aus dem der Film entsteht (PNG, JPEG oder WebP, bis { $most } MB)
commands-movie-another-picture = Noch ein Bild

# Seitenverhältnisse, auch in Formularen und Menüs
commands-wide = Querformat (16:9)
commands-tall = Hochformat (9:16)

# Was in einem Film gesprochen wird, auch in Formularen und Menüs
commands-language-auto = Automatisch
commands-language-english = Englisch
commands-language-spanish = Spanisch
commands-language-french = Französisch
commands-language-japanese = Japanisch
commands-language-thai = Thailändisch
commands-language-chinese = Chinesisch
commands-language-bengali = Bengalisch
commands-language-hindi = Hindi
commands-language-sanskrit = Sanskrit
commands-language-latin = Latein

# Wie ein Film erzählt
commands-tone-grounded = Bodenständig
commands-tone-cinematic = Filmisch

# Im Menü einer Nachricht, unter Apps
commands-make-movie-menu = Als Film umsetzen
# Im Menü eines Mitglieds, unter Apps
commands-credits-menu = Credits ändern …

commands-credits = Dein Guthaben und deine Ausgaben
commands-credits-member = Credits eines anderen Mitglieds ansehen (nur Server-Verwaltung)

commands-movies = Deine Filme durchsehen
commands-movies-member = Filme eines anderen Mitglieds ansehen (nur Server-Verwaltung)
commands-movies-show = Filter (Standard: alle)
commands-movies-id = Einen Film über seine ID öffnen (⋯ unter seiner Nachricht zeigt sie)
commands-movies-all = Alle
commands-movies-running = In Arbeit
commands-movies-done = Fertig
commands-movies-not-made = Fehlgeschlagen oder abgebrochen
commands-movies-pending = Warten auf Freigabe (nur Team)
commands-gift = Schenk einem anderen Mitglied Bonus-Credits
commands-gift-member = Mitglied
commands-gift-credits = Anzahl der Bonus-Credits
commands-top = Die besten Filme, Kreativen und Förderer dieses Servers in einem Monat
commands-top-month = Monat als JJJJ-MM, z. B. 2026-11 (Standard: dieser Monat)

commands-pitch = Schlag einen Film vor, den ihr hier zusammen bezahlt
commands-pitch-chip-in = Credits, die du gleich beisteuerst
commands-pitches = Finde Vorschläge zum Mitmachen
commands-pitches-sort = Was zuerst kommt (Standard: fast finanziert)
commands-pitches-missing = Fast finanziert
commands-pitches-votes = Meiste Stimmen
commands-pitches-age = Neueste

commands-preferences = Voreinstellungen festlegen, und wohin deine Filme kommen
commands-help = Wie ich funktioniere und was es kostet
commands-privacy = Ansehen, exportieren oder löschen, was ich über dich speichere

commands-quota = Credits auf diesem Server verwalten
commands-quota-credits = Anzahl der Credits
commands-quota-monthly-credits = Credits pro Monat (leer: aktuellen Wert anzeigen)
commands-quota-member = Mitglied
commands-quota-reason = Grund (steht dann im Protokoll)
commands-quota-show = Limits dieses Servers oder eines Mitglieds anzeigen
commands-quota-show-member = Limits dieses Mitglieds anzeigen
commands-quota-default = Monatliches Standard-Kontingent der Mitglieder festlegen
commands-quota-server = Monatliches Budget dieses Servers festlegen
commands-quota-set-member = Monatliches Kontingent eines Mitglieds festlegen
commands-quota-role = Monatliches Kontingent einer Rolle festlegen
commands-quota-role-role = Rolle
commands-quota-grant = Einem Mitglied Bonus-Credits geben, die nie verfallen
commands-quota-take = Einem Mitglied Bonus-Credits abziehen
commands-quota-block = Ein Mitglied fürs Filmemachen sperren
commands-quota-block-hours = Dauer in Stunden (leer: bis zur Entsperrung)
commands-quota-unblock = Ein gesperrtes Mitglied wieder entsperren
commands-quota-reset = Verbrauch eines Mitglieds in diesem Monat zurücksetzen
commands-quota-clear = Ein Limit entfernen
commands-quota-clear-default = Zum Standard-Kontingent des Bots zurückkehren
commands-quota-clear-server = Das Budget dieses Servers entfernen
commands-quota-clear-member = Das persönliche Kontingent eines Mitglieds entfernen
commands-quota-clear-role = Das Kontingent einer Rolle entfernen
commands-quota-report = Monatsbericht
commands-quota-report-month = Monat als JJJJ-MM, z. B. 2026-11 (Standard: dieser Monat)

commands-setup = Bestimme, wo, von wem und wie auf diesem Server Filme gemacht werden
commands-setup-panel = Sieh und ändere die Einrichtung dieses Servers
commands-setup-export = Exportiere die Einrichtung dieses Servers als JSON-Datei
commands-setup-import = Importiere die Einrichtung aus einer JSON-Datei (du siehst die Änderungen vorher)
commands-setup-import-file = Eine Datei von /setup export


## copies
## Was aus fertigen Filmen entsteht: neue Szenen, Synchronfassungen, Untertitel und lange Filme

# Why nothing is made
copies-not-offered = Das ist gerade nicht verfügbar.
copies-source-gone = Diesen Film gibt es nicht mehr, daraus kann nichts mehr entstehen.
copies-film-size = Ein langer Film verbindet { $least } bis { $most } verschiedene Filme.
copies-film-shape = Ein langer Film verbindet Filme mit demselben Seitenverhältnis. Hier sind manche quer, andere hochkant.

copies-dub-button = Synchronisieren
copies-subtitles-button = Untertitel
copies-film-button = Langen Film machen
copies-scene-title = 🎬 Szenen neu machen
copies-dub-title = 🗣️ Diesen Film synchronisieren
copies-subtitles-title = 💬 Untertitel ändern
copies-film-title = 🎞️ Filme zu einem langen Film verbinden
copies-language-label = Sprache
copies-subtitles-label = Untertitel
copies-movies-label = Filme darin
copies-own-language-option = In der Sprache des Films
copies-no-subtitles-option = Ohne Untertitel
copies-pitch-button = Andere mitzahlen lassen
copies-pitched = Vorgeschlagen! Unten können alle mitzahlen.


## credits
## /credits: Guthaben, Änderungen und Belege eines Mitglieds. Nur wer gefragt hat, sieht es; die Server-Verwaltung
## sieht auch andere, deshalb steht hier kein „du“.

credits-spend-own = { $credits ->
    [0] Du kannst jetzt nichts ausgeben
   *[other] Du kannst jetzt { units-credits } ausgeben
}
credits-spend-member = { $credits ->
    [0] { $member } kann jetzt nichts ausgeben
   *[other] { $member } kann jetzt { units-credits } ausgeben
}
credits-spend-less-own = Du kannst jetzt nicht alle deine Credits ausgeben
credits-spend-less-member = { $member } kann jetzt nicht alle Credits ausgeben
credits-budget-short = { $credits ->
    [0] Das Guthaben beträgt { $own }, aber das Budget dieses Servers ist aufgebraucht.
   *[other] Das Guthaben beträgt { $own }, aber das Budget dieses Servers hat diesen Monat nur noch { units-credits }.
}
credits-queue-short = { $credits ->
    [0] Das Guthaben ist { $own }, aber es warten oder entstehen schon so viele Filme wie erlaubt. Versuch es wieder, wenn einer fertig ist.
   *[other] Das Guthaben ist { $own }, aber die Filme in der Warteschlange dürfen gerade höchstens { units-credits } mehr kosten.
}
credits-plan-short = Die Credits des Bots für diesen Monat gehen zur Neige.
credits-plan-empty = Die Credits des Bots für diesen Monat sind aufgebraucht.

credits-bar = { $bar } verbraucht oder reserviert · wird { $time } aufgefüllt
credits-allowance = { "**" }Kontingent** · noch { $left } von { units-credits-monthly } ({ $source })
credits-bonus = { "**" }Bonus** · { units-credits }, unbegrenzt gültig
credits-held = { "**" }Reserviert** · { units-credits } für offene Filme und Vorschläge

credits-blocked = 🚫 Fürs Filmemachen gesperrt, bis die Server-Verwaltung die Sperre aufhebt.
credits-blocked-until = 🚫 Fürs Filmemachen gesperrt bis { $time }.
credits-blocked-everywhere = 🚫 Auf allen Servern fürs Filmemachen gesperrt, bis der Betreiber des Bots die Sperre aufhebt.
credits-timed-out-until = 🚫 Kann bis { $time } keine Filme machen: Zu viele Prompts haben gegen die Regeln dieses Servers verstoßen.

credits-source-member = persönlich festgelegt
credits-source-role = durch { $role }
credits-source-server = Standard des Servers
credits-source-bot = Standard des Bots

credits-granted = { $date } { units-bonus-credits } erhalten
credits-removed = { $date } { units-bonus-credits } abgezogen
credits-starter = { $date } { units-credits } für den ersten Film erstattet
credits-usage-reset = { $date } Verbrauch dieses Monats zurückgesetzt
credits-carried-over = { $date } { units-credits } verbraucht, bevor die Daten gelöscht wurden
credits-gift-received = { $date } { units-bonus-credits } von { $member }
credits-gift-given = { $date } { units-bonus-credits } an { $member } verschenkt
credits-old-gift-received = { $date } { units-bonus-credits } von einem anderen Mitglied
credits-old-gift-given = { $date } { units-bonus-credits } an ein anderes Mitglied verschenkt
credits-with-reason = { $change }: { $reason }

credits-page = Seite { $page } von { $pages }
credits-page-of-many = Seite { $page } von mehr als { $pages }
credits-no-receipts =
    Noch keine Filme. Mach deinen ersten mit /movie, zum Beispiel:
    > { -example-prompt }
credits-member-no-receipts = Noch keine Filme auf diesem Server.
credits-newer-button = Neuere
credits-older-button = Ältere
credits-open-button = Öffnen
credits-export-button = Als CSV exportieren

credits-exported = { $movies ->
    [one] Hier ist { $movies } Film als CSV-Datei.
   *[other] Hier sind alle { $movies } Filme als CSV-Datei.
}
credits-exported-latest = { $movies ->
    [one] Hier ist der neueste Film als CSV-Datei (ältere sind nicht dabei).
   *[other] Hier sind die neuesten { $movies } Filme als CSV-Datei (ältere sind nicht dabei).
}
credits-export-in-progress = Dein letzter Export läuft noch. Er erscheint gleich hier.
credits-too-many-exports = Hier wurde gerade mehrmals exportiert. Den nächsten Export bekommst du { $time }.

credits-not-authorized = Du kannst nur deine eigenen Credits sehen. { -managers } sieht alle.

## deliveries
## Nachrichten zum Ende eines Films, im Kanal oder per DM

deliveries-ready = { $member }, dein Film ist fertig.
deliveries-ready-followed = { $member }, dein Film ist fertig. Auch für { $followers }
deliveries-ready-direct = Dein Film ist fertig.
deliveries-by = von { $member }
deliveries-movie-alt-text = KI-generierter Film, { $duration }: { $prompt }
deliveries-spent = { "**" }{ $cost }** ausgegeben
deliveries-spent-left = { "**" }{ $cost }** ausgegeben · **{ $left }** diesen Monat übrig
deliveries-not-cancelled = Er war fertig, bevor er abgebrochen werden konnte.
deliveries-followed = { $followers } Der Film, auf den du wartest, ist fertig. Wer ihn angefordert hat, bekommt ihn per DM.
deliveries-followed-direct = 🎬 Ein Film, auf den du wartest, ist fertig, aber ich kann dich dort, wo er ist, nicht erwähnen. Wer ihn angefordert hat, kann ihn dir zeigen. ID { $id }

deliveries-failed = { $member }, dein Film ist fehlgeschlagen.
deliveries-refunded = { "**" }{ $refunded }** erstattet
deliveries-refunded-left = { "**" }{ $refunded }** erstattet · **{ $left }** diesen Monat übrig
deliveries-refunded-bonus = { "**" }{ $refunded }** als Bonus-Credits erstattet, denn der Monat der Bestellung ist vorbei

deliveries-unknown = { $member }, ich prüfe, was aus deinem Film geworden ist.
deliveries-unknown-details =
    Der Filmdienst hat deinen Auftrag nicht bestätigt, und ich gebe ihn nicht noch einmal auf. { -operator-notified }
    Bis es klar ist, bleiben **{ $held }** reserviert.

deliveries-cancelled = { $member }, dein Film wurde abgebrochen.
deliveries-spent-refunded = { "**" }{ $cost }** ausgegeben · **{ $refunded }** erstattet

deliveries-not-started = { $member }, dein Film wurde nicht gestartet.

deliveries-left = { "**" }{ $left }** diesen Monat übrig

## errors
## Ungültige Optionen, fehlende Berechtigungen und Fehler

errors-prompt-blank = Dein Prompt ist leer. Beschreibe deinen Film mit bis zu { $max } Zeichen.
errors-prompt-too-long = Dein Prompt hat { $characters } Zeichen; höchstens { $max } sind möglich. Die meisten Emojis zählen als zwei oder mehr.
errors-duration = „{ $value }“ ist keine gültige Dauer. Gib ganze Sekunden von { $min } bis { $max } ein.
errors-no-duration = Gib eine Dauer in ganzen Sekunden ein, von { $min } bis { $max }.
errors-video-model = Das Videomodell „{ $value }“ ist nicht verfügbar. Nimm eins von diesen: { $names }.
errors-video-model-aspect-ratio = { $model } kann kein { $ratio }. Probier eins von diesen: { $names }.
errors-image-model = Das Bildmodell „{ $value }“ ist nicht verfügbar. Nimm eins von diesen: { $names }.
errors-aspect-ratio = „{ $value }“ ist kein gültiges Seitenverhältnis. Nimm eins von diesen: { $names }.
errors-no-model = Gerade kann kein Videomodell { $ratio }. Wähle ein anderes Seitenverhältnis.
errors-language = „{ $value }“ gibt es als Sprache nicht. Nimm eine von diesen: { $names }.
errors-no-language = Bei diesem Bot kannst du gerade keine Sprache wählen. Lass die Option leer.
errors-several-languages = Ein Film hat eine gesprochene Sprache, und du hast mehrere gewählt: { $names }.
errors-subtitles = Wähle bei den Untertiteln True oder False.
errors-no-subtitles = Dieser Bot hat gerade keine Untertitel. Lass die Option leer.
errors-tone = „{ $value }“ gibt es als Erzählton nicht. Nimm einen von diesen: { $names }.
errors-no-tone = Bei diesem Bot kannst du gerade keinen Erzählton wählen. Lass die Option leer.
errors-music = „{ $value }“ gibt es für die Musik nicht. Nimm eins von diesen: { $names }.
errors-voice = „{ $value }“ gibt es als Stimme nicht. Nimm eine von diesen: { $names }.
errors-more-models = { $models } weitere

errors-missing-permissions = Mir fehlt in diesem Kanal: { $permissions }. Bitte die Server-Verwaltung darum. { -not-charged }

errors-view-channel = Kanal anzeigen
errors-send-messages = Nachrichten senden
errors-send-messages-in-threads = Nachrichten in Threads senden
errors-embed-links = Links einbetten
errors-attach-files = Dateien anhängen
errors-read-message-history = Nachrichtenverlauf anzeigen
errors-manage-threads = Threads verwalten

errors-empty-message = Diese Nachricht hat keinen Text für einen Film. Beschreibe einen mit /movie. { -not-charged }
errors-only-in-servers = Ich funktioniere nur auf Servern, nicht per DM. { -not-charged }
errors-internal = Bei mir ist etwas schiefgegangen. { -not-charged } Bitte versuch es gleich noch einmal.
errors-restarting = Ich starte gerade neu. Versuch es in einer Minute noch einmal. { -not-charged }
errors-invalid-option = Das ist keine gültige Auswahl. Nimm etwas aus der Liste. { -not-charged }
errors-server-not-loaded = Ich lade diesen Server noch. Bitte versuch es in einer Minute noch einmal. Nichts wurde geändert.
errors-outdated = Ich wurde aktualisiert. Bitte gib den Befehl noch einmal ein. { -not-charged }
errors-order-voided = Der Start hat zu lange gedauert, deshalb habe ich abgebrochen und deine Credits erstattet. Bitte versuch es noch einmal.
errors-not-queued = Ich konnte deinen Film nicht in die Warteschlange stellen, er wird also nicht gemacht. Deine Credits werden in ein, zwei Minuten erstattet; versuch es dann noch einmal.

## forms
## Das Formular für einen Film, und die Extras eines Films in Worten.

forms-new-modal-title = Einen Film machen
forms-remix-modal-title = Film remixen
forms-edit-modal-title = Deinen Film bearbeiten

forms-prompt-label = Prompt
forms-prompt-hint = Bis zu { $characters } Zeichen. Lass es leer, und ich überrasche dich.
forms-prompt-cut-hint = Deine Nachricht wurde auf { $characters } Zeichen gekürzt.
forms-duration-label = Dauer (Sekunden)
forms-duration-hint = { $min }–{ $max }
forms-video-model-label = Videomodell
forms-video-model-placeholder = Automatisch (das beste fürs Seitenverhältnis)
forms-image-model-label = Bildmodell
forms-image-model-placeholder = Automatisch
forms-aspect-ratio-label = Seitenverhältnis

# Ein Menü für Seitenverhältnis, Untertitel, Erzählton und Sprache
forms-options-label = Seitenverhältnis und Extras
forms-options-hint = Wähle, so viele du magst, aber nur eine Sprache.
forms-default-hint = Standard: { $choice }
forms-subtitles-option = Untertitel
forms-subtitles-hint = Gesprochenes als Text einblenden
forms-language-hint = Gesprochene Sprache (wähle eine)
forms-more-modal-title = Mehr für deinen Film
forms-storyboard-label = Erst das Storyboard
forms-storyboard-hint = Du siehst die Bilder und lässt dann rendern oder stoppst.
forms-music-elevenlabs = { "ElevenLabs" }
forms-music-lyria = { "Lyria 3" }
forms-voice-any = Automatisch
forms-voice-female = { $name } (weiblich)
forms-voice-male = { $name } (männlich)
forms-voice-neutral = { $name } (neutral)
forms-pictures-label = Bilder
forms-pictures-hint = Bis zu { $most } Dateien (PNG, JPEG oder WebP), die die bisherigen ersetzen.

## gifts
## /gift: what the giver and the recipient of bonus credits read.

gifts-given = 🎁 Du hast { $member } { units-bonus-credits } geschenkt. Ich sage Bescheid.
gifts-off = Geschenke sind auf diesem Server aus. Die Server-Verwaltung kann sie mit /setup einschalten.
gifts-erasing = Es wurde nichts verschenkt: Du hast mich gebeten, deine Daten zu löschen.
gifts-paused = Es wurde nichts verschenkt: Der Betreiber des Bots hat ihn hier pausiert.
gifts-too-fast = Es wurde nichts verschenkt. Das ging schnell! Du kannst { $time } wieder etwas verschenken.
gifts-self = Du kannst dir selbst keine Credits schenken.
gifts-blocked = Du kannst keine Credits schenken, solange du gesperrt bist.
gifts-recipient-blocked = Dieses Mitglied kann gerade keine Credits bekommen.
gifts-over-bound = Es wurde nichts verschenkt: Das ist mehr, als du heute auf diesem Server noch verschenken kannst ({ units-bonus-credits }). Um Mitternacht UTC beginnt das Limit von vorn.
gifts-too-few = Es wurde nichts verschenkt. Du hast { units-bonus-credits }; dein Kontingent lässt sich nicht verschenken.

# To the recipient. $member: a mention; $place: a link to the channel
gifts-received = 🎁 { $member } hat dir am { $time } in { $place } { units-bonus-credits } geschenkt. Bonus-Credits verfallen nie.
gifts-received-here = 🎁 { $recipient }, { $member } hat dir am { $time } { units-bonus-credits } geschenkt.

## help
## /help: was der Bot tut und was dieses Mitglied hier kann. Nur das Mitglied sieht es.

help-title = Matinee macht aus Worten Filme
help-summary = Beschreib mit { $command } eine Szene, und ich mache daraus einen kurzen Film.
help-refunds = Filme kosten Credits; für fehlgeschlagene bekommst du sie zurück.
help-make-button = Film machen
help-all-button = Alles
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

help-spend = **{ $spend }.** Die Credits werden { $time } aufgefüllt.
help-bonus = { $credits ->
    [one] Davon verfällt { units-bonus-credits } nie.
   *[other] Davon verfallen { units-bonus-credits } nie.
}

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

## ideas
## Ideen für einen Film, aus drei Listen: wer, tut was, und wo.

ideas-prompt = { $where }: { $who } { $does }.

ideas-who =
    { $variant ->
        [0] Ein Fuchs mit Uhrwerk
        [1] Ein schüchterner Leuchtturmwärter
        [2] Eine winzige Astronautin
        [3] Eine alte Kapitänin
        [4] Ein Drache aus Papier
        [5] Ein neugieriger Roboter
        [6] Ein schläfriger Riese
        [7] Eine Straßenmusikerin
        [8] Ein fliegender Wal
        [9] Eine schneeweiße Eule
        [10] Ein freundliches Gespenst
        *[11] Ein junger Bäcker
    }

ideas-does =
    { $variant ->
        [0] lernt tanzen
        [1] öffnet eine geheime Tür
        [2] folgt einer Spur aus Licht
        [3] baut eine Brücke aus Musik
        [4] schließt Freundschaft mit einem Sturm
        [5] pflanzt einen leuchtenden Wald
        [6] läuft mit einer Sternschnuppe um die Wette
        [7] findet eine verlorene Melodie
        [8] bemalt den Nachthimmel
        [9] bewacht ein goldenes Ei
        [10] weckt eine schlafende Stadt
        *[11] fängt den letzten Sonnenstrahl
    }

ideas-where =
    { $variant ->
        [0] Eine Stadt über den Wolken
        [1] Der Grund des Meeres
        [2] Ein Nachtzug im Schnee
        [3] Eine endlose Bibliothek
        [4] Ein winziger Planet
        [5] Ein Jahrmarkt um Mitternacht
        [6] Ein Garten aus Glas
        [7] Ein Dach im Regen
        [8] Das Innere einer riesigen Uhr
        [9] Ein zugefrorener See im Morgengrauen
        [10] Ein schwimmender Markt
        *[11] Ein Tal unter dem doppelten Regenbogen
    }

## links
## Wo der Link eines Films in der Nachricht darüber steht

links-in-movies = Der Link ist zu lang für eine Nachricht. Wer den Film angefordert hat, findet ihn in /movies.
links-in-file = Der Link ist zu lang für eine Nachricht, deshalb steht er in der angehängten Datei.
links-unsafe = Dieser Link kann hier nicht gepostet werden. Öffne den Film im Studio.
links-watch = Ansehen
links-jump = Zur Nachricht

## log
## Änderungen der Server-Verwaltung, des Betreibers und des Bots: im Team-Kanal und als Bestätigung für die Person,
## die etwas geändert hat. Der Kanal kann öffentlich sein, deshalb steht dort kein Guthaben.

log-bot = Der Bot
log-operator = Der Betreiber des Bots
log-confirmation = ✅ { $change }

log-set-default-limit = Mitglieder bekommen jetzt standardmäßig { units-credits-monthly }.
log-set-default-limit-cleared = Für Mitglieder gilt wieder das Standard-Kontingent des Bots.
log-set-server-limit = Dieser Server darf jetzt { units-credits-monthly } ausgeben.
log-set-server-limit-cleared = Das Server-Budget wurde entfernt.
log-set-member-limit = { $subject } bekommt jetzt { units-credits-monthly }.
log-set-member-limit-cleared = Das persönliche Kontingent von { $subject } wurde entfernt.
log-set-role-limit = Alle mit { $subject } bekommen jetzt { units-credits-monthly }.
log-set-role-limit-cleared = Das Kontingent von { $subject } wurde entfernt.
log-grant = { $member } hat { units-bonus-credits } bekommen.
log-gift = Hat { $member } { units-bonus-credits } geschenkt.
log-revoke = { $credits ->
    [one] Bei { $member } wurde { units-bonus-credits } abgezogen.
   *[other] Bei { $member } wurden { units-bonus-credits } abgezogen.
}
log-block = { $member } ist gesperrt, bis die Server-Verwaltung die Sperre aufhebt. Filme in Arbeit werden noch fertig.
log-block-hours = { $member } ist für { units-hours } gesperrt. Filme in Arbeit werden noch fertig.
log-unblock = { $member } kann wieder Filme machen.
log-reset-usage = Der Verbrauch von { $member } in diesem Monat wurde zurückgesetzt.
log-reset-usage-credits = { $credits ->
    [one] Der Verbrauch von { $member } in diesem Monat wurde zurückgesetzt (es war { units-credits }).
   *[other] Der Verbrauch von { $member } in diesem Monat wurde zurückgesetzt (es waren { units-credits }).
}
# $setting: "Longest movie"; $value: "1 min"
log-setting = **{ $setting }** ist jetzt: { $value }
log-gallery-failed = Ich kann in der Galerie { $channel } nicht mehr posten. Fertige Filme erscheinen so lange dort, wo sie bestellt wurden. Prüft meine Berechtigungen dort oder wählt mit /setup eine andere Galerie.
log-movie-night-failed = Ich konnte den Filmabend in { $channel } nicht posten. Prüft meine Berechtigungen dort und eure Altersregel oder wählt mit /setup eine andere Galerie.

log-request-credits = 🙋 { $member } bittet um { units-bonus-credits }.
log-decline-credits = Die Anfrage von { $member } nach { units-bonus-credits } wurde abgelehnt.
log-cancel-queued = Die wartenden Filme von { $member } wurden abgebrochen. Erstattet: { units-credits }.
log-remove-pitch = Der Vorschlag von { $member } wurde entfernt. Erstattet: { units-credits }.
log-request-granted = ✅ Gewährt von { $manager }.
log-request-declined = ❌ Abgelehnt von { $manager }.
log-request-replaced = Das Mitglied hat inzwischen noch einmal angefragt. Nur die neuere Anfrage kann beantwortet werden.
log-request-lapsed = Diese Anfrage ist abgelaufen. Das Mitglied kann noch einmal anfragen.
log-request-not-told = Ich kann { $member } keine DM schicken. Bitte sag selbst Bescheid.
log-reason = Grund: { $reason }
log-result = Ergebnis: { $reason }

log-failures-stopped = { $member } kann diesen Monat keine Filme mehr machen, denn fehlgeschlagene haben den Bot { units-credits } gekostet. Mit /quota unblock kann die Server-Verwaltung weitere erlauben.
# A prompt that the filter stopped, for staff. $category: one of the categories below
log-prompt-refused = Ein Prompt von { $member } wurde durch die Regel „{ $rule }“ gestoppt: ||{ $prompt }||
log-prompt-refused-preset = Ein Prompt von { $member } wurde durch die Regel „{ $rule }“ gestoppt ({ $category }): ||{ $prompt }||
log-prompt-refused-operator = Ein Prompt von { $member } wurde durch eine Regel des Bot-Betreibers gestoppt: ||{ $prompt }||
log-prompt-flagged = Ein Prompt von { $member } wurde von der Moderation des Filmdienstes gestoppt ({ $category }): ||{ $prompt }||
log-time-out = { $member } kann { units-hours } lang keine Filme machen, denn heute wurden zu viele Prompts gestoppt. Mit /quota unblock kann die Server-Verwaltung das beenden.
log-category-minors = Sexuelles mit Minderjährigen
log-category-sexual = Sexuelles
log-category-gore = blutige Gewalt
log-category-slurs = herabwürdigende Beschimpfungen
log-category-self-harm = Selbstverletzung
log-category-violence = Gewalt
log-category-hate = Hass
log-category-harassment = Belästigung
log-category-illicit = illegale Handlungen
log-category-other = gegen seine Regeln
log-limit-server = Dieser Server darf höchstens { units-credits-monthly } ausgeben, egal was die Server-Verwaltung festlegt.
log-limit-server-cleared = Für diesen Server gilt wieder das übliche Limit des Bots.
log-block-server = Dieser Server kann keine Filme mehr machen. Filme in Arbeit werden noch fertig.
log-unblock-server = Dieser Server kann wieder Filme machen.
log-pause = Vorerst kann kein Server neue Filme machen. Filme in Arbeit werden noch fertig.
log-resume = Es können wieder neue Filme gemacht werden.
log-job-unknown = { $credits ->
    [one] Der Filmdienst hat einen Film von { $member } nicht bestätigt. { units-credits } bleibt reserviert, bis klar ist, was daraus wurde.
   *[other] Der Filmdienst hat einen Film von { $member } nicht bestätigt. { units-credits } bleiben reserviert, bis klar ist, was daraus wurde.
}
log-job-given-up = { $credits ->
    [one] Was aus einem Film von { $member } wurde, war nicht zu klären. Er gilt als fehlgeschlagen, und { units-credits } wurde erstattet.
   *[other] Was aus einem Film von { $member } wurde, war nicht zu klären. Er gilt als fehlgeschlagen, und { units-credits } wurden erstattet.
}
log-job-resolved = Ein Film von { $member } wurde geprüft.
log-movie-removed = Ein Film von { $member } wurde gelöscht (ID { $id }).
log-gallery-removed = Ein Film von { $member } wurde aus der Galerie genommen (ID { $id }).
log-report-dismissed = Die Meldungen eines Films von { $member } wurden verworfen (ID { $id }).
log-deletion-refused = Ein Film von { $member } wurde gelöscht (ID { $id }), aber Discord lässt mich seine Nachricht nicht löschen. Ich versuche es 30 Tage lang weiter. Du kannst sie selbst löschen: { $link }
log-deletion-given-up = Ein Film von { $member } wurde gelöscht (ID { $id }), aber auch nach 30 Tagen lässt Discord mich seine Nachricht nicht löschen. Ich versuche es nicht weiter. Bitte lösche sie selbst: { $link }
log-request-approval = Ein Film von { $member } wartet auf Freigabe ({ units-price }, ID { $id }).
log-approve-movie = Ein Film von { $member } kann starten ({ units-price }, ID { $id }).
log-decline-movie = { $credits ->
    [0] Ein Film von { $member } wurde abgelehnt (ID { $id }).
   *[other] Ein Film von { $member } für { units-credits } wurde abgelehnt und erstattet (ID { $id }).
}
log-lapse-approval = { $credits ->
    [0] Über einen Film von { $member } hat niemand rechtzeitig entschieden. Er wurde abgebrochen (ID { $id }).
   *[other] Über einen Film von { $member } für { units-credits } hat niemand rechtzeitig entschieden. Er wurde abgebrochen und erstattet (ID { $id }).
}
log-restore-backup = Eine Sicherung wurde eingespielt. Ein Film von { $member } wartet, bis der Betreiber des Bots ihn geprüft hat.

log-reason-role-deleted = die Rolle wurde gelöscht
log-reason-submission-unconfirmed = Film { $id }
log-reason-ended-as-failed = fehlgeschlagen, Credits erstattet
log-reason-request-id-found = beim Filmdienst gefunden, mit der ID { $id }
log-reason-may-be-submitted = Film { $id } wurde vielleicht schon bestellt
log-reason-may-be-sent = die Nachricht zu Film { $id } wurde vielleicht schon verschickt
log-reason-requested = das Mitglied hat darum gebeten
log-reason-not-age-restricted = die Galerie hat keine Altersbeschränkung
log-reason-staff-unreachable = ich kann nicht in den Team-Kanal schreiben, und dann starten Filme auf diesem Server trotzdem

## more
## Behind ⋯: a sentence beside each button

more-storyboard = Sieh dir das Storyboard an und entscheide.
more-refresh = Hol dir einen frischen Link.
more-scene = Mach eine Szene neu: neues Bild, neuer Clip, eine neue Version des Films.
more-rerun = Mach ihn noch einmal, mit denselben Einstellungen. Du siehst vorher den Preis.
more-dub = Synchronisiere ihn in eine andere Sprache.
more-subtitles = Füge Untertitel hinzu oder ändere sie, kostenlos.
more-film = Verbinde seine Reihe zu einem langen Film.
more-retry = Versuch es noch einmal. Du siehst vorher den Preis.
more-cancel = Brich diesen Film ab.
more-cancel-as-staff = Brich diesen Film für das Mitglied ab. Die Credits werden erstattet.
more-target = Ändere, wo du ihn bekommst.
more-remix = Mach aus seinem Prompt deinen eigenen Film. Du siehst vorher den Preis.
more-versions = Sieh dir an, welche Versionen es gibt und woraus er entstanden ist.
more-receipt = Sieh nach, was er gekostet hat.
more-studio = Öffne ihn im Studio des Filmdienstes.
more-report = Melde ihn dem Team.
more-leave-gallery = Nimm ihn aus der Galerie. Er bleibt, wo er zuerst gepostet wurde.
more-delete = Lösche diesen Film und seine Links.
more-remove = Lösche diesen Film und seine Links, als Team.
more-nothing = Mit diesem Film kannst du gerade nichts weiter tun.

## movies
## /movies: die Filme eines Mitglieds und die Ansicht eines Films. Nur wer liest, sieht sie.

movies-own-title = Deine Filme
movies-member-title = Filme von { $name } auf diesem Server
movies-unnamed-title = Filme dieses Mitglieds auf diesem Server
movies-filtered-title = { $title }: { $filter }

movies-none-all =
    Noch keine Filme. Mach deinen ersten mit /movie, zum Beispiel:
    > { -example-prompt }
movies-none-running = Kein Film in Arbeit.
movies-none-done = Noch kein Film fertig.
movies-none-not-made = Kein Film fehlgeschlagen oder abgebrochen.
movies-member-none-all = { $member } hat auf diesem Server noch keinen Film angefordert.
movies-member-none-running = { $member } hat auf diesem Server keinen Film in Arbeit.
movies-member-none-done = { $member } hat auf diesem Server noch keinen fertigen Film.
movies-member-none-not-made = { $member } hat auf diesem Server keinen fehlgeschlagenen oder abgebrochenen Film.

movies-outage = { $outage } Filme in der Warteschlange starten, sobald der Dienst sie annimmt.
movies-not-delivered = 📬 fertig, aber ich konnte ihn nicht posten: öffne ihn unten
movies-deleted = 🗑️ gelöscht
movies-elsewhere = auf einem anderen Server
movies-hidden-prompt = (dort bestellt, wo du es nicht sehen kannst)
# Members paid for it together
movies-with-others = mit anderen
movies-share-value = Dein Anteil: { units-credits }
movies-all-hint = Alle Filme, die neuesten zuerst
movies-running-hint = In der Warteschlange, im Entstehen oder in Prüfung
movies-done-hint = Bereit zum Ansehen
movies-not-made-hint = Fehlgeschlagen oder abgebrochen; der Rest ist erstattet
movies-filter-placeholder = Filtern
movies-open-placeholder = Film öffnen …
movies-newer-button = Neuere
movies-older-button = Ältere
movies-refresh-button = Aktualisieren
movies-back-button = Zurück zur Liste

movies-posted-late = Diesen konnte ich vorher nicht posten. Hier ist er.
movies-link-may-have-expired = Ich konnte keinen neuen Link bekommen, dieser ist vielleicht abgelaufen.

movies-on-hold-value = **{ units-credits }** reserviert, bis er fertig ist
movies-unknown-value = **{ units-credits }** reserviert, bis klar ist, was aus ihm wurde
movies-spent-value = **{ units-credits }** ausgegeben
movies-refunded-value = **{ units-credits }** erstattet
movies-refunded-in-part-value = **{ $cost }** für fertige Schritte ausgegeben, **{ $refunded }** erstattet
movies-left-server-value = Ein Server, auf dem ich nicht mehr bin
movies-other-server-value = Ein anderer Server
movies-deleted-value = Gelöscht: { $date }. Nachricht und Links sind weg.
movies-deleted-by-manager-value = Vom Team des Servers gelöscht: { $date }. Nachricht und Links sind weg.
movies-requested-value = Angefordert: { $date }
movies-finished-value = Fertig: { $date }
movies-finished-after-value = Fertig: { $date } (nach { $duration })
movies-ended-value = Beendet: { $date }
movies-id-footer = Film-ID { $id }
movies-by = von { $name }
movies-remixed-from = 🔀 Remix von { $movie }
movies-remixes = Remixe ({ $remixes })

movies-not-authorized = Du kannst nur deine eigenen Filme sehen. { -managers } sieht alle auf ihrem Server.
movies-not-found = Ich finde diesen Film nicht in der Liste. Mit /movies siehst du, was da ist.
movies-unknown-id = Ich finde keinen Film mit dieser ID. Drück unter der Nachricht des Films auf ⋯, um sie zu sehen.

## night
## Movie night: the weekly message with a server's best movies, and the private player that its buttons open.

night-title = Filmabend
night-recap-title = Die Woche in Filmen
night-intro = Die besten der letzten 7 Tage nach Sternen. *Alle abspielen* zeigt sie nur dir.
night-recap-week = { units-movies } diese Woche, zusammen { $spent } ausgegeben
night-recap-maker = die meisten von { $member } ({ $movies })
night-all-button = ▶ Alle abspielen

# Above a movie. $number and $total: "2 of 5"; $member: a mention
night-playing = Film { $number } von { $total }, von { $member }
night-next-button = Nächster Film
night-last = Das war der letzte.
night-over = Dieser Film kann nicht mehr abgespielt werden.

## pictures
## Filme aus eigenen Bildern eines Mitglieds

pictures-prompt = Ein Film aus meinen Bildern
pictures-count = { $pictures ->
    [one] { $pictures } Bild
   *[other] { $pictures } Bilder
}
pictures-notice = 🖼️ Der Filmdienst bekommt deine Bilder. Nimm nur Bilder, die du weitergeben darfst, und nur mit Zustimmung aller, deren Gesicht zu sehen ist.

pictures-not-offered = Bilder sind gerade nicht verfügbar.
pictures-too-many = Ein Film nimmt höchstens { $most } Bilder.
pictures-too-large = Bild { $number } ist zu groß. Jedes darf höchstens { $most } MB haben.
pictures-too-large-together = Deine Bilder sind zusammen zu groß. Alle zusammen dürfen höchstens { $most } MB haben.
pictures-not-a-picture = Datei { $number } ist kein Bild im Format PNG, JPEG oder WebP.
pictures-not-read = Discord hat Bild { $number } nicht herausgegeben. Bitte versuch es noch einmal.
pictures-with-duration = Wie lang der Film wird, hängt von den Bildern ab, und er hat kein Storyboard. Lass **duration** und **storyboard** leer.
pictures-gone = Ich behalte Bilder nur, solange ihre Bestellung offen ist, und diese sind weg. Dir wurde nichts berechnet. Gib /movie ein und füge sie noch einmal hinzu.

## pitch
## /pitch: ein Film, den Mitglieder zusammen bezahlen. Die öffentliche Nachricht, und was nur liest, wer gedrückt hat.

# The public message. $time: "in 3 days"
pitch-ended-title = Dieser Vorschlag ist beendet
pitch-progress = { $pledged } von { $price } · { $people ->
    [one] { $people } Person
   *[other] { $people } Personen
} · endet { $time }
pitch-by = vorgeschlagen von { $member }
pitch-waits-plan = Voll finanziert, aber dieser Bot kann diesen Monat keine Filme mehr machen: { -keep-trying }
pitch-waits-server = Voll finanziert, aber das Budget dieses Servers reicht dafür noch nicht: { -keep-trying }
pitch-waits-busy = Voll finanziert, aber zu viele Filme sind in Arbeit: { -keep-trying }
pitch-waits-paused = Voll finanziert, aber neue Filme pausieren gerade: { -keep-trying }
pitch-waits-member = Voll finanziert, aber der Film kann gerade nicht bestellt werden: { -keep-trying }
pitch-ended-funded = Er ist voll finanziert, und der Film ist bestellt.
pitch-ended-lapsed = Die Zeit war um, und alle Credits wurden erstattet.
pitch-ended-withdrawn = Er wurde zurückgezogen, und alle Credits wurden erstattet.
pitch-ended-removed-by-staff = Das Team dieses Servers hat ihn entfernt, und alle Credits wurden erstattet.
pitch-ended-prompt-refused = Sein Prompt verstößt gegen die Regeln dieses Servers, also wurden alle Credits erstattet.
pitch-ended-not-offered = Sein Modell oder seine Dauer gibt es hier nicht mehr, also wurden alle Credits erstattet.
pitch-ended-restored = Ich wurde aus einer Sicherung wiederhergestellt und habe ihn geschlossen; alle Credits wurden erstattet.
pitch-ended-server-left = Ich wurde von diesem Server entfernt, und alle Credits wurden erstattet.
pitch-ended-message-gone = Seine Nachricht oder sein Kanal wurde gelöscht, also wurden alle Credits erstattet.

pitch-add-button = { $credits } beisteuern
pitch-rest-button = Der Rest ({ $credits })
pitch-other-button = Anderer Betrag
pitch-back-button = Zurücknehmen
pitch-withdraw-button = Zurückziehen
pitch-remove-button = Entfernen
pitch-other-line = Steuere einen anderen Betrag bei: bis zu { $missing }.
pitch-back-line = Nimm deinen Beitrag ({ $share }) zurück, solange der Vorschlag nicht finanziert ist.
pitch-withdraw-line = Zieh deinen Vorschlag zurück: Alle Credits werden erstattet.
pitch-remove-line = Entferne ihn als Team: Sein Prompt wird ausgeblendet, und alle Credits werden erstattet.
pitch-other-modal-title = Einen anderen Betrag beisteuern
pitch-amount-label = Wie viele Credits?
pitch-amount-hint = Noch nötig: { units-credits }. Entsteht der Film nicht, bekommst du alles erstattet.

# Private answers. $share, $mine, $missing, $price, $left: amounts such as "50 credits"
pitch-pledged = Du hast { $share } beigesteuert. Insgesamt von dir: { $mine }. Noch nötig: { $missing }. Du kannst es zurücknehmen (⋯), bis der Vorschlag finanziert ist.
pitch-month-ends = 🗓️ Darin enthalten: { units-credits } aus dem Kontingent dieses Monats. Es endet { $time } mit dem Monat. Ist der Vorschlag bis dahin nicht finanziert, verfällt dieser Teil.
pitch-completed = 🎉 Mit deinem Beitrag ({ $share }) ist alles zusammen! Der Film ist bestellt. Hier siehst du, wie weit er ist.
pitch-completed-approval = 🎉 Mit deinem Beitrag ({ $share }) ist alles zusammen! Erst muss das Team dieses Servers den Film freigeben. Tut das innerhalb von 48 Stunden niemand, werden alle Credits erstattet.
pitch-completed-waiting = 🎉 Mit deinem Beitrag ({ $share }) ist alles zusammen!
pitch-taken-back = Du hast { $share } zurückgenommen. Noch nötig: { $missing }.
pitch-shortfall = Dafür brauchst du { $price }, du hast aber nur noch { $left }. { -not-charged } Steuere weniger bei oder warte: Deine Credits werden { $time } aufgefüllt.
pitch-shortfall-new = Du kannst nicht { $price } beisteuern: Du hast nur noch { $left }, also gibt es noch keinen Vorschlag. Steuere weniger bei oder warte: Deine Credits werden { $time } aufgefüllt.
pitch-too-much = Das ist mehr, als noch nötig ist: { $missing }. { -not-charged }
pitch-alone = Dieser Film kostet { $price }: Steuere weniger bei, oder mach ihn selbst mit /movie. Es gibt noch keinen Vorschlag.
pitch-complete = Dieser Vorschlag ist schon voll finanziert. Sein Film wartet auf den Start.
pitch-no-pledge = Du hast keine Credits in diesem Vorschlag.
pitch-not-yours = Nur { $member } kann diesen Vorschlag zurückziehen. Über ⋯ nimmst du deine eigenen Credits zurück.
pitch-too-many = Du hast hier schon { $pitches } offene Vorschläge, mehr gehen nicht. Zieh einen zurück oder warte, bis einer endet.
pitch-not-offered = Dafür kann nicht zusammengelegt werden. Bestell es selbst.
pitch-failing = Deine letzten { $failures } Filme mit diesem Prompt sind fehlgeschlagen, also sollen nicht andere für den nächsten zahlen. Schlag einen anderen Prompt vor, oder mach diesen Film zuerst selbst mit /movie.
pitch-voted = Du hast für diesen Vorschlag gestimmt. Stimmen sind kostenlos und ändern nur die Reihenfolge in /pitches.
pitch-voted-already = Du hast schon für diesen Vorschlag gestimmt.
pitch-unknown = Ich finde diesen Vorschlag hier nicht. Mit /pitches siehst du die offenen.
pitch-over = Dieser Vorschlag ist beendet.
pitch-handled = Das habe ich schon erledigt. Du hast { units-credits } in diesem Vorschlag.
pitch-amount-invalid = Gib eine ganze Zahl an Credits ein, zum Beispiel 25. { -not-charged }
pitch-never-fits-server = Dieser Film kostet { $price }, und das Server-Budget eines ganzen Monats ist { $left }. Schlag einen kürzeren vor.
pitch-never-fits-queue = Dieser Film kostet { $price }, aber die wartenden Filme eines Mitglieds dürfen zusammen höchstens { $left } kosten. Schlag einen kürzeren vor.
pitch-never-fits-bot = Dieser Film kostet { $price } und damit mehr, als der Bot in einem Monat ausgeben kann. Schlag einen kürzeren vor.
pitch-withdraw-question = Diesen Vorschlag zurückziehen? Alle Credits werden erstattet, und niemand kann mehr etwas beisteuern.
pitch-withdrawn = Zurückgezogen. Alle Credits werden erstattet.
pitch-remove-question = Diesen Vorschlag entfernen? Sein Prompt wird ausgeblendet, und alle Credits werden erstattet.
pitch-removed = Entfernt. Alle Credits werden erstattet.
pitch-not-posted = Discord hat deinen Vorschlag nicht bestätigt, also habe ich ihn zurückgezogen. Bitte versuch es noch einmal.

## pitches
## /pitches: the open pitches of a server.

pitches-list-title = Offene Vorschläge
pitches-empty = Gerade gibt es keine offenen Vorschläge. Starte einen mit /pitch, dann können alle hier mitmachen.
# $credits: what is still needed; $price: "600 credits"; $time: "in 3 days"
pitches-missing = { $credits ->
    [one] { $credits } von { $price } fehlt
   *[other] { $credits } von { $price } fehlen
}
pitches-complete = voll finanziert, wartet auf den Start
pitches-ends = endet { $time }
# The text of a link to the pitch
pitches-open = Öffnen
pitches-sort-placeholder = Sortieren nach
pitches-manage-placeholder = Vorschlag wählen: beisteuern, zurücknehmen …
pitches-back-button = Zurück
pitches-next-button = Weiter
pitches-page-footer = Seite { $page } von { $pages }

## pledges
## What members who chipped in for a pitch are told.

# In the channel, or by DM. $members: mentions; $pitch: a link to the pitch; $why: one of the sentences below
pledges-funded = 🎬 { $members }: [Der Vorschlag]({ $pitch }), für den du bezahlst, ist finanziert, und sein Film ist bestellt.
pledges-funded-direct = 🎬 [Der Vorschlag]({ $pitch }), für den du { units-credits } bezahlst, ist finanziert, und sein Film ist bestellt.
pledges-approval = 🎬 { $members }: [Der Vorschlag]({ $pitch }), für den du bezahlst, ist finanziert, und das Team dieses Servers hat 48 Stunden, um den Film freizugeben.
pledges-approval-direct = 🎬 [Der Vorschlag]({ $pitch }), für den du { units-credits } bezahlst, ist finanziert, und das Team des Servers hat 48 Stunden, um den Film freizugeben.
pledges-returned = ↩️ { $members }, deine Credits für [den Vorschlag]({ $pitch }) wurden erstattet{ $why }.
pledges-returned-direct = ↩️ Erstattet: { units-credits } für [den Vorschlag]({ $pitch }){ $why }.
pledges-over = 🎟️ { $members }, [dein Vorschlag]({ $pitch }) ist beendet{ $why }.
pledges-over-direct = 🎟️ [Dein Vorschlag]({ $pitch }) ist beendet{ $why }.
pledges-lapsed = 🗓️ { $members }, das Kontingent vom letzten Monat zählt für [den Vorschlag]({ $pitch }) nicht mehr: Steuere noch einmal bei, wenn du den Film weiter möchtest.
pledges-lapsed-direct = 🗓️ Das Kontingent vom letzten Monat ({ units-credits }) zählt für [den Vorschlag]({ $pitch }) nicht mehr: Steuere noch einmal bei, wenn du den Film weiter möchtest.
pledges-waiting = ⏳ { $members }: [Der Vorschlag]({ $pitch }), für den du bezahlst, ist finanziert, aber der Film kann noch nicht bestellt werden: { -keep-trying }
pledges-waiting-direct = ⏳ [Der Vorschlag]({ $pitch }), für den du { units-credits } bezahlst, ist finanziert, aber der Film kann noch nicht bestellt werden: { -keep-trying }
pledges-made = 🎬 { $members }, der Film [des Vorschlags]({ $pitch }), für den du bezahlt hast, ist fertig: Du findest ihn unter /movies.
pledges-made-direct = 🎬 Der Film [des Vorschlags]({ $pitch }), für den du { units-credits } bezahlt hast, ist fertig: Du findest ihn unter /movies.

# Why credits came back
pledges-why-lapsed = die Zeit war um
pledges-why-withdrawn = er wurde zurückgezogen
pledges-why-removed-by-staff = das Team des Servers hat ihn entfernt
pledges-why-prompt-refused = sein Prompt verstößt gegen die Regeln des Servers
pledges-why-not-offered = sein Modell oder seine Dauer gibt es nicht mehr
pledges-why-restored = der Bot wurde aus einer Sicherung wiederhergestellt
pledges-why-server-left = ich wurde von diesem Server entfernt
pledges-why-message-gone = die Nachricht oder der Kanal wurde gelöscht
pledges-why-job-ended = der Film ist nicht entstanden
pledges-why-job-ended-late = der Film ist nicht entstanden, und der Monat der Zahlung ist vorbei, deshalb gibt es Bonus-Credits

# A movie that was canceled after it began. $spent, $refunded: credits of the member's share
pledges-charged = ↩️ { $members }, der Film [des Vorschlags]({ $pitch }) wurde abgebrochen: Eure Anteile haben die fertigen Schritte bezahlt, und was übrig blieb, wurde erstattet.
pledges-charged-direct = ↩️ Der Film [des Vorschlags]({ $pitch }) wurde abgebrochen; die fertigen Schritte haben dich { $spent } gekostet, erstattet: { $refunded }.

# In the message of the movie. $names: a list of mentions
pledges-paid-by = Bezahlt von { $names }.
pledges-paid-by-more = { $more ->
    [one] Bezahlt von { $names } und { $more } weiteren Mitglied.
   *[other] Bezahlt von { $names } und { $more } weiteren Mitgliedern.
}
pledges-paid-by-unnamed = { $more ->
    [one] Bezahlt von { $more } Mitglied.
   *[other] Bezahlt von { $more } Mitgliedern.
}

# The credits of a movie that members paid for together. $cost, $price: all shares, such as "200 credits"
pledges-cost = { "**" }{ $cost }** gemeinsam ausgegeben
pledges-refunded = Alle haben ihre Credits zurück.
pledges-refunded-bonus = Alle haben ihre Credits zurück, und zwar als Bonus-Credits, denn der Monat der Zahlung ist vorbei.
pledges-cost-in-part = Alle haben ihren Anteil an **{ $cost }** bezahlt und den Rest zurückbekommen.
pledges-cancelled = Abgebrochen. Alle haben ihre Credits zurück.
pledges-ended = Er ist schon beendet. Alle haben ihre Credits zurück.
pledges-failed = { $member }, der Film, den du vorgeschlagen hast, ist fehlgeschlagen.
pledges-not-started = { $member }, der Film, den du vorgeschlagen hast, wurde nicht gestartet.
pledges-not-cancellable = Ein gemeinsam bezahlter Film kann nicht mehr abgebrochen werden, wenn er schon entsteht. Ich poste ihn im Kanal, wenn er fertig ist.
pledges-to-channel = Ein gemeinsam bezahlter Film wird immer im Kanal gepostet.

## preferences
## /preferences: Voreinstellungen eines Mitglieds und wohin fertige Filme kommen. Nur es selbst sieht sie.

preferences-title = Deine Voreinstellungen
preferences-intro = /movie nimmt deine letzte Auswahl, solange du nichts anderes angibst.
preferences-empty = Noch keine Voreinstellungen. Wähle hier welche, oder ich merke mir die deines nächsten Films.
preferences-cost = Ein Film von { $duration } kostet **{ $price }** ({ $rate }).
preferences-footer = Gilt auf allen Servern.

preferences-video-model = Videomodell: { $choice }
preferences-image-model = Bildmodell: { $choice }
preferences-seconds = Dauer: { $choice }
preferences-aspect-ratio = Seitenverhältnis: { $choice }
preferences-language = Sprache: { $choice }
preferences-subtitles = Untertitel: { $choice }
preferences-tone = Erzählton: { $choice }
preferences-music = Musik: { $choice }
preferences-voice = Stimme: { $choice }

# Wie es zu dieser Auswahl kam
preferences-unsupported-default = { $choice } kann dieses Seitenverhältnis nicht, daher gilt der Standard: **{ $other }**
preferences-unavailable-default = { $choice } ist nicht mehr verfügbar, daher gilt der Standard: **{ $other }**

preferences-video-model-placeholder = Videomodell
preferences-image-model-placeholder = Bildmodell
preferences-seconds-placeholder = Dauer
preferences-aspect-ratio-placeholder = Seitenverhältnis
preferences-language-placeholder = Sprache
preferences-subtitles-placeholder = Untertitel
preferences-tone-placeholder = Erzählton
preferences-music-placeholder = Musik
preferences-voice-placeholder = Stimme

# Die erste Option jedes Menüs, die zum Standard zurückführt
preferences-video-model-option = Videomodell: automatisch (das beste fürs Seitenverhältnis)
preferences-image-model-option = Bildmodell: automatisch
preferences-seconds-option = Dauer: { $choice } (Standard)
preferences-aspect-ratio-option = Seitenverhältnis: { $choice } (Standard)
preferences-language-option = Sprache: { $choice } (Standard)
preferences-subtitles-option = Untertitel: { $choice } (Standard)
preferences-tone-option = Erzählton: { $choice } (Standard)
preferences-music-option = Musik: { $choice } (Standard)
preferences-voice-option = Stimme: { $choice } (Standard)

preferences-off-option = Aus
preferences-on-option = An

preferences-channel-value = Fertige Filme kommen in den Kanal, in dem du sie bestellt hast; ich erwähne dich dort.
preferences-direct-value = Fertige Filme kommen per DM, oder in den Kanal, wenn deine DMs geschlossen sind.

preferences-channel-button = Im Kanal
preferences-dm-button = Per DM
preferences-unlist-button = Nicht zeigen
preferences-list-button = Zeigen
preferences-listed-value = Sterne können deine Filme in eine Galerie bringen, und du kannst in /top sein.
preferences-unlisted-value = Sterne bringen deine Filme in keine Galerie und keinen Filmabend, und du bist nicht in /top.
preferences-unlisted = Ab jetzt bringen Sterne deine Filme in keine Galerie und keinen Filmabend, und du bist nicht in /top.
preferences-storyboard-value = Deine Filme beginnen mit einem Storyboard: Du siehst die Bilder, bevor das Video bezahlt wird.
preferences-no-storyboard-value = Deine Filme werden in einem Zug gemacht, ohne Storyboard.
preferences-storyboard-button = Erst Storyboard
preferences-no-storyboard-button = In einem Zug
preferences-listed = Sterne können deine Filme jetzt in eine Galerie bringen, und du kannst in /top erscheinen.
preferences-reset-button = Zurücksetzen
preferences-extras-button = Ändern
preferences-back-button = Zurück

preferences-not-offered = Das ist nicht mehr verfügbar. Wähle unten etwas anderes.
preferences-dropped-aspect-ratio = { $model } kann kein { $dropped }, daher habe ich auf { $choice } umgestellt.
preferences-dropped-model = { $model } kann kein { $choice }, daher habe ich auf das beste Modell dafür umgestellt.
preferences-channel-set = Ab deinem nächsten Film poste ich fertige Filme im Kanal.
preferences-dm-set = Ab deinem nächsten Film schicke ich dir fertige Filme per DM.
preferences-reset = Deine Voreinstellungen sind zurückgesetzt.

## privacy
## /privacy, und was von Filmen bleibt, deren Text gelöscht wurde

privacy-prompt-gone = (Prompt gelöscht)
privacy-link-gone = Der Link zu diesem Film wurde gelöscht.
privacy-not-again = Der Prompt dieses Films wurde gelöscht, deshalb kann ich ihn nicht noch einmal machen. Mach mit /movie einen neuen. { -not-charged }
privacy-unnamed = ein Mitglied, das seine Daten gelöscht hat

privacy-title = Deine Daten
privacy-about = Ich speichere deine ID, deine Filme und Vorschläge mit Prompts und Links, deinen Namen zum Zeitpunkt der Bestellung, deine Credits und jede Änderung daran, deine Auswahl in /preferences, bei welchen Filmen du benachrichtigt werden willst, für welche Vorschläge du gestimmt hast, welchen Filmen du einen Stern gegeben oder welche du gemeldet hast (und warum), und den Anfang von Prompts, die die Regeln eines Servers gestoppt haben. Andere Nachrichten von dir speichere ich nicht, außer jemand macht einen Film daraus. Prompts gehen an den Filmdienst.
privacy-moderation = Bevor ich einen Film bestelle oder seinen Preis zeige, prüft der Filmdienst den Prompt. Von Prompts, die er nicht annimmt, speichere ich den Anfang.
privacy-pictures = Bilder, aus denen du einen Film machst, gehen an den Filmdienst. Ich behalte sie nur, bis er sie hat oder die Bestellung endet.
privacy-kept-field = Wie lange
privacy-kept-value =
    { $days ->
        [one] { $days } Tag
       *[other] { $days } Tage
    } nach dem Ende eines Films oder Vorschlags lösche ich seinen Prompt, die Links und deinen Namen. Deine ID und deine Credits bleiben, bis du sie löschst oder bis 30 Tage nachdem ich von einem Server entfernt wurde.
privacy-kept-always-value = Bis du sie löschst oder bis 30 Tage nachdem ich von einem Server entfernt wurde.
privacy-elsewhere-field = Das kann ich nicht löschen
privacy-elsewhere-value = Nachrichten, die schon in Discord stehen, außer denen zu deinen Filmen, wenn du sie mitlöschst, und was der Filmdienst speichert.
privacy-now-value = Im Moment: { units-movies }, deine Credits samt Verlauf und deine Voreinstellungen.
privacy-nothing = Über dich ist nichts gespeichert.
privacy-export-button = Exportieren
privacy-erase-button = Meine Daten löschen
privacy-policy-button = Datenschutzerklärung
privacy-terms-button = Nutzungsbedingungen
privacy-export-ready = Alles, was ich über dich speichere: JSON für Programme, CSV für Tabellen.
privacy-export-too-large = Das ist zu viel für eine Discord-Nachricht. Frag den Betreiber des Bots nach deinem Export.
privacy-question-title = Deine Daten auf allen Servern löschen? Das lässt sich nicht rückgängig machen.
privacy-question-what = Deine Filme, Links, Belege und Voreinstellungen sind dann weg. Deine offenen Vorschläge werden zurückgezogen, und was du zu denen anderer beigesteuert hast, wird erstattet.
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

## prompts
## Die Knöpfe für einen Prompt unter seinem Preis, und Worte, die ihn verbessern.

prompts-surprise-button = Überrasch mich
prompts-improve-button = Prompt verbessern
prompts-back-button = Zurück zu meinem Prompt
prompts-style-placeholder = Stil wählen
prompts-no-style-option = Kein Stil

prompts-no-room = Es ist kein Platz für mehr Wörter: Ein Prompt hat bis zu { $characters } Zeichen. Kürze deinen zuerst.
prompts-style-gone = Diesen Stil gibt es nicht mehr. Wähle einen anderen.

prompts-next-sentence = { $last } { $added }
prompts-end-and-next-sentence = { $last }. { $added }
prompts-list = { $words }, { $next }
prompts-sentence = { $words }.

prompts-shot =
    { $variant ->
        [0] Weite Totale
        [1] Intime Nahaufnahme
        [2] Aufnahme aus der Froschperspektive
        [3] Blick aus der Vogelperspektive
        [4] Blick über die Schulter
        *[5] Symmetrischer Bildaufbau
    }

prompts-light =
    { $variant ->
        [0] goldenes Abendlicht
        [1] weicher Morgennebel
        [2] kühles Mondlicht
        [3] warmes Lampenlicht
        [4] dramatisches Gegenlicht
        *[5] Sonne durch Blätter
    }

prompts-camera =
    { $variant ->
        [0] langsame Kamerafahrt nach vorn
        [1] ruhige Parallelfahrt
        [2] sanfte Handkamera
        [3] aufsteigende Kranfahrt
        [4] langsame Kreisfahrt ums Motiv
        *[5] geringe Schärfentiefe
    }

prompts-mood =
    { $variant ->
        [0] verträumte Stimmung
        [1] stilles Staunen
        [2] verspielte Energie
        [3] nostalgische Wärme
        [4] gespannte Erwartung
        *[5] epische Größe
    }

## quota
## /quota: Limits eines Servers oder Mitglieds und Ablehnungen. Nur wer gefragt hat, sieht es.

quota-server-title = Limits dieses Servers
quota-each-member-field = Standard-Kontingent
quota-server-field = Server-Budget
quota-staff-channel-field = Team-Kanal
quota-roles-field = Rollen
quota-members-field = Mitglieder
quota-blocked-field = Gesperrt

quota-budget-used = { $bar } · **{ $credits } von { $limit }** verbraucht
quota-budget-failed = { $used }, davon { $credits } für fehlgeschlagene Filme

quota-bot-default = { units-credits-monthly } (Standard des Bots)
quota-set-by-operator = { units-credits-monthly } (vom Betreiber des Bots festgelegt)
quota-unlimited = unbegrenzt (bis zum Tarif des Bots)
quota-no-channel = keiner (wähle einen mit /setup)
quota-channel-failed = ⚠️ Dort konnte ich { $time } nicht schreiben. Prüf meine Berechtigungen und lege den Kanal noch einmal fest.
quota-limit-line = { $name }: { units-credits-monthly }
quota-block-line = { $name }: { $block }

quota-blocked-until = bis { $time }
quota-blocked = bis zur Entsperrung
quota-blocked-everywhere = auf allen Servern, bis der Betreiber des Bots die Sperre aufhebt
quota-blocked-everywhere-until = auf allen Servern bis { $time }, durch den Betreiber des Bots
quota-timed-out-until = bis { $time }, durch den Prompt-Filter
quota-block-with-reason = { $block } ({ $reason })

quota-change-modal-title = Credits von { $name }
quota-grant-label = Bonus-Credits geben
quota-grant-hint = Jetzt { $credits }. Leer: keine Änderung
quota-allowance-label = Monatliches Kontingent
quota-allowance-hint = Jetzt { units-credits-monthly }. Leer: keine Änderung
quota-hours-label = Für wie viele Stunden sperren?
quota-hours-hint = Leer: keine Änderung. Sperre ohne Ende: /quota block
quota-reason-label = Grund
quota-reason-hint = Optional. Er steht im Protokoll, und wer gesperrt ist, liest ihn.
quota-nothing-changed = Alle Felder waren leer, also hat sich nichts geändert.

quota-operator-limits-server = Der Betreiber des Bots erlaubt diesem Server { units-credits-monthly }, mehr geht also nicht.
quota-operator-blocks-member = Filme machen kann dieses Mitglied trotzdem noch nicht, denn der Betreiber des Bots hat es auf allen Servern gesperrt.

quota-not-allowed = Dafür brauchst du die Berechtigung **Server verwalten**.
quota-bad-credits = **credits** muss eine ganze Zahl von { $min } bis { $max } sein (eingegeben: { $given }).
quota-bad-hours = **hours** muss eine ganze Zahl von { $min } bis { $max } sein (eingegeben: { $given }).
quota-reason-required = **reason** darf nicht leer sein.
quota-reason-too-long = **reason** ist zu lang ({ $characters } Zeichen, höchstens { $max }).
quota-bad-month = „{ $given }“ ist kein gültiger Monat. Schreib ihn als JJJJ-MM, z. B. 2026-11.
quota-bot-member = { $member } ist ein Bot. Bots können keine Filme machen.
quota-not-a-member = { $member } ist nicht mehr auf diesem Server.
quota-role-deleted = { $role } gibt es nicht mehr.
quota-everyone = Für @everyone gibt es /quota default.
quota-no-bonus = { $member } hat keine Bonus-Credits, die du abziehen könntest.
quota-too-little-bonus = Bei { $member } kannst du höchstens { units-bonus-credits } abziehen (der Rest ist verbraucht oder reserviert).
quota-not-blocked-member = { $member } ist nicht gesperrt.
quota-nothing-to-reset = { $member } hat vom Kontingent dieses Monats noch nichts verbraucht.

quota-current-default = Mitglieder bekommen standardmäßig { units-credits-monthly }.
quota-current-bot-default = Mitglieder bekommen standardmäßig { units-credits-monthly } (vom Bot vorgegeben).
quota-current-server = Dieser Server darf { units-credits-monthly } ausgeben.
quota-current-server-operator = Dieser Server darf { units-credits-monthly } ausgeben (vom Betreiber des Bots festgelegt).
quota-current-server-unlimited = Dieser Server hat kein eigenes Budget. Er darf so viel ausgeben, wie der Tarif des Bots erlaubt.
quota-current-member = { $member } bekommt { units-credits-monthly } ({ $source }).
quota-current-role = Alle mit { $role } bekommen { units-credits-monthly }.
quota-current-role-none = { $role } hat kein eigenes Kontingent.
quota-how-to-set = Um das zu ändern, nutze den Befehl noch einmal mit **{ $option }**.
quota-how-to-change = Um das zu ändern, nutze den Befehl noch einmal mit **{ $option }**. Entfernen kannst du es mit /quota clear { $what }.

quota-default-not-set = Hier ist kein eigener Standard festgelegt. Für alle Mitglieder gilt schon der Standard des Bots.
quota-server-not-set = Dieser Server hat kein eigenes Budget.
quota-member-not-set = { $member } hat kein persönliches Kontingent.

quota-queued = { $movies ->
    [one] Dieses Mitglied hat noch 1 Film in der Warteschlange.
   *[other] Dieses Mitglied hat noch { $movies } Filme in der Warteschlange.
}
quota-cancel-queued-button = Abbrechen und erstatten
quota-queued-cancelled = { $movies ->
    [one] 1 Film abgebrochen und erstattet. Filme in Arbeit werden fertig.
   *[other] { $movies } Filme abgebrochen und erstattet. Filme in Arbeit werden fertig.
}
quota-none-queued = Dieses Mitglied hat nichts mehr in der Warteschlange. Es wurde nichts abgebrochen.

## quotes
## Der Preis eines Films vor der Bestellung, und was daraus wurde. Nur sein Mitglied sieht ihn.

quotes-price = **{ units-credits }** für { $duration }
quotes-starter = 🎁 Dein erster Film geht aufs Haus: Seine Credits werden erstattet, sobald er fertig ist.
quotes-price-at-most = **Bis zu { units-credits }** für { $duration }: Du zahlst, was es wirklich kostet
quotes-storyboard = 🖼️ Erst das Storyboard: **{ $now }** fürs Zeichnen, weitere **{ $later }**, wenn du es rendern lässt. Bis dahin ist alles reserviert.
quotes-resets = Credits werden { $time } aufgefüllt

quotes-last-model = ⚠️ Dein letztes Modell, { $model }, kostet { $rate }; { $other } kostet { $other_rate }.
quotes-raised = ⚠️ { $model } ist teurer geworden und kostet jetzt { $rate }.

quotes-failing = ⚠️ Deine letzten { $failures } Filme mit diesem Prompt sind fehlgeschlagen. Versuch es mit einem anderen.

# Vorschläge für die Dauer beim Tippen
quotes-leaves = danach { $after }
quotes-missing = { $credits } zu wenig

quotes-accept-button = Machen ({ $credits })
quotes-accept-free-button = Machen
quotes-accept-at-most-button = Machen (bis { $credits })
quotes-storyboard-button = Zeichnen ({ $now } + { $later })
quotes-edit-button = Bearbeiten
quotes-cancel-button = Abbrechen
quotes-shorter-button = { $duration } machen ({ $credits })
quotes-with-model = { $duration } mit { $model }
quotes-ideas-button = Ideen
quotes-more-button = Mehr…
quotes-back-button = Dauer und Modell

quotes-accepted = Wird gemacht! Unten kannst du zusehen.
quotes-cancelled = Abgebrochen. Dir wurde nichts berechnet.
quotes-not-accepted = Discord hatte einen Aussetzer: Nichts wurde bestellt oder berechnet. Versuch es bitte noch einmal.

quotes-already-ordered = Das hast du schon bestellt.
quotes-already-ordered-there = Das hast du schon bestellt: { $link }
quotes-replaced = Diesen Auftrag hast du geändert, vorgeschlagen oder abgebrochen. Dir wurde nichts berechnet.
quotes-expired = Dieser Preis gilt nicht mehr. Dir wurde nichts berechnet. Fang bitte noch einmal an.

## reasons
## Warum ein Film ohne Ergebnis endete, wie es das Mitglied liest.

reasons-upstream-failed = Der Filmdienst konnte diesen Film nicht fertigstellen.
reasons-upstream-lost-job = Der Filmdienst hat diesen Film verloren.
reasons-request-rejected = Der Filmdienst hat diese Anfrage abgelehnt.
reasons-authentication-failed = Der Bot kann sich nicht beim Filmdienst anmelden. { -operator-notified } Bitte versuch es später noch einmal.
reasons-model-refused = Der Filmdienst nimmt dieses Modell gerade nicht an, wähle also ein anderes. { -operator-notified }
reasons-wrong-api = Der Filmdienst hat sich geändert, deshalb muss dieser Bot erst angepasst werden. { -operator-notified } Bitte versuch es später noch einmal.
reasons-credits-ran-out = Während dein Film in Arbeit war, sind dem Bot die Credits beim Filmdienst ausgegangen. Das lag nicht an dir. { -operator-notified } Bitte versuch es später noch einmal.
reasons-key-limit-reached = Dieser Bot hat sein Monatslimit beim Filmdienst erreicht. { -operator-notified } Bitte versuch es später noch einmal.
reasons-plan-exhausted = Dieser Bot hat beim Filmdienst keine Credits mehr. { -operator-notified } Bitte versuch es später noch einmal.
reasons-rate-limited = Der Filmdienst ist gerade ausgelastet. Versuch es in ein paar Minuten noch einmal.
reasons-unreachable = Der Filmdienst war eine Stunde lang nicht erreichbar. Bitte versuch es später noch einmal.
reasons-resolved-by-operator = Der Filmdienst hat diesen Film nie bestätigt, deshalb hat der Betreiber des Bots ihn als fehlgeschlagen markiert.
reasons-stayed-unknown = Was aus diesem Film wurde, war nicht zu klären. Ich warte nicht länger und habe ihn als fehlgeschlagen markiert.
reasons-response-failed = Discord hat deinen Befehl nicht rechtzeitig bestätigt, deshalb wurde der Film nie gestartet.
reasons-cancelled-by-member = Vor dem Start abgebrochen.
reasons-cancelled-by-staff = Vom Team des Servers vor dem Start abgebrochen.
reasons-cancelled-in-part = Abgebrochen, während er in Arbeit war. Nur die fertigen Schritte wurden berechnet.
reasons-declined = Das Team dieses Servers hat ihn abgelehnt.
reasons-declined-because = Das Team dieses Servers hat ihn abgelehnt: „{ $reason }“
reasons-approval-lapsed = Das Team dieses Servers hat ihn nicht innerhalb von 48 Stunden freigegeben.
reasons-server-left = Ich wurde vom Server entfernt, bevor sein Team darüber entschieden hat.
reasons-not-offered = Als er freigegeben wurde, gab es dieses Modell oder diese Dauer nicht mehr.
reasons-stopped = Beim Storyboard gestoppt. Nur das Storyboard wurde berechnet.
reasons-undecided = Über das Storyboard wurde nicht innerhalb von 48 Stunden entschieden. Nur das Storyboard wurde berechnet.
reasons-source-gone = Der Film, aus dem er entstehen sollte, wurde entfernt, bevor ich ihn senden konnte. Es wurde nichts berechnet.

reasons-with-message = { $sentence } Seine Antwort: „{ $message }“

## refusals
## Warum ein Auftrag abgelehnt wird und was das Mitglied tun kann

refusals-not-charged = { -not-charged }
refusals-paused = Der Betreiber des Bots hat neue Filme angehalten. { -in-progress-finish }
refusals-server-blocked = Der Betreiber des Bots hat neue Filme hier gestoppt. { -in-progress-finish }
refusals-erasing = Du hast mich gebeten, deine Daten zu löschen. Sobald das erledigt ist, kannst du wieder bestellen.
refusals-open-movies = Du hast schon { units-movies } in Arbeit, die wartenden mitgezählt; mehr sind pro Mitglied nicht möglich. Bestell den nächsten, wenn einer fertig ist.
refusals-server-open-movies = Dieser Server hat schon { units-movies } in Arbeit, die wartenden mitgezählt; mehr sind pro Server nicht möglich. Versuch es wieder, wenn einige fertig sind.
refusals-cooling-down = Du hast mehrmals hintereinander Filme abgebrochen oder Credits zurückgenommen. Du kannst { $time } wieder bestellen und beisteuern.
refusals-failures = Deine fehlgeschlagenen Filme haben diesen Bot diesen Monat zu viel gekostet. Du kannst { $time } wieder bestellen, oder früher, wenn die Verwaltung des Servers, auf dem sie fehlgeschlagen sind, `/quota unblock` nutzt.
refusals-too-fast = Das ging schnell! Du kannst { $time } wieder bestellen. { -not-charged }
refusals-too-many-commands = Das waren viele Befehle! Du kannst { $time } wieder einen verwenden.

refusals-member-credits = Dieser Film kostet **{ $price }**; bis { $date } hast du noch **{ $left }**.
refusals-server-credits = Dieser Film kostet **{ $price }**; bis { $date } hat dieser Server noch **{ $left }**.
refusals-bot-credits = Dieser Bot kann diesen Film bis { $date } nicht machen.
refusals-queue-full = Dieser Film kostet **{ $price }**; deine Filme in der Warteschlange dürfen gerade höchstens **{ $left }** mehr kosten.

refusals-blocked = Die Server-Verwaltung hat dich bis auf Weiteres gesperrt.
refusals-blocked-until = Die Server-Verwaltung hat dich bis { $time } gesperrt.
refusals-blocked-everywhere = Der Betreiber des Bots hat dich bis auf Weiteres gesperrt.
refusals-blocked-everywhere-until = Der Betreiber des Bots hat dich bis { $time } gesperrt.
refusals-timed-out-until = Deine Prompts haben zu oft gegen die Regeln dieses Servers verstoßen, deshalb kannst du hier bis { $time } keine Filme machen.
refusals-reason = Grund: { $reason }
refusals-in-progress-finish = { -in-progress-finish } { -not-charged }

refusals-server-not-allowed = Dieser Bot macht keine Filme für diesen Server. Frag seinen Betreiber, wenn du ihn hier haben möchtest.
refusals-may-not-post = Du kannst in diesem Kanal keine Nachrichten senden, also hier auch keine Filme bestellen.
refusals-button-timed-out = Du hast auf diesem Server gerade einen Timeout und kannst diesen Button deshalb nicht benutzen. Versuch es { $time } noch einmal.
refusals-not-own-message = Du kannst nur deine eigenen Nachrichten zu Filmen machen. Beschreibe stattdessen einen mit /movie. { -not-charged }
refusals-menu-off = Dieser Server hat Filme aus Nachrichten abgeschaltet. Beschreibe stattdessen einen mit /movie. { -not-charged }

# The server's setup: $channels and $roles are lists of mentions
refusals-channel = Filme kannst du hier in { $channels } machen.
refusals-channel-deleted = Die Kanäle für Filme gibt es nicht mehr. Bitte die Server-Verwaltung, mit /setup andere zu wählen.
refusals-age = Filme können hier nur in Kanälen mit Altersbeschränkung gemacht werden.
refusals-role = Um hier Filme zu machen, brauchst du eine dieser Rollen: { $roles }.
refusals-role-deleted = Die Rollen, die hier Filme machen durften, gibt es nicht mehr. Bitte die Server-Verwaltung, mit /setup andere zu wählen.
refusals-no-model = Keines der Modelle, die dieser Server erlaubt, ist gerade verfügbar. Bitte die Server-Verwaltung, mit /setup andere zu erlauben.

# The prompt filter. Nothing says which rule it was. $time: "in 24 hours"
refusals-prompt = Dein Prompt verstößt gegen die Regeln dieses Servers. Ändere ihn, oder frag die Server-Verwaltung, wenn das ein Irrtum ist.
refusals-prompt-by-bot = Wörter von mir verstoßen gegen die Regeln dieses Servers. Nimm nur deine eigenen.
refusals-prompt-last-one = Noch einer davon heute, und du kannst hier { units-hours } lang keine Filme machen.
refusals-prompt-timed-out = Das war heute einer zu viel. Du kannst hier { $time } wieder Filme machen.
refusals-prompt-flagged = Der Filmdienst nimmt diesen Prompt nicht an ({ $category }). Ändere ihn, oder schreib einen anderen.
refusals-pictures-flagged = Der Filmdienst nimmt diesen Prompt oder diese Bilder nicht an ({ $category }). Ändere den Prompt oder nimm andere Bilder.

# Wofür die übrigen Credits reichen

refusals-not-staff = Das kann nur das Team dieses Servers.

## report
## /quota report: die Zahlen eines Monats und das Diagramm. Nur wer gefragt hat, sieht es.

report-title = Bericht für { $month }
report-movies = { "**" }{ units-movies }** fertig · **{ $running_movies }** in Arbeit · **{ units-credits }** ausgegeben
report-facts = Reserviert: { $held_credits } · Erstattet: { $refunded_credits } · Bonus-Credits vergeben: { $granted_credits }
report-members-field = Höchster Verbrauch
report-models-field = Modelle
report-failures-field = Fehlgeschlagene Filme
report-lost-value = Verloren: { units-credits }. Der Filmdienst erstattet fehlgeschlagene Filme nicht; die Mitglieder haben alles zurückbekommen.
report-mismatches-value = ⚠️ { $mismatches ->
    [one] { $mismatches } Abweichung in der Abrechnung gefunden.
   *[other] { $mismatches } Abweichungen in der Abrechnung gefunden.
} Bitte den Betreiber des Bots um eine Prüfung (audit).
report-updated-footer = Die Zahlen können bis zu eine Minute alt sein

report-share = { $name }: { $credits } ({ units-movies })
report-failure = { $reason }: { units-movies } ({ $refunded_credits } erstattet)
report-failure-lost = { $reason }: { units-movies } ({ $refunded_credits } erstattet, { $lost_credits } nicht zurückbekommen)

report-in-line = Ein paar andere Berichte sind zuerst dran. Deiner erscheint gleich hier.
report-too-many = Hier wurden gerade mehrere Berichte erstellt. Den nächsten bekommst du { $time }.

report-service-failed = Beim Filmdienst fehlgeschlagen
report-service-lost = Vom Filmdienst verloren
report-rejected = Vom Filmdienst abgelehnt
report-key-rejected = Der Bot konnte sich beim Filmdienst nicht anmelden
report-model-refused = Der Filmdienst hat das Modell nicht angenommen
report-wrong-version = Der Bot ist nicht für diese Version des Filmdienstes eingerichtet
report-credits-ran-out = Dem Bot gingen unterwegs die Credits beim Filmdienst aus
report-key-limit = Der Bot hat sein Monatslimit beim Filmdienst erreicht
report-plan-exhausted = Der Bot hatte beim Filmdienst keine Credits mehr
report-service-busy = Der Filmdienst war überlastet
report-unreachable = Der Filmdienst war nicht erreichbar
report-not-confirmed = Discord hat den Befehl nicht bestätigt
report-cancelled = Vom Mitglied abgebrochen
report-declined = Vom Team abgelehnt
report-approval-lapsed = Nicht rechtzeitig freigegeben
report-not-offered = Nicht mehr verfügbar
report-closed-by-operator = Vom Betreiber des Bots als fehlgeschlagen markiert
report-stayed-unknown = Auch nach langer Zeit ungeklärt

report-chart-title = Credits pro Tag, { $month }
report-chart-spent = für Filme ausgegeben
report-chart-lost = durch fehlgeschlagene Filme verloren
report-chart-held = für Filme in Arbeit reserviert
report-chart-refunded = erstattet
report-chart-empty = Keine Filme in diesem Monat
report-chart-description = Balkendiagramm der Credits pro Tag, { $month }, gestapelt nach Ausgang: { units-credits } ausgegeben, { $lost_credits } durch fehlgeschlagene Filme verloren, { $held_credits } reserviert, { $refunded_credits } erstattet.
report-chart-peak = Am meisten wurde am { $date } ausgegeben: { units-credits }.

## reported
## Reported movies: the modal and what its member reads, and the message in the staff channel.

reported-report-button = Melden
reported-report-modal-title = Diesen Film melden
reported-reason-label = Was stimmt damit nicht?
reported-reason-hint = Optional. Das Team des Servers kann es lesen, sieht aber nicht, von wem es ist.
reported-saved = Danke. Das Team des Servers sieht es sich an.
reported-no-channel = Danke, ich habe deine Meldung gespeichert. Das Team dieses Servers erreiche ich gerade nicht, also sag bitte auch der Server-Verwaltung Bescheid.
reported-reviewed = Danke. Das Team des Servers hat sich diesen Film schon einmal angesehen und ihn behalten. Es sieht, dass er noch einmal gemeldet wurde.
reported-repeated = Das hast du schon gemeldet.
reported-too-many = Du hast heute schon viele Filme gemeldet. Sag bitte der Server-Verwaltung Bescheid.
reported-own = Das ist dein eigener Film. Wenn du ihn hier nicht mehr haben willst, drück auf ⋯ und dann auf „Löschen“.

reported-title = { $reports ->
    [one] 🚩 Ein Film wurde gemeldet
   *[other] 🚩 Ein Film wurde { $reports }-mal gemeldet
}
reported-remove-button = Film löschen
reported-dismiss-button = Verwerfen
reported-removed = Gelöscht von { $staff }.
reported-removed-by-requester = Gelöscht vom Mitglied, das ihn angefordert hat.
reported-dismissed = Verworfen von { $staff }. Der Film bleibt.
reported-blocked = { $staff } hat { $member } für neue Filme gesperrt.

reported-own-decision = Über Meldungen deines eigenen Films entscheiden andere aus dem Team. Wenn du ihn hier nicht mehr haben willst, drück darunter auf ⋯ und dann auf „Löschen“.
reported-unknown = Ich finde diese Meldung nicht mehr.

## requests
## Anfragen nach mehr Credits: der Button, die Antworten, die nur eine Person liest, und die DM an das Mitglied.

requests-ask-button = Mehr anfragen
requests-ask-managers = Brauchst du mehr? Die Server-Verwaltung kann dir Bonus-Credits geben.
requests-sent = Ich habe bei der Server-Verwaltung { units-bonus-credits } für dich angefragt. Die Antwort bekommst du per DM.
requests-asked-today = Du hast heute schon angefragt. Wieder möglich: { $time }.
requests-enough = Deine Credits reichen dafür inzwischen, deshalb habe ich nicht angefragt.
requests-no-channel = Von hier aus erreiche ich die Server-Verwaltung nicht. Frag dort bitte selbst nach.
requests-no-help = Ich habe nicht angefragt, weil mehr Credits gerade nicht helfen: So viel darf dieser Server diesen Monat nicht mehr ausgeben.

requests-grant-button = { $credits } gewähren
requests-decline-button = Ablehnen

requests-already-answered = { $manager } hat das schon beantwortet.
requests-unknown = Ich finde diese Anfrage nicht mehr. Mit /quota grant geht es trotzdem.
requests-blocked = { $member } ist gesperrt, deshalb wurde nichts gewährt. Hebe die Sperre zuerst mit /quota unblock auf.
requests-blocked-everywhere = Der Betreiber des Bots hat { $member } gesperrt, deshalb wurde nichts gewährt.
requests-server-budget = Das Server-Budget reicht diesen Monat nicht mehr für den Film von { $member }, deshalb wurde nichts gewährt. Erhöhe es mit /quota server und drücke dann noch einmal.
requests-operator-limit = Was der Betreiber des Bots diesem Server diesen Monat erlaubt, reicht nicht für den Film von { $member }. Deshalb wurde nichts gewährt.

requests-answer-granted = 🎉 Du hast in { $place } { units-bonus-credits } bekommen. Bonus-Credits verfallen nie. Mach deinen Film mit /movie.
requests-answer-declined = Die Server-Verwaltung hat deine Anfrage nach { units-bonus-credits } in { $place } abgelehnt.
requests-answer-unposted = Ich konnte deine Anfrage nach { units-bonus-credits } in { $place } nicht weitergeben, weil ich dort nicht in den Team-Kanal schreiben darf. Frag bitte direkt bei der Server-Verwaltung nach.

## scenes
## *Szene neu machen* bei einem fertigen Film

scenes-button = Szene neu machen
scenes-other-button = Andere Szenen
scenes-title = Szene neu machen
scenes-intro = Wähle die Szenen, die neu gemacht werden, mit neuem Bild und neuem Clip. Der Film bleibt, wie er ist: Du bekommst eine neue Version.
# $scenes: their numbers, as "2, 5"
scenes-left-out = Nicht neu machbar: { $scenes }.
scenes-placeholder = Szenen wählen

# Why none can be chosen
scenes-too-fast = Das waren viele Blicke auf einmal! Du kannst { $time } wieder nachsehen.
scenes-none = Keine Szene dieses Films lässt sich neu machen.
scenes-not-now = Der Filmdienst kann diesen Film gerade nicht ändern. Es wurde nichts berechnet.
scenes-no-answer = Der Filmdienst antwortet gerade nicht. Es wurde nichts berechnet. Versuch es in einer Minute noch einmal.


## series
## Series: the form of a next scene, and the movies that continue one another.

series-continue-button = Fortsetzen
series-modal-title = Diesen Film fortsetzen
series-next-scene = Nächste Szene:
series-field = Reihe ({ $movies })

## setup
## /setup: what managers decide for their server. Only the manager who asked sees the panel. The names and values of
## settings are in the staff channel, too.

setup-title = Server-Einrichtung
setup-intro = Diese Regeln gelten für alle, auch für die Verwaltung. Änderungen gelten sofort und werden protokolliert.
setup-nothing-offered = Keines der erlaubten Modelle ist gerade verfügbar, also kann niemand einen Film bestellen.
setup-problem = ⚠️ { $problem }

setup-members-field = Wo und wer
setup-models-field = Modelle und Dauer
setup-defaults-field = Voreinstellungen
setup-gallery-field = Fertige Filme
setup-approval-field = Freigabe
setup-community-field = Community
setup-staff-field = Team
setup-filter-field = Prompt-Filter
setup-gallery-button = Galerie anlegen

# $setting: one of the names below; $value: what is set
setup-line = **{ $setting }:** { $value }
# In a menu, while nothing is picked there; $value: what holds then
setup-current-placeholder = { $setting }: { $value }

# The settings
setup-channels = Kanäle für Filme
setup-roles = Wer Filme machen darf
setup-video-models = Videomodelle
setup-image-models = Bildmodelle
setup-longest-seconds = Längster Film
setup-default-video-model = Voreingestelltes Videomodell
setup-default-image-model = Voreingestelltes Bildmodell
setup-default-seconds = Voreingestellte Dauer
setup-default-aspect-ratio = Voreingestelltes Seitenverhältnis
setup-language = Sprache
# Whose messages can be turned into movies, in the menu of a message
setup-message-menu = Nachrichtenmenü
setup-gallery = Galerie
setup-gallery-stars = Nötige Sterne für die Galerie
setup-age = Altersregel
# Rules for prompts: those that come with the bot, and those of the server's managers
setup-filter-presets = Fertige Regeln
setup-filter-rules = Eigene Regeln
setup-approval = Das Team gibt frei
setup-approval-credits = Nur Filme über
setup-trusted-roles = Vertrauenswürdige Rollen
setup-approval-fallback = Solange der Team-Kanal nicht erreichbar ist
setup-storyboard-credits = Zuerst ein Storyboard über
setup-gift-credits = Geschenke pro Mitglied und Tag
setup-starter-credits = Erster Film aufs Haus, bis
setup-pitch-days = Wie lange ein Vorschlag läuft
setup-movie-night = Filmabend
setup-weekly-recap = Wochenrückblick
setup-staff-channel = Team-Kanal
setup-staff-roles = Team-Rollen

# Their values where nothing is set
setup-every-channel-option = Alle Kanäle
setup-everyone-option = Alle Mitglieder
setup-all-option = Alle Modelle
setup-bot-limit-option = So lang, wie der Bot es erlaubt
setup-bot-default-option = Voreinstellung des Bots
setup-discord-language-option = Sprache des Servers in Discord
setup-order-channel-option = Dort, wo sie bestellt wurden
setup-no-age-option = Keine Altersregel
setup-approval-off-option = Nichts braucht eine Freigabe
setup-no-gifts-option = Keine Geschenke
setup-no-starter-option = Kein Film aufs Haus
setup-a-week-option = 7 Tage
setup-no-movie-night-option = Kein Filmabend
setup-weekly-recap-on-option = Wochenrückblick mit dem Filmabend, sonst sonntags
setup-weekly-recap-off-option = Kein Wochenrückblick
setup-days-option = { $days ->
    [one] { $days } Tag
   *[other] { $days } Tage
}
setup-every-movie-option = Jeder Film
setup-stars-option = { $stars ->
    [one] { $stars } Stern
   *[other] { $stars } Sterne
}
setup-any-price-option = Jeder Preis
setup-no-roles-option = Keine
setup-approval-hold-option = Filme warten
setup-no-storyboards-option = Nur wenn ein Mitglied eins möchte
setup-none-option = Keiner
setup-managers-option = Nur die Server-Verwaltung

setup-message-menu-own-option = Eigene Nachrichten
setup-message-menu-anyone-option = Nachrichten von allen
setup-message-menu-off-option = Aus
setup-age-spoiler-option = Spoiler: verdeckt, bis jemand klickt
setup-age-restricted-option = Nur in Kanälen mit Altersbeschränkung
setup-age-spoiler-note = Der Prompt bleibt lesbar, und alle können klicken.
setup-age-restricted-note = Bestellungen und Filme nur in solchen Kanälen. Wer sie öffnen darf, entscheidet Discord: Ich kann kein Alter prüfen. Ein Film per DM geht nur an die Person, die ihn dort bestellt hat.
# The day of a movie night. $time: "18:00"
setup-movie-night-monday-option = Montag, { $time } UTC
setup-movie-night-tuesday-option = Dienstag, { $time } UTC
setup-movie-night-wednesday-option = Mittwoch, { $time } UTC
setup-movie-night-thursday-option = Donnerstag, { $time } UTC
setup-movie-night-friday-option = Freitag, { $time } UTC
setup-movie-night-saturday-option = Samstag, { $time } UTC
setup-movie-night-sunday-option = Sonntag, { $time } UTC
# In the panel, below the day
setup-movie-night-note = Die 5 besten Filme der Woche nach Sternen, in der Galerie oder im Kanal des besten.
setup-approval-untrusted-option = Filme von Mitgliedern ohne vertrauenswürdige Rolle
setup-approval-everyone-option = Filme von allen außer der Server-Verwaltung
setup-approval-storyboards-option = Filme von allen, sobald ihr Storyboard fertig ist
setup-approval-fallback-start-option = Filme starten ohne Freigabe

# Of the prompt filter
setup-off-option = Aus
# $language: "Deutsch"; $category: "slurs", as in the staff channel
setup-preset-option = { $language }: { $category }
setup-rules-count =
    { $rules ->
        [one] { $rules } Regel
       *[other] { $rules } Regeln
    }

# This language, as Discord's own list of languages names it
setup-this-language-option = Deutsch

# The end of a list
setup-more = { $more } weitere
setup-deleted = ⚠️ { $more } gelöscht

# The prompt filter's own rules, in a form
# $rule: what was typed; $problem: one of the lines below
setup-rules-modal-title = Regeln für Prompts
setup-rules-label = Regeln, eine pro Zeile
setup-rules-more-label = Weitere Regeln
setup-rules-hint = Ein Wort, zwei Wörter, Anfang*, *Ende, *mitten*, oder eins ... anderes
setup-rules-wrong-title = Diese Regeln gehen so nicht
setup-rules-kept = Nichts wurde geändert. Was du getippt hast, steht in der angehängten Datei; der Button öffnet es wieder.
setup-rules-conflict = ⚠️ Jemand anderes hat die Regeln inzwischen geändert, deshalb habe ich nichts gespeichert. Was du getippt hast, steht in der angehängten Datei; der Button öffnet es wieder, anstelle der anderen Regeln.
setup-rules-fix-button = Diese Regeln ändern …
setup-rules-line = Zeile { $line }, „{ $rule }“: { $problem }
setup-rules-too-many = Ein Server kann bis zu { $max } Regeln mit zusammen { $room } Zeichen haben. Das sind { $rules } Regeln mit { $characters }.
setup-rule-empty = darin ist kein Buchstabe.
setup-rule-too-long = eine Regel hat höchstens { $max } Zeichen.
setup-rule-too-many-words = eine Regel hat höchstens { $max } Wörter.
setup-rule-word-too-long = ein Wort hat höchstens { $max } Buchstaben.
setup-rule-star-inside = ein Sternchen kann nur am Anfang oder am Ende eines Wortes stehen.
setup-rule-star-too-wide = neben einem Sternchen müssen mindestens { $min } Buchstaben stehen.
setup-rule-gap-at-end = „...“ kann nur zwischen zwei Wörtern stehen.
setup-rule-too-many-gaps = „...“ kann höchstens { $max }-mal vorkommen.

# $change: "Language: Deutsch"
setup-changed = ✅ { $change }
setup-conflict = ⚠️ Jemand anderes hat das inzwischen geändert, deshalb habe ich nichts gespeichert. So ist es jetzt.
# $problem: "Longest movie: …"
setup-not-changed = ⚠️ Nichts wurde geändert. { $problem }

# $setting: a setting's name; $problem: one of the next
setup-invalid = { $setting }: { $problem }
setup-not-a-list = „{ $value }“ ist keine Liste.
setup-too-many = Wähle höchstens { $max }.
setup-not-an-id = „{ $value }“ ist keine Discord-ID.
setup-not-offered = „{ $value }“ ist nicht verfügbar. Zur Wahl stehen { $names }.
setup-seconds-out-of-range = „{ $value }“ ist keine gültige Dauer. Gib ganze Sekunden von { $min } bis { $max } ein.
setup-credits-out-of-range = „{ $value }“ ist kein gültiger Betrag. Gib ganze Credits von { $min } bis { $max } ein.
setup-stars-out-of-range = „{ $value }“ ist keine gültige Anzahl von Sternen. Gib eine Zahl von { $min } bis { $max } ein.
setup-days-out-of-range = „{ $value }“ ist keine gültige Anzahl von Tagen. Gib eine Zahl von { $min } bis { $max } ein.
# $longest: "1 min"
setup-longer-than-longest = Der längste Film dauert { $longest }, die Voreinstellung kann nicht länger sein.
setup-not-in-server = „{ $value }“ gibt es auf diesem Server nicht.
setup-not-a-rule = „{ $value }“ kann keine Regel sein: { $problem }
setup-everyone = { $value } geht hier nicht.
setup-missing-permissions = In { $channel } kann ich nicht schreiben. Gib mir dort zuerst: { $permissions }.
setup-not-age-restricted = { $channel } hat keine Altersbeschränkung, deshalb erscheinen Filme dort, wo sie bestellt wurden.

# Export and import of a file
setup-exported = Das ist die Einrichtung deines Servers. Bearbeite sie, hebe sie auf oder importiere sie anderswo mit /setup import.
setup-file-too-large = Die Datei ist zu groß: Eine Einrichtung hat höchstens { $max } KB.
setup-file-unreadable = Ich konnte die Datei nicht von Discord laden. Bitte versuch es noch einmal.
setup-file-problems-title = Diese Datei kann nicht importiert werden
# $problem: one of the next, or a problem above
setup-file-line = Zeile { $line }: { $problem }
setup-file-line-key = Zeile { $line }, `{ $key }`: { $problem }
setup-file-not-json = Das ist kein gültiges JSON.
setup-file-not-an-object = Das muss ein JSON-Objekt sein: { "{ … }" }.
setup-file-other-version = Hier muss 1 stehen, wie in einer Datei von /setup export.
setup-file-unknown-key = Eine solche Einstellung gibt es nicht.
setup-file-duplicate-key = Das kommt in der Datei mehrmals vor.
setup-import-title = Diese Änderungen übernehmen?
setup-import-intro = Noch hat sich nichts geändert. Was in der Datei fehlt, bleibt, wie es ist.
setup-import-conflict = ⚠️ Die Einrichtung hat sich inzwischen geändert, deshalb habe ich nichts gespeichert. Das wären jetzt die Änderungen.
# $before, $after: values
setup-difference = **{ $setting }:** { $before } → { $after }
# Of the own rules: how many are new, and how many go
setup-rules-difference = **{ $setting }:** { $before } → { $after } (+{ $added }, −{ $removed })
setup-apply-button = Übernehmen
setup-drop-button = Abbrechen
setup-import-nothing-new = Alles in dieser Datei ist schon so eingestellt.
setup-import-dropped = Es wurde nichts importiert.

setup-rules-field = Eigene Regeln
# The buttons of the panel. Of the file, see below
setup-change-button = Ändern
setup-back-button = Zurück
setup-export-button = Exportieren
setup-import-button = Importieren
setup-reset-button = Zurücksetzen
# Warnings in the panel
setup-no-staff-channel = Kein Team-Kanal: Meldungen und Anfragen kommen nirgends an
setup-nobody-asked = Kein Team-Kanal: Das Team findet wartende Filme nur in /movies
# In a form. $unset: what holds where it is empty
setup-seconds-hint = { $min } bis { $max } Sekunden. Leer: { $unset }
setup-credits-hint = { $min } bis { $max } Credits. Leer: { $unset }
# A channel's name
setup-gallery-name = galerie
setup-gallery-not-created = ⚠️ Discord hat mich keinen Kanal anlegen lassen.
setup-file-label = Datei mit der Einrichtung
setup-file-hint = Eine Datei von „Exportieren“. Du siehst die Änderungen, bevor sie gelten.
setup-reset-title = Einrichtung zurücksetzen?
setup-reset-intro = Limits, Credits und Sperren bleiben. Exportiere die Einrichtung vorher, um eine Kopie zu behalten.
# The first questions, with an answer to each
setup-first-title = Richte deinen Server ein
setup-first-intro = Alles lässt sich später in /setup panel ändern.
setup-first-where = Wo darf man Filme machen?
setup-first-credits = Wie viel kann jedes Mitglied ausgeben?
setup-first-approval = Was gibt das Team vorher frei?
setup-first-language = In welcher Sprache poste ich?
setup-first-apply-button = So übernehmen
setup-first-change-button = Ändern …
setup-first-skip-button = Überspringen

## staff
## Was ⋯ an einer Nachricht im Team-Kanal antwortet, und das Formular einer Sperre

staff-block = Für neue Filme hier sperren. Laufende Filme werden noch fertig.
staff-block-button = Mitglied sperren
staff-unblock-button = Entsperren
staff-movies = Filme auf diesem Server
staff-movies-button = Filme
staff-credits = Credits und Belege
staff-credits-button = Credits
staff-nothing = Hier kannst du gerade nichts weiter tun.
staff-unknown = Ich finde nicht mehr, worum es hier ging.
staff-erased = Dieses Mitglied hat seine Daten gelöscht. Deshalb kann ich es nicht sperren.
staff-own = Dich selbst kannst du nicht sperren.
staff-blocked = { $member } ist schon gesperrt.
staff-block-modal-title = Dieses Mitglied sperren
staff-hours-label = Dauer in Stunden
staff-hours-hint = Leer: bis zur Entsperrung
staff-reason-label = Grund
staff-reason-hint = Optional. Das Mitglied liest ihn, und er wird protokolliert.

## stages
## Was der Filmdienst gerade tut, auf der Karte eines Films

stages-prompt-generation = schreibt die Szenen
stages-image-generation = zeichnet die Bilder
stages-audio-generation = macht den Ton
stages-frame-generation = bereitet die Einzelbilder vor
stages-video-generation = setzt den Film zusammen
stages-ai-video-generation = erweckt die Bilder zum Leben
stages-speech-generation = nimmt die Stimmen auf
stages-music-generation = komponiert die Musik
stages-lip-sync-generation = passt die Lippen an die Stimmen an
stages-sound-effect-generation = fügt Geräusche hinzu
stages-transcript-generation = schreibt die Untertitel
stages-delete-reflow = räumt die Szenen auf
stages-timeline-reflowed = fügt die Szenen aneinander
stages-rendering = rendert den Film

## stars
## Stars: the button under each movie, what it answers, and a movie in the gallery.

stars-star-button = ⭐ Stern
stars-given = ⭐ Du hast diesem Film einen Stern gegeben. Sterne: { $stars }. Drück noch einmal, um ihn zurückzunehmen.
stars-given-posted = ⭐ Du hast diesem Film einen Stern gegeben. Sterne: { $stars }. Damit kommt er in die Galerie!
stars-taken-back = Du hast deinen Stern zurückgenommen. Sterne: { $stars }.
stars-none = Noch keine Sterne. Wenn andere deinem Film welche geben, zählt sie der Button.
stars-gone = Ich habe diesen Film nicht mehr, deshalb kann er keinen Stern bekommen.

# In the gallery
stars-posted = ⭐ Mitglieder dieses Servers haben Sterne gegeben

## states
## Wie weit ein Film ist, in Listen und Belegen

states-waiting = ⏳ in der Warteschlange
states-awaiting = ✋ wartet auf Freigabe
states-being-made = 🎬 entsteht gerade
states-storyboard = 🖼️ Storyboard wartet auf Entscheidung
states-ready = ✅ fertig
states-failed = ↩️ fehlgeschlagen, erstattet
states-cancelled = ↩️ abgebrochen, erstattet
states-cancelled-in-part = ↩️ abgebrochen, { $spent } ausgegeben
states-unknown = 🔎 wird geprüft

# Überschriften der Ansicht eines Films
states-waiting-title = ⏳ In der Warteschlange
states-awaiting-title = ✋ Wartet auf Freigabe
states-being-made-title = 🎬 Entsteht gerade
states-ready-title = ✅ Fertig
states-failed-title = ↩️ Fehlgeschlagen
states-cancelled-title = ↩️ Abgebrochen
states-unknown-title = 🔎 Wird geprüft

## storyboards
## Ein Film, dessen Bilder sein Mitglied zuerst sieht, und dann entscheidet

storyboards-drawn = Dein Storyboard ist fertig: „{ $title }“. Lass es innerhalb von 48 Stunden rendern oder stoppe es.
storyboards-drawn-shared = Ein Storyboard ist fertig: „{ $title }“. { $owner } entscheidet, ob es gerendert wird.
storyboards-reminder = Dein Storyboard „{ $title }“ wartet noch auf dich. Es wird { $time } gestoppt.
storyboards-not-yours = Nur wer dieses Storyboard bestellt hat, kann darüber entscheiden.
storyboards-not-waiting = Dieses Storyboard wartet noch nicht auf deine Entscheidung.
storyboards-rendering = Es wird schon gerendert.
storyboards-stopped = Es ist schon gestoppt.
storyboards-look-button = Ansehen
storyboards-render-button = Rendern ({ $credits })
storyboards-stop-button = Stoppen ({ $credits } zurück)
storyboards-yours = Du kannst es für weitere **{ $later }** Credits rendern lassen oder stoppen. Von selbst stoppt es { $time }.
storyboards-scene = Szene ohne Text
storyboards-render-chosen = Läuft! Ich lasse es für weitere { $credits } Credits rendern.
storyboards-stop-chosen = Gestoppt. { $credits } Credits kommen zurück, sobald der Filmdienst es bestätigt.

## terms
## Wörter für Personen und Dinge, auf die Meldungen aller Bereiche verweisen, etwa { -managers }.

-managers = Die Server-Verwaltung
-operator-notified = Der Betreiber des Bots wurde benachrichtigt.
-not-charged = Dir wurde nichts berechnet.
-keep-trying = Ich versuche es weiter, bis der Vorschlag endet, oder erstatte alles.
-in-progress-finish = Filme, die schon in Arbeit sind, werden noch fertig.
-example-prompt = Ein Papierboot segelt nachts über eine verregnete Straße, Neonlichter in den Pfützen

## top
## /top: a month's best of a server. Only the member who asked sees it.

top-title = Das Beste aus { $month }
top-movies-field = Filme
top-makers-field = Kreative
top-patrons-field = Förderer (ausgegebene Credits)
top-nothing = In diesem Monat gibt es keine fertigen Filme.
top-footer = Mit /preferences kannst du dich aus /top heraushalten.

## units
## Mengen, Dauern und Anteile. Meldungen aller Bereiche dürfen darauf verweisen.

units-credits = { $credits ->
    [one] { $credits } Credit
   *[other] { $credits } Credits
}
units-free = Kostenlos
units-price = { $credits ->
    [0] kostenlos
   *[other] { units-credits }
}
units-credits-monthly = { units-credits } pro Monat
units-credits-per-second = { units-credits } pro Sekunde
units-bonus-credits = { $credits ->
    [one] { $credits } Bonus-Credit
   *[other] { $credits } Bonus-Credits
}
units-movies = { $movies ->
    [one] { $movies } Film
   *[other] { $movies } Filme
}
units-seconds = { $seconds } s
units-minutes = { $minutes } min
units-minutes-seconds = { $minutes } min { $seconds } s
units-hours = { $hours ->
    [one] { $hours } Stunde
   *[other] { $hours } Stunden
}
units-hours-minutes = { $hours } h { $minutes } min
units-percent = { $percent } %
units-more-lines = und { $more } weitere
# A list: "Luma, Kling, Veo"
units-list = { $items }, { $next }

## versions
## Was aus fertigen Filmen entsteht: Versionen von einem, lange Filme aus mehreren

versions-scene = Szene { $scenes } neu gemacht
versions-scenes = Szenen { $scenes } neu gemacht
versions-dub = Auf { $language }
versions-dub-subtitles = Auf { $language }, mit Untertiteln
versions-subtitles = Mit Untertiteln
versions-subtitles-in = Untertitel auf { $language }
versions-without-subtitles = Ohne Untertitel
versions-film = { $movies ->
    [one] Langer Film aus { $movies } Film
   *[other] Langer Film aus { $movies } Filmen
}

versions-made-from = 🎞️ Entstanden aus { $movie }
versions-of-film = Filme darin ({ $movies })
versions-list = Versionen ({ $versions })
versions-films = Lange Filme damit ({ $films })
versions-open-button = Versionen
versions-open-placeholder = Verwandten Film öffnen …

## welcome
## Wird gepostet, wo der Bot dazukommt, in der Sprache des Servers

welcome-greeting = 👋 Hallo, ich bin Matinee und mache aus Worten kurze Filme. Gib { $movie } ein und beschreib eine Szene, zum Beispiel:
welcome-example = { -example-prompt }
welcome-credits = Filme kosten Credits, und alle hier bekommen jeden Monat welche: Mit { $help } siehst du, wie viele du hast und was ein Film kostet. { -managers } legt mit *Einrichten* fest, wo Filme entstehen und wie viel alle ausgeben können.
welcome-make-button = Ersten Film machen
welcome-setup-button = Einrichten
