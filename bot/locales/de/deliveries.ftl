### Nachrichten zum Ende eines Films, im Kanal oder per DM

deliveries-ready = { $member } Dein Film ist fertig.
deliveries-ready-followed = { $member } Dein Film ist fertig. Auch für { $followers }
deliveries-ready-direct = Dein Film ist fertig.
deliveries-movie-alt-text = KI-generierter Film, { $duration }: { $prompt }
deliveries-spent = { "**" }{ $cost }** ausgegeben
deliveries-spent-left = { "**" }{ $cost }** ausgegeben · **{ $left }** diesen Monat übrig
deliveries-not-cancelled = Er war fertig, bevor er abgebrochen werden konnte.
deliveries-followed = { $followers } Der Film, auf den du wartest, ist fertig. Wer ihn angefordert hat, bekommt ihn aber per DM.
deliveries-followed-direct = 🎬 Ein Film, auf den du wartest, ist fertig, aber ich kann dich dort, wo er ist, nicht erwähnen. Wer ihn angefordert hat, kann ihn dir zeigen. ID { $id }

deliveries-failed-title = Dieser Film ist fehlgeschlagen
deliveries-failed = { $member } Dein Film ist fehlgeschlagen. Die Credits dafür wurden erstattet.
deliveries-refunded = { "**" }{ $refunded }** erstattet
deliveries-refunded-left = { "**" }{ $refunded }** erstattet · **{ $left }** diesen Monat übrig
deliveries-refunded-bonus = { "**" }{ $refunded }** als Bonus-Credits erstattet, denn der Monat der Bestellung ist vorbei

deliveries-unknown-title = 🔎 Dein Film wird geprüft
deliveries-unknown = { $member } Ich prüfe, was aus deinem Film geworden ist.
deliveries-unknown-details =
    Der Filmdienst hat deinen Auftrag nicht bestätigt. Ich gebe ihn nicht noch einmal auf. { -operator-notified }
    Bis es klar ist, bleiben **{ $held }** reserviert: Dann werden sie für deinen Film ausgegeben oder erstattet.

deliveries-cancelled-title = Abgebrochen
deliveries-cancelled = { $member } Dein Film wurde abgebrochen.
deliveries-spent-refunded = { "**" }{ $cost }** ausgegeben · **{ $refunded }** erstattet

deliveries-not-started-title = Nicht gestartet
deliveries-not-started = { $member } Dein Film wurde nicht gestartet. Die Credits dafür wurden erstattet.
deliveries-not-started-details = { "**" }{ $refunded }** erstattet. Versuch es mit /movie noch einmal.

deliveries-left = { "**" }{ $left }** diesen Monat übrig
