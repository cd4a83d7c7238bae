/// How the page looks, by day and by night.
enum PageStyle {
    static let text = """
        :root {
          color-scheme: light dark;
          --ground: #f5f6f8; --card: #fff; --ink: #1c2330; --faint: #5c6575; --line: #dde1e8;
          --accent: #2457c5; --played: #2457c5; --track: #b9c9ee; --pause: #7d8696;
          --good: #17703b; --fair: #8a5a00; --bad: #b3261e;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --ground: #14171c; --card: #1d2128; --ink: #e8eaee; --faint: #a2aab8; --line: #333944;
            --accent: #8fb2ff; --played: #8fb2ff; --track: #3d4c70; --pause: #8b93a1;
            --good: #6fd195; --fair: #e7b85a; --bad: #ff8a80;
          }
        }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
        header, main { max-width: 52rem; margin: 0 auto; padding: 1rem; }
        header { display: flex; flex-wrap: wrap; gap: .75rem 1rem; align-items: center; justify-content: space-between;
          padding-top: 1.5rem; padding-bottom: 0; }
        h1 { margin: 0; font-size: 1.5rem; letter-spacing: -.01em; }
        form { display: flex; gap: .5rem; flex: 0 1 28rem; min-width: min(100%, 20rem); }
        input, button { font: inherit; padding: .4rem .75rem; border: 1px solid var(--line); border-radius: .5rem;
          background: var(--card); color: var(--ink); }
        input[type=search] { flex: 1; min-width: 0; }
        button { cursor: pointer; }
        button[type=submit] { background: var(--accent); border-color: var(--accent); color: var(--ground); }
        a { color: var(--accent); }
        :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
        .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
        #status { color: var(--faint); margin: 0 0 .5rem; font-size: .875rem; }
        #status.notice { margin: 2rem 0; padding: 2rem 1rem; text-align: center; font-size: 1rem;
          border: 1px dashed var(--line); border-radius: .75rem; }
        #status.failed { margin: 0 0 .75rem; padding: .75rem 1rem; font-size: 1rem; color: var(--bad); background: var(--card);
          border: 1px solid var(--bad); border-radius: .75rem; }
        ol { list-style: none; margin: 0; padding: 0; display: grid; gap: .75rem; }
        #recordings > li { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: 1rem; }
        .head { display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: baseline; justify-content: space-between; }
        h2 { margin: 0; font-size: 1.125rem; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
        .verdict { font-size: .875rem; font-weight: 600; }
        .good { color: var(--good); } .fair { color: var(--fair); } .bad { color: var(--bad); }
        .about { color: var(--faint); font-size: .875rem; margin: 0; overflow-wrap: anywhere; }
        .part { margin-top: .75rem; }
        .player { display: flex; align-items: center; gap: .75rem; }
        .player button { flex: none; width: 2.75rem; height: 2.75rem; padding: 0; border-radius: 50%; border: 0;
          background: var(--accent); color: var(--card); font-size: 1rem; line-height: 1; }
        .player time { flex: none; min-width: 2.5rem; font-size: .875rem; font-variant-numeric: tabular-nums; color: var(--faint); }
        .player time:last-child { text-align: right; min-width: 0; }
        .seek { position: relative; flex: 1; min-width: 4rem; height: 1.75rem; }
        .track { position: absolute; left: 0; right: 0; top: .6875rem; height: .375rem; border-radius: .2rem;
          background: var(--track); overflow: hidden; }
        .track span { position: absolute; top: 0; bottom: 0; }
        .track .played { left: 0; background: var(--played); }
        .track .pause { background: repeating-linear-gradient(135deg, var(--pause) 0 3px, var(--card) 3px 6px); }
        .seek input { position: absolute; inset: 0; width: 100%; height: 100%; margin: 0; padding: 0; border: 0;
          background: none; appearance: none; cursor: pointer; }
        .seek input::-webkit-slider-thumb { appearance: none; width: .375rem; height: 1.125rem; border-radius: .1875rem;
          background: var(--ink); }
        .seek input::-moz-range-thumb { width: .375rem; height: 1.125rem; border: 0; border-radius: .1875rem;
          background: var(--ink); }
        .note { color: var(--faint); font-size: .875rem; margin: .35rem 0 0; overflow-wrap: anywhere; }
        .note.bad { color: var(--bad); }
        .swatch { display: inline-block; width: 1rem; height: .5rem; margin-right: .35rem; vertical-align: middle;
          border-radius: .1rem; background: repeating-linear-gradient(135deg, var(--pause) 0 3px, var(--card) 3px 6px); }
        details { margin-top: .5rem; font-size: .875rem; }
        summary { cursor: pointer; color: var(--accent); width: fit-content; }
        details p { margin: .35rem 0; color: var(--faint); overflow-wrap: anywhere; }
        table { border-collapse: collapse; margin-top: .4rem; width: 100%; }
        td { padding: .15rem .75rem .15rem 0; vertical-align: top; overflow-wrap: anywhere; }
        td:nth-child(-n + 3) { white-space: nowrap; }
        td:nth-child(3) { max-width: 16rem; overflow: hidden; text-overflow: ellipsis; }
        td:first-child { font-variant-numeric: tabular-nums; color: var(--faint); }
        #more { margin: 1rem auto; display: block; }
        [hidden] { display: none !important; }
        @media (max-width: 30rem) {
          .player { gap: .5rem; }
          tr { display: grid; grid-template-columns: 3.25rem 1fr; padding: .2rem 0; }
          td, td:nth-child(n) { grid-column: 2; padding: 0; max-width: none; white-space: normal; }
          td:nth-child(n):first-child { grid-column: 1; grid-row: 1; }
          td:empty { display: none; }
        }

        """
}
