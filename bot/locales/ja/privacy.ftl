### /privacy と、文章が削除された動画の表示

privacy-prompt-gone = （プロンプトは削除されました）
privacy-link-gone = この動画のリンクは削除されました。
privacy-not-again = この動画のプロンプトは削除されたため、もう一度作成できません。/movie で新しく作成してください。{ -not-charged }
