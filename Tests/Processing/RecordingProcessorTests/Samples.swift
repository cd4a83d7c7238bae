import CallCore
import HTTPMessaging
import RecordingAPI
import RecordingStorage
import Synchronization
import Testing

enum Samples {
    static let start = WallTime(milliseconds: 1_441_904_302_000)

    static func call(_ last: String = "V") throws -> CallUUID {
        try #require(CallUUID("011AP643CSAPR4FKQGQE31TAES00029\(last)"))
    }

    static func file(_ name: String = "a.mp3", call: CallUUID? = nil) throws -> MediaFile {
        MediaFile(
            mediaID: name, playID: PlayID.derived(from: name), path: try #require(RecordingPath(name)),
            storage: "directory", type: "audio/mp3", duration: .seconds(10), byteCount: 20_000, startTime: self.start,
            stopTime: self.start + .seconds(10), callUUID: try call ?? self.call(), tenant: "Environment",
            profile: "record", parameters: ["ani": "from parameters", "dnis": "from parameters"])
    }

    static func entry(_ second: Int, _ kind: CallHistoryEntry.Kind, call: CallUUID? = nil) throws -> CallHistoryEntry {
        CallHistoryEntry(callUUID: try call ?? self.call(), time: self.start + .seconds(second), kind: kind)
    }

    static let agent = Agent(id: "kmilburn", firstName: "Kristi", lastName: "Milburn")

    /// A whole call.
    static func history(call: CallUUID? = nil) throws -> [CallHistoryEntry] {
        let happened: [(Int, CallHistoryEntry.Kind)] = [
            (0, .callCreated(connID: ConnID(rawValue: 1), callType: "Inbound", ani: "8522001", dnis: "7001")),
            (0, .partyAdded("8522001", role: "Origination", agent: nil)),
            (0, .partyState("8522001", "Connected")),
            (1, .partyAdded("7001", role: "Destination", agent: self.agent)),
            (1, .partyState("7001", "Alerting")),
            (3, .partyState("7001", "Connected")),
            (4, .recording("Started", dn: "7001", reasons: ["why": "quality"])),
            (5, .userData(key: "CustomerID", value: "42")),
            (9, .partyRemoved("8522001")),
            (10, .callEnded),
        ]
        return try happened.map { try self.entry($0.0, $0.1, call: call) }
    }
}

/// A clock on which every wait is over at once.
final class InstantClock: CallClock {
    private let time = Mutex(MonotonicTime.zero)
    var now: MonotonicTime { self.time.withLock { $0 } }
    var wallTime: WallTime { WallTime(epoch: Samples.start, moment: self.now) }
    var minimumResolution: Duration { .nanoseconds(1) }

    func sleep(until deadline: MonotonicTime, tolerance: Duration?) async throws {
        try Task.checkCancellation()
        self.time.withLock { $0 = max($0, deadline) }
        await Task.yield()
    }
}

/// A publisher that refuses as often as it is told to, and remembers whom it was told of.
final class ScriptedPublisher: RecordingPublisher {
    private let state: Mutex<(refusals: Int, taken: [Recording])>
    private let arrivals: AsyncStream<Recording>
    private let arrived: AsyncStream<Recording>.Continuation

    init(refusals: Int = 0) {
        self.state = Mutex((refusals, []))
        (self.arrivals, self.arrived) = AsyncStream.makeStream()
    }

    var taken: [Recording] { self.state.withLock { $0.taken } }

    func publish(_ recording: Recording) async throws(StorageError) {
        let refused = self.state.withLock { state in
            if state.refusals > 0 {
                state.refusals -= 1
                return true
            }
            state.taken.append(recording)
            return false
        }
        if refused { throw StorageError(.unreachable, "not now") }
        self.arrived.yield(recording)
    }

    /// Waits for as many recordings.
    func wait(for count: Int) async -> [Recording] {
        var recordings: [Recording] = []
        for await recording in self.arrivals {
            recordings.append(recording)
            if recordings.count == count { break }
        }
        return recordings
    }
}

/// Answers with what it is given, and keeps what it was asked.
final class ScriptedExchange: HTTPExchange {
    private let replies: @Sendable (HTTPCall) -> HTTPReply?
    private let asked = Mutex<[HTTPCall]>([])

    init(_ replies: @escaping @Sendable (HTTPCall) -> HTTPReply?) { self.replies = replies }

    var calls: [HTTPCall] { self.asked.withLock { $0 } }

    func perform(_ call: HTTPCall) async throws(TransportError) -> HTTPReply {
        self.asked.withLock { $0.append(call) }
        guard let reply = self.replies(call) else { throw TransportError(.unreachable, "nobody is there") }
        return reply
    }
}

/// A clock on which no wait is ever over.
struct StoppedClock: CallClock {
    var now: MonotonicTime { .zero }
    var wallTime: WallTime { Samples.start }
    var minimumResolution: Duration { .nanoseconds(1) }

    func sleep(until deadline: MonotonicTime, tolerance: Duration?) async throws {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
        await withTaskCancellationHandler {
            for await _ in stream {}
        } onCancel: {
            continuation.finish()
        }
        throw CancellationError()
    }
}
