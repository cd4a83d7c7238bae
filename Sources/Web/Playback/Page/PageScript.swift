/// What the page does. Everything that the services tell goes through `textContent`.
enum PageScript {
    static let text = #"""
        "use strict";

        const api = "/api/v2";
        const pageSize = 25;
        const list = document.getElementById("recordings");
        const status = document.getElementById("status");
        const more = document.getElementById("more");

        // What is shown, by id, and where each search goes on: a number is searched as the caller's and as the dialled one.
        let shown = new Map();
        let sources = [];
        let turn = 0;

        function element(name, className, text) {
          const made = document.createElement(name);
          if (className) made.className = className;
          if (text !== undefined) made.textContent = text;
          return made;
        }

        function milliseconds(date) {
          // +0000 is no zone that every browser reads.
          return Date.parse(String(date).replace(/([+-]\d\d)(\d\d)$/, "$1:$2"));
        }

        function clock(total) {
          const seconds = Math.max(0, Math.round(total / 1000));
          const two = (number) => String(number).padStart(2, "0");
          const rest = two(Math.floor(seconds / 60) % 60) + ":" + two(seconds % 60);
          return seconds >= 3600 ? Math.floor(seconds / 3600) + ":" + rest : rest;
        }

        function verdictOf(file) {
          const text = file.verdict && file.verdict.summary ? String(file.verdict.summary) : "no verdict";
          const kind = text === "complete" ? "good" : text.startsWith("complete except") ? "fair" : "bad";
          return element("span", "verdict " + (file.verdict ? kind : ""), text);
        }

        function pausesOf(file, length) {
          const masks = (file.verdict && file.verdict.pauses) || file.masks || [];
          const parts = [];
          if (length > 0 && masks.length > 0) {
            const bar = element("div", "bar");
            bar.setAttribute("aria-hidden", "true");
            for (const mask of masks) {
              const pause = element("span");
              pause.style.left = (100 * Number(mask.start)) / length + "%";
              pause.style.width = (100 * (Number(mask.end) - Number(mask.start))) / length + "%";
              bar.append(pause);
            }
            parts.push(bar);
          }
          if (masks.length > 0) {
            const spans = masks.map((mask) => clock(Number(mask.start)) + "–" + clock(Number(mask.end)));
            parts.push(element("p", "note", "Paused " + spans.join(", ")));
          }
          return parts;
        }

        function streamsOf(file) {
          const streams = (file.verdict && file.verdict.streams) || [];
          if (streams.length === 0) return [];
          const side = ["left", "right"];
          const told = streams.map((stream) =>
            (side[stream.channel] || "channel " + stream.channel) + " " + stream.dn + ": " + stream.received +
            " packets" + (stream.lost ? ", " + stream.lost + " lost" : "") + (stream.late ? ", " + stream.late + " late" : ""));
          return [element("p", "note", told.join(" · "))];
        }

        function fileOf(file) {
          const box = element("div", "file");
          const length = Number(file.duration);
          const path = String(file.playPath || "");
          if (path.startsWith("/recordings/")) {
            const audio = element("audio");
            audio.controls = true;
            audio.preload = "none";
            audio.src = api + path;
            audio.setAttribute("aria-label", "Recording " + file.mediaId);
            box.append(audio);
          }
          box.append(...pausesOf(file, length));
          const line = element("p", "note", file.type + ", " + Math.round(Number(file.size) / 1024) + " KiB, ");
          line.append(verdictOf(file));
          box.append(line, ...streamsOf(file));
          return box;
        }

        function historyOf(recording, start) {
          const events = recording.eventHistory || [];
          if (events.length === 0) return [];
          const box = element("details");
          box.append(element("summary", "", "What happened (" + events.length + ")"));
          const table = element("table");
          for (const event of events) {
            const row = element("tr");
            const who = event.contact || {};
            const name = [who.firstName, who.lastName].filter(Boolean).join(" ") || who.userName || "";
            const data = Object.entries(event.data || {}).map(([key, value]) => key + " = " + value).join(", ");
            const moment = milliseconds(event.occurredAt) - start;
            row.append(
              element("td", "", (moment < 0 ? "−" : "") + clock(Math.abs(moment))), element("td", "", event.event),
              element("td", "", [who.phoneNumber, name].filter(Boolean).join(", ")), element("td", "", data));
            table.append(row);
          }
          box.append(table);
          return [box];
        }

        function agentsOf(recording) {
          const names = new Set();
          for (const event of recording.eventHistory || []) {
            const who = event.contact || {};
            const name = [who.firstName, who.lastName].filter(Boolean).join(" ") || who.userName;
            if (name) names.add(name);
          }
          return [...names];
        }

        function itemOf(recording) {
          const item = element("li");
          const start = milliseconds(recording.startTime);
          const head = element("div", "head");
          const longest = Math.max(0, ...recording.mediaFiles.map((file) => Number(file.duration) || 0));
          head.append(
            element("h2", "", (recording.callerPhoneNumber || "?") + " → " + (recording.dialedPhoneNumber || "?")),
            element("span", "length", clock(longest)));
          const about = [Number.isNaN(start) ? recording.startTime : new Date(start).toLocaleString()];
          if (recording.callType) about.push(recording.callType);
          about.push(...agentsOf(recording), recording.id);
          item.append(head, element("p", "about", about.join(" · ")));
          for (const file of recording.mediaFiles) item.append(fileOf(file));
          item.append(...historyOf(recording, start));
          return item;
        }

        function show() {
          const sorted = [...shown.values()].sort((a, b) =>
            milliseconds(b.recording.startTime) - milliseconds(a.recording.startTime));
          list.replaceChildren(...sorted.map((entry) => entry.item));
          more.hidden = sources.every((source) => source === null);
          status.className = "";
          status.textContent = sorted.length === 0 ? "No recordings." :
            sorted.length + (sorted.length === 1 ? " recording" : " recordings") + (more.hidden ? "" : ", and more");
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
            status.className = "failed";
            status.textContent = "The recordings cannot be shown: " + error.message;
          }
        }

        function begin() {
          turn += 1;
          shown = new Map();
          const number = document.getElementById("number").value.trim();
          const base = api + "/recordings?limit=" + pageSize;
          const pattern = encodeURIComponent(number.includes("*") ? number : "*" + number + "*");
          sources = number === "" ? [base] :
            ["callerPhoneNumber", "dialedPhoneNumber"].map((field) => base + "&" + field + "=" + pattern);
          status.textContent = "Loading …";
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
