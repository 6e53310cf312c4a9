### /pitch: ein Film, den Mitglieder zusammen bezahlen. Die öffentliche Nachricht, und was nur liest, wer gedrückt hat.

# The public message. $time: "in 3 days"
pitch-open-title = 🎟️ Machen wir diesen Film zusammen
pitch-waiting-title = ⏳ Voll finanziert, wartet auf den Start
pitch-funded-title = 🎬 Finanziert: Der Film ist bestellt
pitch-ended-title = Dieser Vorschlag ist beendet
pitch-movie-field = Film
pitch-member-field = Vorgeschlagen von
pitch-credits-field = Credits gesammelt
pitch-progress = { $pledged } von { $price } · { $people ->
    [one] { $people } Person
   *[other] { $people } Personen
} · endet { $time }
# What goes on while it waits, after each of the reasons
-pitch-keep-trying = Ich versuche es weiter, bis der Vorschlag endet. Klappt es bis dahin nicht, werden alle Credits erstattet.
pitch-waits-plan = Dieser Bot kann diesen Monat keine Filme mehr machen. { -pitch-keep-trying }
pitch-waits-server = Das Budget dieses Servers reicht dafür noch nicht. { -pitch-keep-trying }
pitch-waits-busy = Zu viele Filme sind in Arbeit. { -pitch-keep-trying }
pitch-waits-paused = Neue Filme pausieren gerade. { -pitch-keep-trying }
pitch-waits-member = Der Film kann gerade nicht bestellt werden. { -pitch-keep-trying }
pitch-ended-funded = Er ist voll finanziert, und der Film ist bestellt.
pitch-ended-lapsed = Die Zeit war um, bevor der Film bestellt werden konnte. Alle Credits wurden erstattet.
pitch-ended-withdrawn = Er wurde zurückgezogen. Alle Credits wurden erstattet.
pitch-ended-removed = Das Team dieses Servers hat ihn entfernt. Alle Credits wurden erstattet.
pitch-ended-prompt = Sein Prompt verstößt gegen die Regeln dieses Servers. Alle Credits wurden erstattet.
pitch-ended-not-offered = Sein Modell oder seine Dauer gibt es hier nicht mehr. Alle Credits wurden erstattet.
pitch-ended-restored = Ich wurde aus einer Sicherung wiederhergestellt und habe ihn geschlossen. Alle Credits wurden erstattet.
pitch-ended-server-left = Ich wurde von diesem Server entfernt. Alle Credits wurden erstattet.
pitch-ended-gone = Seine Nachricht oder sein Kanal wurde gelöscht. Alle Credits wurden erstattet.

pitch-add-button = { $credits } beisteuern
pitch-rest-button = Den Rest ({ $credits })
pitch-other-button = Anderer Betrag
pitch-back-button = Meine Credits zurücknehmen
pitch-vote-button = Abstimmen ({ $votes })
pitch-withdraw-button = Vorschlag zurückziehen
pitch-withdraw-confirm-button = Diesen Vorschlag zurückziehen
pitch-remove-button = Vorschlag entfernen
pitch-remove-confirm-button = Diesen Vorschlag entfernen
pitch-other-modal-title = Einen anderen Betrag beisteuern
pitch-amount-label = Wie viele Credits?
pitch-amount-hint = Noch nötig: { units-credits }. Entsteht der Film nicht, bekommst du alles erstattet.

# Private answers. $share, $mine, $missing, $price, $left: amounts such as "50 credits"
pitch-pledged = Du hast { $share } beigesteuert. Insgesamt von dir: { $mine }. Noch nötig: { $missing }. Deine Credits bleiben reserviert, und du kannst sie zurücknehmen, bis der Vorschlag finanziert ist.
pitch-month-ends = 🗓️ Darin enthalten: { units-credits } aus dem Kontingent dieses Monats. Es endet { $time } mit dem Monat. Ist der Vorschlag bis dahin nicht finanziert, verfällt dieser Teil.
pitch-completed = 🎉 Mit deinem Beitrag ({ $share }) ist alles zusammen! Der Film ist bestellt. Hier siehst du, wie weit er ist.
pitch-completed-approval = 🎉 Mit deinem Beitrag ({ $share }) ist alles zusammen! Erst muss das Team dieses Servers den Film freigeben. Tut das innerhalb von 48 Stunden niemand, werden alle Credits erstattet.
pitch-completed-waiting = 🎉 Mit deinem Beitrag ({ $share }) ist alles zusammen!
pitch-taken-back = Du hast { $share } zurückgenommen. Noch nötig: { $missing }.
pitch-shortfall = Dafür brauchst du { $price }, du hast aber nur noch { $left }. { -not-charged } Steuere weniger bei oder warte: Deine Credits werden { $time } aufgefüllt.
pitch-too-much = Das ist mehr, als noch nötig ist: { $missing }. { -not-charged }
pitch-complete = Dieser Vorschlag ist schon voll finanziert. Sein Film wartet auf den Start.
pitch-no-pledge = Du hast keine Credits in diesem Vorschlag.
pitch-not-yours = Nur { $member } kann diesen Vorschlag zurückziehen. Um deine eigenen Credits zurückzubekommen, drück auf „{ pitch-back-button }“.
pitch-too-many = Du hast hier schon { $pitches } offene Vorschläge, mehr gehen nicht. Zieh einen zurück oder warte, bis einer endet.
pitch-failing = Deine letzten { $failures } Filme mit diesem Prompt sind fehlgeschlagen, also sollen nicht andere für den nächsten zahlen. Schlag einen anderen Prompt vor, oder mach diesen Film zuerst selbst mit /movie.
pitch-voted = Du hast für diesen Vorschlag gestimmt. Stimmen sind kostenlos und ändern nur die Reihenfolge in /pitches.
pitch-voted-already = Du hast schon für diesen Vorschlag gestimmt.
pitch-unknown = Ich finde diesen Vorschlag hier nicht. Mit /pitches siehst du die offenen.
pitch-over = Dieser Vorschlag ist beendet.
pitch-handled = Das habe ich schon erledigt. Du hast { $mine } in diesem Vorschlag.
pitch-amount-invalid = Gib eine ganze Zahl an Credits ein, zum Beispiel 25. { -not-charged }
pitch-never-fits-server = Dieser Film kostet { $price }, und das Server-Budget eines ganzen Monats ist { $left }. Schlag einen kürzeren vor.
pitch-never-fits-queue = Dieser Film kostet { $price }, aber die wartenden Filme eines Mitglieds dürfen zusammen höchstens { $left } kosten. Schlag einen kürzeren vor.
pitch-never-fits-bot = Dieser Film kostet { $price } und damit mehr, als der Bot in einem Monat ausgeben kann. Schlag einen kürzeren vor.
pitch-withdraw-question = Diesen Vorschlag zurückziehen? Alle Credits werden erstattet, und niemand kann mehr etwas beisteuern.
pitch-withdrawn = Zurückgezogen. Alle Credits werden erstattet.
pitch-remove-question = Diesen Vorschlag entfernen? Sein Prompt wird ausgeblendet, und alle Credits werden erstattet.
pitch-removed = Entfernt. Alle Credits werden erstattet.
pitch-not-posted = Discord hat deinen Vorschlag nicht bestätigt, also habe ich ihn zurückgezogen. Bitte versuch es noch einmal.
