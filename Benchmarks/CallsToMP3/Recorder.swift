import CallRecording
import CallRecordingDirectory
import CallRecordingMP3
import CallRecordingSockets
import Foundation

/// The media server's own way from the socket to the file, without its signalling.
struct Recorder {
    /// What has come of the calls.
    struct Outcome {
        var usage: Usage
        /// Packets that are in the recordings.
        var received = 0
        /// Packets that were sent, by the sender's own count.
        var sent = 0
        var fileBytes = 0
        /// By how much the sender was late at worst.
        ///
        /// - Unit: milliseconds.
        var lateness = 0.0
    }

    private let calls: Int
    private let relay: Bool
    private let thread: MediaThread
    private let reports: AsyncStream<MediaPlaneReport>
    private let batches: AsyncStream<[UInt8]>
    private let renderer: Renderer
    private let clock = SystemClock()
    private let journal: DirectoryJournal
    private let start = Usage.now

    init(calls: Int, relay: Bool, quality: Int, gathering: Duration, folder: URL) throws {
        (self.calls, self.relay) = (calls, relay)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let clock = self.clock
        let media = try UDPMedia(
            address: .loopback(0), ports: 10_000..<UInt16(10_100 + 4 * calls), gathering: gathering, now: { clock.now })
        self.journal = try DirectoryJournal(folder.appending(path: "journal").path())
        let (reports, reported) = AsyncStream<MediaPlaneReport>.makeStream()
        let (batches, committed) = AsyncStream<[UInt8]>.makeStream()
        (self.reports, self.batches) = (reports, batches)
        self.renderer = Renderer(
            formats: [MP3Format(quality: quality)],
            directory: try DirectoryFiles(folder.appending(path: "spool").path()))
        self.thread = MediaThread(transport: media, journal: self.journal, seed: 1) { report in
            reported.yield(report)
        } committed: { batch, _ in
            committed.yield(batch)
        }
    }

    /// Records all calls, from the opening of their ports until their files are on the disk.
    func record(seconds: Int) async throws -> Outcome {
        self.thread.start()
        for leg in 0..<2 * self.calls { self.thread.order(.openPort(LegID(rawValue: UInt64(leg)))) }
        var reports = self.reports.makeAsyncIterator()
        var ports = [UInt16](repeating: 0, count: 2 * self.calls)
        var opened = 0
        while opened < ports.count, let report = await reports.next() {
            if case .portOpened(let leg, let endpoint) = report {
                ports[Int(leg.rawValue)] = endpoint.port
                opened += 1
            } else if case .portFailed(_, let reason) = report {
                throw TransportError(.unavailable, reason)
            }
        }
        // What is relayed is heard by nobody, but it is sent, and to a socket.
        let clock = self.clock
        let ear = try UDPMedia(address: .loopback(0), ports: 9_000..<9_100, now: { clock.now }).openPort()
        let begin = ProcessInfo.processInfo.systemUptime + 0.7 + 0.002 * Double(self.calls)
        async let spoken = Self.speak(ports, seconds: seconds, begin: begin)
        // Shortly before the first packet, so that the recordings are hardly longer than what libmp3lame alone is given.
        let rest = begin - 0.2 - ProcessInfo.processInfo.systemUptime
        if rest > 0 { try await Task.sleep(for: .seconds(rest)) }
        for call in 0..<self.calls { self.begin(call, hearing: self.relay ? ear.localEndpoint : nil) }
        async let rendered = self.render()
        let (sent, lateness) = try await spoken
        for call in 0..<self.calls { self.thread.order(.stopRecording(RecordingNumber(rawValue: UInt64(call + 1)))) }
        let recordings = await rendered
        self.thread.order(.shutDown)
        while let report = await reports.next(), report != .finished {}
        self.journal.close()
        ear.close()
        return Outcome(
            usage: Usage.now - self.start,
            received: recordings.flatMap(\.verdict.streams).reduce(0) { $0 + $1.received }, sent: sent,
            fileBytes: recordings.flatMap(\.files).reduce(0) { $0 + Int($1.byteCount) }, lateness: lateness)
    }

    private func begin(_ call: Int, hearing ear: Endpoint?) {
        let legs = [LegID(rawValue: UInt64(2 * call)), LegID(rawValue: UInt64(2 * call + 1))]
        for leg in legs {
            self.thread.order(.setRemote(leg, LegMedia(remote: ear, sent: [LegPayload(0, .muLaw)])))
            self.thread.order(.join(leg, conference: "call-\(call)"))
        }
        self.thread.order(
            .startRecording(
                RecordingTicket(
                    number: RecordingNumber(rawValue: UInt64(call + 1)), id: "call-\(call)", conference: "call-\(call)",
                    channels: [.init(leg: legs[0], dn: "customer"), .init(leg: legs[1], dn: "agent")],
                    files: [.init(name: "call-\(call).mp3", mediaType: "audio/mp3")], startTime: self.clock.wallTime)))
    }

    private func render() async -> [RenderedRecording] {
        var renderer = self.renderer
        var finished: [RenderedRecording] = []
        for await batch in self.batches {
            let outcome = renderer.render(batch)
            finished += outcome.finished
            for recording in outcome.finished { self.journal.release(recording.ticket.number) }
            for problem in outcome.problems { print("!!! \(problem.message)") }
            if finished.count == self.calls { break }
        }
        return finished
    }

    /// Runs the sender, and gives how many packets it has sent, and how late it was at worst, in milliseconds.
    private static func speak(
        _ ports: [UInt16], seconds: Int, begin: Double
    ) async throws -> (sent: Int, lateness: Double) {
        let sender = Process()
        sender.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        sender.arguments = [
            "--send", ports.map(String.init).joined(separator: ","), "--seconds", String(seconds), "--begin",
            String(begin),
        ]
        let output = Pipe()
        sender.standardOutput = output
        try await withCheckedThrowingContinuation { (done: CheckedContinuation<Void, any Error>) in
            sender.terminationHandler = { _ in done.resume() }
            do { try sender.run() } catch { done.resume(throwing: error) }
        }
        let words = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
            .split(whereSeparator: \.isWhitespace)
        guard words.count == 2, let sent = Int(words[0]), let lateness = Double(words[1]) else {
            throw TransportError(.failed, "the sender has failed")
        }
        return (sent, lateness)
    }
}
