/// The player: a button, and a bar on which paused spans lie where they are heard.
enum PlayerScript {
    static let text = #"""
        let playing = null;

        // What was paused lies on the bar by which the sound is sought, so that nobody takes its silence for a fault.
        function playerOf(path, name, length, masks) {
          const audio = element("audio");
          audio.preload = "none";
          audio.src = api + path;
          const button = element("button", "", "▶");
          button.type = "button";
          button.setAttribute("aria-label", "Play " + name);
          const seek = element("input");
          Object.assign(seek, { type: "range", min: 0, max: Math.max(1, length), step: 100, value: 0 });
          seek.setAttribute("aria-label", "Position in " + name);
          const now = element("time", "", clock(0));
          const track = element("div", "track");
          const played = element("span", "played");
          track.append(played);
          for (const mask of masks) {
            const pause = element("span", "pause");
            pause.style.left = (100 * Number(mask.start)) / Math.max(1, length) + "%";
            pause.style.width = (100 * (Number(mask.end) - Number(mask.start))) / Math.max(1, length) + "%";
            track.append(pause);
          }
          const problem = element("p", "note bad", "This file cannot be played now.");
          problem.hidden = true;

          function show() {
            const at = audio.currentTime * 1000;
            seek.value = at;
            seek.setAttribute("aria-valuetext", clock(at) + " of " + clock(length));
            now.textContent = clock(at);
            played.style.width = Math.min(100, (100 * at) / Math.max(1, length)) + "%";
          }
          function label() {
            button.textContent = audio.paused ? "▶" : "❚❚";
            button.setAttribute("aria-label", (audio.paused ? "Play " : "Pause ") + name);
          }
          button.addEventListener("click", () => {
            problem.hidden = true;
            if (!audio.paused) return audio.pause();
            if (audio.error) audio.load();
            if (playing && playing !== audio) playing.pause();
            playing = audio;
            audio.play().catch((error) => { if (error.name !== "AbortError") problem.hidden = false; });
          });
          seek.addEventListener("input", () => {
            audio.currentTime = Number(seek.value) / 1000;
            show();
          });
          for (const event of ["play", "pause", "ended"]) audio.addEventListener(event, label);
          for (const event of ["timeupdate", "seeked", "ended"]) audio.addEventListener(event, show);
          audio.addEventListener("error", () => { problem.hidden = false; });

          const bar = element("div", "seek");
          bar.append(track, seek);
          const row = element("div", "player");
          row.append(audio, button, now, bar, element("time", "", clock(length)));
          return [row, problem];
        }


        """#
}
