"""The project behind a manifest: a snapshot of it, and the client that fetches one.

`snapshot` is data, its reading and its writing. `fetch` makes a snapshot from the platform's API
through `api`, the HTTP client; both are imported only by `pull` and `check --project`.
"""
