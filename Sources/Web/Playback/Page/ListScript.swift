/// The list: searching, paging, and what is said where there is nothing to show.
enum ListScript {
    static let text = #"""
        const pageSize = 25;
        const list = document.getElementById("recordings");
        const status = document.getElementById("status");
        const more = document.getElementById("more");

        // What is shown, by id, and where each search goes on: a number is searched as the caller's and as the dialled one.
        let shown = new Map();
        let sources = [];
        let turn = 0;
        let wanted = "";

        function say(text, className) {
          status.className = className || "";
          status.textContent = text;
        }

        function show() {
          const sorted = [...shown.values()].sort((a, b) =>
            milliseconds(b.recording.startTime) - milliseconds(a.recording.startTime));
          list.replaceChildren(...sorted.map((entry) => entry.item));
          more.hidden = sources.every((source) => source === null);
          if (sorted.length > 0) {
            say(sorted.length + (sorted.length === 1 ? " recording" : " recordings") + (more.hidden ? "" : ", and more"));
          } else if (wanted) {
            say("No recording of a call from or to “" + wanted + "”. An empty search shows all.", "notice");
          } else {
            say("There are no recordings yet. A recorded call is listed here when it is over.", "notice");
          }
        }

        function reasonOf(error) {
          if (error instanceof TypeError) return "the server does not answer";
          if (error instanceof SyntaxError) return "the server's answer cannot be read";
          return error.message;
        }

        async function load(mine) {
          try {
            const pages = await Promise.all(sources.map(async (address) => {
              if (address === null) return null;
              const reply = await fetch(address, { headers: { Accept: "application/json" } });
              const body = await reply.json();
              if (!reply.ok || body.statusCode !== 0) throw new Error(body.statusMessage || "status " + reply.status);
              return body;
            }));
            if (mine !== turn) return;
            sources = pages.map((page) => page && page.paging && page.paging.next ? page.paging.next : null);
            for (const page of pages) {
              for (const recording of page ? page.recordings : []) {
                if (!shown.has(recording.id)) shown.set(recording.id, { recording, item: itemOf(recording) });
              }
            }
            show();
          } catch (error) {
            if (mine !== turn) return;
            say("The recordings cannot be shown: " + reasonOf(error) + ". Refresh tries again.", "failed");
          }
        }

        function begin() {
          turn += 1;
          if (playing) playing.pause();
          shown = new Map();
          wanted = document.getElementById("number").value.trim();
          const base = api + "/recordings?limit=" + pageSize;
          const pattern = encodeURIComponent(wanted.includes("*") ? wanted : "*" + wanted + "*");
          sources = wanted === "" ? [base] :
            ["callerPhoneNumber", "dialedPhoneNumber"].map((field) => base + "&" + field + "=" + pattern);
          say("Loading …");
          return load(turn);
        }

        document.getElementById("search").addEventListener("submit", (event) => {
          event.preventDefault();
          begin();
        });
        document.getElementById("refresh").addEventListener("click", begin);
        more.addEventListener("click", () => load(turn));
        begin();

        """#
}
