### /quota: Limits eines Servers oder Mitglieds und Ablehnungen. Nur wer gefragt hat, sieht es.

quota-server-title = Limits dieses Servers
quota-each-member-field = Standard-Kontingent
quota-server-field = Server-Budget
quota-staff-channel-field = Team-Kanal
quota-roles-field = Rollen
quota-members-field = Mitglieder
quota-blocked-field = Gesperrt

quota-bot-default = { units-credits-monthly } (Standard des Bots)
quota-set-by-operator = { units-credits-monthly } (vom Betreiber des Bots festgelegt)
quota-unlimited = unbegrenzt (bis zum Tarif des Bots)
quota-no-channel = keiner (wähle einen mit /setup)
quota-channel-failed = ⚠️ Dort konnte ich { $time } nicht schreiben. Prüf meine Berechtigungen und lege den Kanal noch einmal fest.
quota-limit-line = { $name }: { units-credits-monthly }
quota-block-line = { $name }: { $block }

quota-member-title = Limits von { $name }
quota-unnamed-member-title = Limits dieses Mitglieds
quota-allowance-field = Kontingent
quota-used-field = Diesen Monat verbraucht
quota-on-hold-field = Reserviert
quota-bonus-field = Bonus-Credits
quota-bonus-value = noch { $credits } (erhalten: { $granted })
quota-left-field = Übrig

quota-not-blocked = nein
quota-blocked-until = bis { $time }
quota-blocked = bis zur Entsperrung
quota-blocked-everywhere = auf allen Servern, bis der Betreiber des Bots die Sperre aufhebt
quota-blocked-everywhere-until = auf allen Servern bis { $time }, durch den Betreiber des Bots
quota-timed-out-until = bis { $time }, durch den Prompt-Filter
quota-block-with-reason = { $block } ({ $reason })

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
