"""Downloads a finished movie from an untrusted URL, to attach it.

The URL comes from the API's response. Its scheme, host, redirects, declared length and content are all checked.
`url_policy` is pure and checks what a URL shows; `downloader` checks what only shows on connecting and reading.
"""
