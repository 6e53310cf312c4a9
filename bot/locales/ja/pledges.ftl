### What members who chipped in for a pitch are told.

# In the channel, or by DM. $members: mentions; $pitch: a link to the pitch; $why: one of the sentences below
pledges-funded = 🎬 { $members } 参加した企画のクレジットが集まり、動画を注文しました：{ $pitch }
pledges-funded-direct = 🎬 参加した企画のクレジットが集まり、動画を注文しました。あなたの負担は{ units-credits }です。{ $pitch }
pledges-approval = 🎬 { $members } 参加した企画のクレジットが集まりました。まず、このサーバーのスタッフが動画を承認します。期限までに承認されなければ、クレジットは全員に返還されます。{ $pitch }
pledges-approval-direct = 🎬 参加した企画のクレジットが集まりました。まず、サーバーのスタッフが動画を承認します。期限までに承認されなければ、クレジットは全員に返還されます。あなたの負担は{ units-credits }です。{ $pitch }
pledges-returned = ↩️ { $members } クレジットが返還されました。{ $why }{ $pitch }
pledges-returned-direct = ↩️ { units-credits }が返還されました。{ $why }{ $pitch }
pledges-over = 🎟️ { $members } あなたの企画は終了しました。{ $why }{ $pitch }
pledges-over-direct = 🎟️ あなたの企画は終了しました。{ $why }{ $pitch }
pledges-lapsed = 🗓️ { $members } 新しい月になったため、先月の利用枠はこの企画の対象外になりました。まだ動画を作りたい場合は、もう一度参加してください：{ $pitch }
pledges-lapsed-direct = 🗓️ 新しい月になったため、先月の利用枠の{ units-credits }はこの企画の対象外になりました。まだ動画を作りたい場合は、もう一度参加してください：{ $pitch }
pledges-waiting = ⏳ { $members } 参加した企画のクレジットが集まりましたが、動画はまだ注文できません。企画の終了まで試し続けます。それまでに注文できなければ、クレジットは全員に返還されます。{ $pitch }
pledges-waiting-direct = ⏳ 参加した企画のクレジットが集まりましたが、動画はまだ注文できません。企画の終了まで試し続けます。それまでに注文できなければ、クレジットは全員に返還されます。あなたの負担は{ units-credits }です。{ $pitch }
pledges-made = 🎬 { $members } 支払いに参加した動画が完成しました。/movies で見られます。企画：{ $pitch }
pledges-made-direct = 🎬 支払いに参加した動画が完成しました。/movies で見られます。あなたの負担は{ units-credits }でした。企画：{ $pitch }

# Why credits came back
pledges-why-lapsed = 動画を注文できないまま期限が過ぎました。
pledges-why-withdrawn = 企画は取り下げられました。
pledges-why-removed = サーバーのスタッフが企画を削除しました。
pledges-why-prompt = 企画のプロンプトがサーバーのルールに反しています。
pledges-why-not-offered = 企画のモデルまたは長さは現在使えません。
pledges-why-restored = ボットがバックアップから復元されたため、企画は終了しました。
pledges-why-server-left = ボットがサーバーから削除されました。
pledges-why-gone = 企画のメッセージまたはチャンネルが削除されました。
pledges-why-not-made = 動画は作成されませんでした。
pledges-why-not-made-late = 動画は作成されませんでした。支払った月が終わったため、ボーナスクレジットとして戻ります。

# A movie that was canceled after it began. $spent, $refunded: credits of the member's share
pledges-charged = ↩️ { $members } 支払いに参加した動画はキャンセルされました。終わったステップの分は各自の負担から支払われ、残りがあれば返還されました。{ $pitch }
pledges-charged-direct = ↩️ 支払いに参加した動画はキャンセルされました。終わったステップの分として{ $spent }が使われ、{ $refunded }が返還されました。{ $pitch }

# In the message of the movie. $names: a list of mentions
pledges-paid-by = { $names }が支払いました。
pledges-paid-by-more = { $names }とほか{ $more }人が支払いました。
pledges-paid-by-unnamed = { $more }人が支払いました。

# The credits of a movie that members paid for together. $cost, $price: all shares, such as "200 credits"
pledges-cost = みんなで**{ $cost }**を使いました
pledges-refunded = クレジットは全員に戻りました。
pledges-refunded-bonus = 支払った月が終わったため、クレジットは全員にボーナスクレジットとして戻りました。
pledges-cost-in-part = { "**" }{ $cost }**を全員で分担し、残りは全員に戻りました。
pledges-cancelled = キャンセルしました。クレジットは全員に戻りました。
pledges-ended = すでに終了しています。クレジットは全員に戻りました。
pledges-failed = { $member } あなたが企画した動画は失敗しました。
pledges-not-started = { $member } あなたが企画した動画は開始されませんでした。
pledges-not-cancellable = みんなで支払った動画は、制作が始まるとキャンセルできません。完成したらチャンネルに投稿します。
pledges-to-channel = みんなで支払った動画は、必ずチャンネルに投稿されます。
