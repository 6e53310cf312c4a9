### Warum ein Film ohne Ergebnis endete, wie es das Mitglied liest.

reasons-failed = Der Filmdienst konnte diesen Film nicht fertigstellen.
reasons-lost = Der Filmdienst hat diesen Film verloren.
reasons-rejected = Der Filmdienst hat diese Anfrage abgelehnt.
reasons-key-rejected = Der Bot kann sich nicht beim Filmdienst anmelden. { -operator-notified } Bitte versuch es später noch einmal.
reasons-model-refused = Der Filmdienst nimmt dieses Modell gerade nicht an, wähle also ein anderes. { -operator-notified }
reasons-service-changed = Der Filmdienst hat sich geändert, deshalb muss dieser Bot erst angepasst werden. { -operator-notified } Bitte versuch es später noch einmal.
reasons-credits-ran-out = Während dein Film in Arbeit war, sind dem Bot die Credits beim Filmdienst ausgegangen. Das lag nicht an dir. { -operator-notified } Bitte versuch es später noch einmal.
reasons-key-limit = Dieser Bot hat sein Monatslimit beim Filmdienst erreicht. { -operator-notified } Bitte versuch es später noch einmal.
reasons-no-credits = Dieser Bot hat beim Filmdienst keine Credits mehr. { -operator-notified } Bitte versuch es später noch einmal.
reasons-busy = Der Filmdienst ist gerade ausgelastet. Versuch es in ein paar Minuten noch einmal.
reasons-unreachable = Der Filmdienst war eine Stunde lang nicht erreichbar. Bitte versuch es später noch einmal.
reasons-closed = Der Filmdienst hat diesen Film nie bestätigt, deshalb hat der Betreiber des Bots ihn als fehlgeschlagen markiert.
reasons-stayed-unknown = Was aus diesem Film wurde, war nicht zu klären. Ich warte nicht länger und habe ihn als fehlgeschlagen markiert.
reasons-unconfirmed = Discord hat deinen Befehl nicht rechtzeitig bestätigt, deshalb wurde der Film nie gestartet.
reasons-cancelled = Vor dem Start abgebrochen.
reasons-cancelled-by-staff = Vom Team des Servers vor dem Start abgebrochen.
reasons-cancelled-in-part = Abgebrochen, während er in Arbeit war. Nur die fertigen Schritte wurden berechnet.
reasons-declined = Das Team dieses Servers hat ihn abgelehnt.
reasons-declined-because = Das Team dieses Servers hat ihn abgelehnt: „{ $reason }“
reasons-approval-lapsed = Das Team dieses Servers hat ihn nicht innerhalb von 48 Stunden freigegeben.
reasons-server-left = Ich wurde vom Server entfernt, bevor sein Team darüber entschieden hat.
reasons-not-offered = Als er freigegeben wurde, gab es dieses Modell oder diese Dauer nicht mehr.

reasons-with-message = { $sentence } Seine Antwort: „{ $message }“
