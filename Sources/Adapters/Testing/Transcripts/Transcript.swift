public import CallCore

/// What a machine was told and what it asked for, over time, as text that people read and tests replay.
///
/// ```
/// # a comment
/// 0 ms      > requested for=7001 by=tLibraryClient
///           < startRecorder for=7001
/// 10 s      > pauseRequested
///           < pauseRecorder
/// ```
/// A line with `>` is an event, one with `<` an effect that it brings about; a time that is left out is the one before.
public struct Transcript: Sendable {
    /// One event with the effects that must follow.
    public struct Step: Sendable {
        /// When the event happens.
        public var time: MonotonicTime
        /// The event, as text.
        public var event: String
        /// The effects, as text, in order.
        public var effects: [String]
        /// The line of the event, from 1.
        public var line: Int
    }

    /// The events in order.
    public var steps: [Step] = []

    /// Reads a transcript.
    ///
    /// - Throws: ``TranscriptError`` with the line that cannot be read.
    public init(_ text: String) throws(TranscriptError) {
        var time = MonotonicTime.zero
        for (index, raw) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let line = raw.drop(while: \.isWhitespace)
            guard !line.isEmpty, line.first != "#" else { continue }
            guard let mark = line.firstIndex(where: { $0 == ">" || $0 == "<" }) else {
                throw TranscriptError(line: index + 1, message: "neither > nor < in '\(raw)'")
            }
            let moment = Self.trimmed(line[..<mark])
            let content = String(Self.trimmed(line[line.index(after: mark)...]))
            if !moment.isEmpty {
                guard let read = Self.moment(moment) else {
                    throw TranscriptError(line: index + 1, message: "'\(moment)' is no time; write 40 ms or 2.5 s")
                }
                time = read
            }
            if line[mark] == ">" {
                self.steps.append(Step(time: time, event: content, effects: [], line: index + 1))
            } else if self.steps.isEmpty {
                throw TranscriptError(line: index + 1, message: "an effect before any event")
            } else {
                self.steps[self.steps.count - 1].effects.append(content)
            }
        }
    }

    /// Runs a machine through the transcript.
    ///
    /// - Parameters:
    ///   - event: turns the text of an event into the event; nil where the text is none.
    ///   - describe: turns an effect into the text that stands in the transcript; nil leaves the effect out.
    /// - Throws: ``TranscriptError`` at the first step whose effects differ.
    public func replay<Machine: StateMachine>(
        on machine: inout Machine, event: (String) -> Machine.Event?, describe: (Machine.Effect) -> String?
    ) throws(TranscriptError) {
        for step in self.steps {
            guard let happened = event(step.event) else {
                throw TranscriptError(line: step.line, message: "'\(step.event)' is no event of this machine")
            }
            let effects = machine.handle(happened, at: step.time).compactMap(describe)
            if effects != step.effects {
                throw TranscriptError(
                    line: step.line,
                    message: "after '\(step.event)' expected\n  "
                        + step.effects.joined(separator: "\n  ") + "\nbut it asked for\n  "
                        + effects.joined(separator: "\n  "))
            }
        }
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text.drop(while: \.isWhitespace)
        while text.last?.isWhitespace == true { text = text.dropLast() }
        return text
    }

    private static func moment(_ text: Substring) -> MonotonicTime? {
        let parts = text.split(separator: " ")
        guard parts.count == 2, let number = Double(parts[0]), number >= 0, number < 1e9 else { return nil }
        switch parts[1] {
        case "ms": return .zero + .microseconds(Int64(number * 1_000))
        case "s": return .zero + .microseconds(Int64(number * 1_000_000))
        default: return nil
        }
    }
}

/// Why a transcript could not be read, or where a machine departed from it.
public struct TranscriptError: Error, CustomStringConvertible {
    /// The line, from 1.
    public var line: Int
    /// What is wrong.
    public var message: String

    /// The line and what is wrong.
    public var description: String { "line \(self.line): \(self.message)" }
}
