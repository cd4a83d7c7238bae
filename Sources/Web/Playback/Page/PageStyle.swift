/// How the page looks, by day and by night.
enum PageStyle {
    static let text = """
        :root {
          color-scheme: light dark;
          --ground: #f5f6f8; --card: #fff; --ink: #1c2330; --faint: #5c6575; --line: #dde1e8;
          --accent: #2457c5; --good: #17703b; --fair: #8a5a00; --bad: #b3261e; --pause: #c7ccd6;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --ground: #14171c; --card: #1d2128; --ink: #e8eaee; --faint: #a2aab8; --line: #333944;
            --accent: #8fb2ff; --good: #6fd195; --fair: #e7b85a; --bad: #ff8a80; --pause: #4a5160;
          }
        }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
        header, main { max-width: 56rem; margin: 0 auto; padding: 1rem; }
        header { display: flex; flex-wrap: wrap; gap: 1rem; align-items: end; justify-content: space-between; }
        h1 { margin: 0; font-size: 1.5rem; letter-spacing: -.01em; }
        form { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; }
        label { color: var(--faint); font-size: .875rem; }
        input, button { font: inherit; padding: .4rem .7rem; border: 1px solid var(--line); border-radius: .5rem;
          background: var(--card); color: var(--ink); }
        input { width: 17rem; max-width: 100%; }
        button { cursor: pointer; }
        button[type=submit] { background: var(--accent); border-color: var(--accent); color: var(--ground); }
        :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
        #status { color: var(--faint); margin: 0 0 .75rem; min-height: 1.5rem; }
        #status.failed { color: var(--bad); }
        ol { list-style: none; margin: 0; padding: 0; display: grid; gap: .75rem; }
        #recordings > li { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: 1rem; }
        .head { display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: baseline; }
        .head h2 { margin: 0; font-size: 1.0625rem; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
        .head .length { margin-left: auto; font-variant-numeric: tabular-nums; }
        .about { color: var(--faint); font-size: .875rem; margin: .1rem 0 .6rem; overflow-wrap: anywhere; }
        .verdict { font-size: .8125rem; font-weight: 600; }
        .verdict.good { color: var(--good); } .verdict.fair { color: var(--fair); } .verdict.bad { color: var(--bad); }
        .file { margin-top: .6rem; }
        .file audio { width: 100%; display: block; }
        .bar { position: relative; height: .4rem; margin: .35rem 0; border-radius: .2rem; background: var(--accent);
          opacity: .65; overflow: hidden; }
        .bar span { position: absolute; top: 0; bottom: 0; background: var(--pause); }
        .note { color: var(--faint); font-size: .8125rem; margin: .1rem 0 0; overflow-wrap: anywhere; }
        details { margin-top: .6rem; font-size: .875rem; }
        summary { cursor: pointer; color: var(--accent); }
        table { border-collapse: collapse; margin-top: .4rem; width: 100%; }
        td { padding: .15rem .6rem .15rem 0; vertical-align: top; overflow-wrap: anywhere; }
        td:first-child { white-space: nowrap; font-variant-numeric: tabular-nums; color: var(--faint); }
        #more { margin: 1rem auto; display: block; }
        [hidden] { display: none !important; }

        """
}
