/// The page itself; the script fills the list.
enum PageMarkup {
    static let text = """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Recordings</title>
        <link rel="icon" href="data:,">
        <link rel="stylesheet" href="/playback.css">
        <script src="/playback.js" defer></script>
        </head>
        <body>
        <header>
          <h1>Recordings</h1>
          <form id="search" role="search">
            <label class="unseen" for="number">Caller or dialled number, * for any digits</label>
            <input id="number" type="search" autocomplete="off" spellcheck="false"
              placeholder="Phone number" maxlength="64">
            <button type="submit">Search</button>
            <button type="button" id="refresh">Refresh</button>
          </form>
        </header>
        <main>
          <p id="status" role="status" aria-live="polite"></p>
          <ol id="recordings"></ol>
          <button type="button" id="more" hidden>Show more</button>
          <noscript><p>This page needs JavaScript. The recordings are at <code>/api/v2/recordings?limit=100</code>.</p></noscript>
        </main>
        </body>
        </html>

        """
}
