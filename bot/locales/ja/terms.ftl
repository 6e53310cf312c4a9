### すべての領域のメッセージが参照する、人や物の呼び方（例：{ -managers }）。

-managers = サーバー管理者
-operator-notified = ボットの運営者に通知しました。
-not-charged = クレジットは使われていません。
-in-progress-finish = 進行中の動画は最後まで作られます。
-example-prompt = 雨の夜、ネオンが映る水たまりを紙の船が進んでいく
