### /credits: Guthaben, Änderungen und Belege eines Mitglieds. Nur wer gefragt hat, sieht es; die Server-Verwaltung
### sieht auch andere, deshalb steht hier kein „du“.

credits-account-title = Credits von { $name }
credits-unnamed-account-title = Credits dieses Mitglieds
credits-summary =
    Noch **{ $left }**
    { $bar } des Kontingents für diesen Monat verbraucht oder reserviert
    Wird { $time } aufgefüllt ({ $date }).
credits-blocked = 🚫 Fürs Filmemachen gesperrt, bis die Server-Verwaltung die Sperre aufhebt.
credits-blocked-until = 🚫 Fürs Filmemachen gesperrt bis { $time }.
credits-blocked-everywhere = 🚫 Auf allen Servern fürs Filmemachen gesperrt, bis der Betreiber des Bots die Sperre aufhebt.
credits-timed-out-until = 🚫 Kann bis { $time } keine Filme machen: Zu viele Prompts haben gegen die Regeln dieses Servers verstoßen.

credits-allowance-field = Kontingent
credits-used-field = Verbraucht
credits-used-value =
    { units-credits }
    in diesem Monat
credits-on-hold-field = Reserviert
credits-bonus-field = Bonus-Credits
credits-bonus-value =
    { units-credits }
    verfallen nie; werden nach dem Kontingent verbraucht
credits-shared-field = Server-Budget
credits-shared-value =
    { units-credits }
    diesen Monat übrig

credits-source-member = persönlich festgelegt
credits-source-role = durch { $role }
credits-source-server = Standard des Servers
credits-source-bot = Standard des Bots

credits-adjustments-field = Letzte Änderungen
credits-granted = { $date } { units-bonus-credits } erhalten
credits-removed = { $date } { units-bonus-credits } abgezogen
credits-usage-reset = { $date } Verbrauch dieses Monats zurückgesetzt
credits-carried-over = { $date } { units-credits } verbraucht, bevor die Daten gelöscht wurden
credits-gift-received = { $date } { units-bonus-credits } von { $member }
credits-gift-given = { $date } { units-bonus-credits } an { $member } verschenkt
credits-old-gift-received = { $date } { units-bonus-credits } von einem anderen Mitglied
credits-old-gift-given = { $date } { units-bonus-credits } an ein anderes Mitglied verschenkt
credits-with-reason = { $change }: { $reason }

credits-receipts-field = Belege
credits-receipts-page-field = Belege, Seite { $page } von { $pages }
credits-receipts-many-pages-field = Belege, Seite { $page } von mehr als { $pages }
credits-receipt = { $date } { $outcome } · **{ $credits }** · { $duration } { $model }
credits-no-receipts =
    Noch keine Filme. Mach deinen ersten mit /movie, zum Beispiel:
    > { -example-prompt }
credits-member-no-receipts = Noch keine Filme auf diesem Server.
credits-newer-button = Neuere
credits-older-button = Ältere
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
