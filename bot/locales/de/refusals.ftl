### Warum ein Auftrag abgelehnt wird und was das Mitglied tun kann

refusals-not-charged = { -not-charged }
refusals-paused-title = Gerade keine neuen Filme
refusals-paused = Der Betreiber des Bots hat neue Filme angehalten. { -in-progress-finish }
refusals-server-blocked-title = Keine neuen Filme auf diesem Server
refusals-server-blocked = Der Betreiber des Bots hat neue Filme hier gestoppt. { -in-progress-finish }
refusals-erasing-title = Deine Daten werden gelöscht
refusals-erasing = Du hast mich gebeten, deine Daten zu löschen. Sobald das erledigt ist, kannst du wieder bestellen.
refusals-open-movies-title = Erst mal genug Filme
refusals-open-movies = Du hast schon { units-movies } in Arbeit, die wartenden mitgezählt; mehr sind pro Mitglied nicht möglich. Bestell den nächsten, wenn einer fertig ist.
refusals-server-open-movies-title = Dieser Server ist ausgelastet
refusals-server-open-movies = Auf diesem Server sind schon { units-movies } in Arbeit, die wartenden mitgezählt; mehr sind pro Server nicht möglich. Versuch es wieder, wenn einige fertig sind.
refusals-cooling-down-title = Eine kurze Pause
refusals-cooling-down = Du hast mehrmals hintereinander Filme abgebrochen oder Credits zurückgenommen. Du kannst { $time } wieder bestellen und beisteuern.
refusals-failures-title = Deine Filme schlagen immer wieder fehl
refusals-failures = Fehlgeschlagene Filme kosten diesen Bot Credits, auch wenn deine erstattet werden, und das Limit dafür ist diesen Monat erreicht. Du kannst { $time } wieder bestellen. Die Verwaltung des Servers, auf dem sie fehlgeschlagen sind, kann das mit `/quota unblock` früher aufheben.
refusals-too-fast = Das ging schnell! Du kannst { $time } wieder bestellen. { -not-charged }
refusals-too-many-commands = Das waren viele Befehle! Du kannst { $time } wieder einen verwenden.

refusals-no-credits-title = Nicht genug Credits
refusals-member-credits = Dieser Film kostet **{ $price }**; du hast diesen Monat noch **{ $left }**.
refusals-server-credits = Dieser Film kostet **{ $price }**; dieser Server hat diesen Monat noch **{ $left }**.
refusals-affordable = Mit { $model } reicht es für **{ $duration }**.
refusals-nothing-affordable = Mit { $model } reicht es gerade für keinen Film.
refusals-reset = Die Credits werden { $time } aufgefüllt ({ $date }).
refusals-bot-credits-title = Dieser Bot kann diesen Monat keine Filme mehr machen
refusals-bot-credits = Du kannst { $time } wieder bestellen ({ $date }). { -not-charged }
refusals-queue-full-title = Zu viel für die Warteschlange
refusals-queue-full = Dieser Film kostet **{ $price }**, aber deine wartenden Filme dürfen gerade nur noch **{ $left }** belegen. Nimm einen kürzeren. Falls andere Filme von dir warten, kannst du ihn auch bestellen, sobald einer davon gestartet ist.

refusals-blocked-title = Du bist fürs Filmemachen gesperrt
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
refusals-channel-title = Nicht in diesem Kanal
refusals-channel = Filme kannst du hier in { $channels } machen.
refusals-channel-deleted = Die Kanäle für Filme gibt es nicht mehr. Bitte die Server-Verwaltung, mit /setup andere zu wählen.
refusals-age-title = Nicht in diesem Kanal
refusals-age = Filme können hier nur in Kanälen mit Altersbeschränkung gemacht werden.
refusals-role-title = Nicht mit deinen Rollen
refusals-role = Um hier Filme zu machen, brauchst du eine dieser Rollen: { $roles }.
refusals-role-deleted = Die Rollen, die hier Filme machen durften, gibt es nicht mehr. Bitte die Server-Verwaltung, mit /setup andere zu wählen.
refusals-no-model-title = Hier gibt es gerade keine Filme
refusals-no-model = Keines der Modelle, die dieser Server erlaubt, ist gerade verfügbar. Bitte die Server-Verwaltung, mit /setup andere zu erlauben.

# The prompt filter. Nothing says which rule it was. $time: "in 24 hours"
refusals-prompt-title = Dieser Prompt ist hier nicht erlaubt
refusals-prompt = Etwas darin verstößt gegen die Prompt-Regeln dieses Servers. Ändere ihn und versuch es noch einmal. Wenn du das für einen Fehler hältst, frag die Server-Verwaltung.
refusals-prompt-by-bot = Etwas, das ich hinzugefügt habe, verstößt gegen die Prompt-Regeln dieses Servers. Nimm nur deine eigenen Worte.
refusals-prompt-last-one = Noch einer davon heute, und du kannst hier { units-hours } lang keine Filme machen.
refusals-prompt-timed-out = Das war heute einer zu viel. Du kannst hier { $time } wieder Filme machen.
refusals-prompt-yours = **Dein Prompt:** { $prompt }

# Wofür die übrigen Credits reichen
refusals-models-field = Dafür reicht es
refusals-model-affordable = { $model }: bis zu { $duration }
refusals-model-not-affordable = { $model }: zu wenig Credits

refusals-not-staff = Das kann nur das Team dieses Servers.
