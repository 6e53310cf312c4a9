### 動画のお知らせの中で、リンクがどこにあるか

links-below = リンクが長いため、下と /movies にあります。
links-in-movies = リンクが長すぎてメッセージに入りません。リクエストした人は /movies で見られます。
links-in-file = リンクが長すぎてメッセージに入らないため、添付ファイルに入れました。
links-unsafe = このリンクはここに投稿できません。Studioで動画を開いてください。
links-watch = 見る
links-jump = メッセージへ移動
