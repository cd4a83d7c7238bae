/// One recording on the page.
enum RecordingScript {
    static let text = #"""
        const names = {
          data: "Data", RecordingStarted: "Recording started", RecordingPaused: "Recording paused",
          RecordingResumed: "Recording resumed", RecordingStopped: "Recording stopped", RecordingFailed: "Recording failed",
        };

        function nameOf(contact) {
          return [contact.firstName, contact.lastName].filter(Boolean).join(" ") || contact.userName || "";
        }

        // Files of the same moment are the same sound in several formats: they are one part, with one player.
        function partsOf(recording) {
          const parts = new Map();
          for (const file of recording.mediaFiles) {
            parts.set(file.startTime, (parts.get(file.startTime) || []).concat(file));
          }
          return [...parts.values()].sort((a, b) => milliseconds(a[0].startTime) - milliseconds(b[0].startTime));
        }

        // What is worst of all files is what the recording is.
        function verdictOf(recording) {
          const rank = (text) => (text === "complete" ? 0 : text.startsWith("complete except") ? 1 : 2);
          const texts = recording.mediaFiles.map((file) => (file.verdict && file.verdict.summary) || "");
          const worst = texts.filter(Boolean).sort((a, b) => rank(b) - rank(a))[0];
          if (!worst) return element("span", "verdict", "no verdict");
          const kind = rank(worst);
          return element("span", "verdict " + ["good", "fair", "bad"][kind], ["✓ ", "⚠ ", "✕ "][kind] + worst);
        }

        function sidesOf(file, people) {
          const streams = (file.verdict && file.verdict.streams) || [];
          const side = ["left", "right"];
          return streams.length < 2 || streams.length > 2 ? "" : streams.map((stream) =>
            side[stream.channel] + ": " + [stream.dn, people.get(stream.dn)].filter(Boolean).join(" ")).join(", ");
        }

        function downloadsOf(files) {
          const links = files.filter((file) => String(file.playPath || "").startsWith("/recordings/")).map((file) => {
            const kind = String(file.playPath).split(".").pop().toUpperCase();
            const link = element("a", "", kind + ", " + Math.max(1, Math.round(Number(file.size) / 1000)) + " kB");
            link.href = api + file.playPath;
            link.download = file.mediaId;
            return link;
          });
          return links.flatMap((link) => [" · ", link]);
        }

        function partOf(files, people, numbers, part) {
          const box = element("div", "part");
          const playable = files.filter((file) => String(file.playPath || "").startsWith("/recordings/"));
          const file = playable.find((file) => file.playPath.endsWith(".mp3")) || playable[0] || files[0];
          const masks = (file.verdict && file.verdict.pauses) || file.masks || [];
          if (playable.length > 0) {
            box.append(...playerOf(file.playPath, [numbers, part].filter(Boolean).join(", "), Number(file.duration) || 0, masks));
          } else {
            box.append(element("p", "note bad", "There is no file that a browser can play."));
          }
          const note = element("p", "note");
          note.append([part, sidesOf(file, people) || "one channel"].filter(Boolean).join(" · "));
          if (masks.length > 0) {
            const spans = masks.map((mask) => clock(Number(mask.start)) + "–" + clock(Number(mask.end)));
            note.append(" · ", element("span", "swatch"), "paused " + spans.join(", "));
          }
          note.append(...downloadsOf(files));
          box.append(note);
          return box;
        }

        function packetsOf(files) {
          const streams = (files[0].verdict && files[0].verdict.streams) || [];
          return streams.map((stream) => {
            const counts = ["lost", "late", "duplicate"].filter((name) => stream[name]).map((name) => stream[name] + " " + name);
            return stream.dn + ": " + [stream.received + " packets", ...counts].join(", ");
          }).join(" · ");
        }

        function detailsOf(recording, parts, start) {
          const box = element("details");
          box.append(element("summary", "", "Details"));
          box.append(element("p", "", "Recording " + recording.id));
          for (const files of parts) box.append(element("p", "", packetsOf(files)));
          const table = element("table");
          for (const event of recording.eventHistory || []) {
            const row = element("tr");
            const who = event.contact || {};
            const data = Object.entries(event.data || {}).map(([key, value]) => key + " = " + value).join(", ");
            const moment = milliseconds(event.occurredAt) - start;
            row.append(
              element("td", "", (moment <= -1000 ? "−" : "") + clock(Math.abs(moment))),
              element("td", "", names[event.event] || event.event),
              element("td", "", [who.phoneNumber, nameOf(who)].filter(Boolean).join(" ")), element("td", "", data));
            table.append(row);
          }
          box.append(table);
          return box;
        }

        function itemOf(recording) {
          const item = element("li");
          const start = milliseconds(recording.startTime);
          const parts = partsOf(recording);
          const people = new Map();
          for (const event of recording.eventHistory || []) {
            const who = event.contact || {};
            if (who.phoneNumber && nameOf(who)) people.set(who.phoneNumber, nameOf(who));
          }
          const numbers = [recording.callerPhoneNumber || "?", recording.dialedPhoneNumber || "?"];
          const head = element("div", "head");
          head.append(element("h2", "", numbers.join(" → ")), verdictOf(recording));
          const about = [
            Number.isNaN(start) ? recording.startTime
              : new Date(start).toLocaleString("en", { dateStyle: "medium", timeStyle: "medium", hourCycle: "h23" })];
          if (recording.callType) about.push(recording.callType.toLowerCase() + " call");
          about.push(...new Set(people.values()));
          item.append(head, element("p", "about", about.join(" · ")));
          parts.forEach((files, index) => {
            const part = parts.length > 1 ? "part " + (index + 1) + " of " + parts.length : "";
            item.append(partOf(files, people, numbers.join(" to "), part));
          });
          if (parts.length === 0) item.append(element("p", "note", "There is no file."));
          item.append(detailsOf(recording, parts, start));
          return item;
        }


        """#
}
