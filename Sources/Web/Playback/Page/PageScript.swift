/// What the page does. Everything that the services tell goes through `textContent`.
enum PageScript {
    static let text = Self.words + PlayerScript.text + RecordingScript.text + ListScript.text

    /// What all parts share.
    private static let words = #"""
        "use strict";

        const api = "/api/v2";

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
          const seconds = Math.max(0, Math.floor(total / 1000));
          const two = (number) => String(number).padStart(2, "0");
          const hours = Math.floor(seconds / 3600);
          const minutes = Math.floor(seconds / 60) % 60;
          return (hours > 0 ? hours + ":" + two(minutes) : minutes) + ":" + two(seconds % 60);
        }


        """#
}
