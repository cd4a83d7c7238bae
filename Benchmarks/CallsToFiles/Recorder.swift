import CallRecording
import CallRecordingDirectory
import CallRecordingSockets
import Foundation

/// The media server's own way from the socket to the file, without its signalling.
struct Recorder {
    private let calls: Int
    private let relay: Bool
    private let format: any AudioFileFormat
    private let thread: MediaThread
    private let reports: AsyncStream<MediaPlaneReport>
    private let batches: AsyncStream<[UInt8]>
    private let renderer: Renderer
    private let clock = SystemClock()
    private let journal: DirectoryJournal
    private let start = Usage.now

    init(calls: Int, relay: Bool, format: any AudioFileFormat, gathering: Duration?, folder: URL) throws {
        (self.calls, self.relay, self.format) = (calls, relay, format)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let clock = self.clock
        let ports: Range<UInt16> = 10_000..<UInt16(10_100 + 4 * calls)
        let media =
            if let gathering {
                try UDPMedia(address: .loopback(0), ports: ports, gathering: gathering, now: { clock.now })
            } else {
                try UDPMedia(address: .loopback(0), ports: ports, now: { clock.now })
            }
        self.journal = try DirectoryJournal(folder.appending(path: "journal").path())
        let (reports, reported) = AsyncStream<MediaPlaneReport>.makeStream()
        let (batches, committed) = AsyncStream<[UInt8]>.makeStream()
        (self.reports, self.batches) = (reports, batches)
        self.renderer = Renderer(
            formats: [format], directory: try DirectoryFiles(folder.appending(path: "spool").path()))
        self.thread = MediaThread(transport: media, journal: self.journal, seed: 1) { report in
            reported.yield(report)
        } committed: { batch, _ in
            committed.yield(batch)
        }
    }

    /// Records all calls, from the opening of their ports until their files are on the disk.
    func record(_ sender: SenderProcess) async throws -> Outcome {
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
        let begin = SenderProcess.begin(calls: self.calls)
        async let spoken = sender.speak(to: ports, from: begin)
        // Shortly before the first packet, so that the recordings are hardly longer than what libmp3lame alone is given.
        let rest = begin - 0.2 - ProcessInfo.processInfo.systemUptime
        if rest > 0 { try await Task.sleep(for: .seconds(rest)) }
        for call in 0..<self.calls { self.begin(call, sender) }
        async let rendered = self.render()
        let report = try await spoken
        for call in 0..<self.calls { self.thread.order(.stopRecording(RecordingNumber(rawValue: UInt64(call + 1)))) }
        let recordings = await rendered
        self.thread.order(.shutDown)
        while let report = await reports.next(), report != .finished {}
        self.journal.close()
        return Outcome(
            usage: Usage.now - self.start,
            received: recordings.flatMap(\.verdict.streams).reduce(0) { $0 + $1.received }, sender: report,
            fileBytes: recordings.flatMap(\.files).reduce(0) { $0 + Int($1.byteCount) })
    }

    private func begin(_ call: Int, _ sender: SenderProcess) {
        let legs = [LegID(rawValue: UInt64(2 * call)), LegID(rawValue: UInt64(2 * call + 1))]
        let ear = self.relay ? Endpoint.loopback(sender.mouth(of: 2 * call)) : nil
        for leg in legs {
            self.thread.order(.setRemote(leg, LegMedia(remote: ear, sent: [LegPayload(0, .muLaw)])))
            self.thread.order(.join(leg, conference: "call-\(call)"))
        }
        let name = "call-\(call).\(self.format.pathExtension)"
        self.thread.order(
            .startRecording(
                RecordingTicket(
                    number: RecordingNumber(rawValue: UInt64(call + 1)), id: "call-\(call)", conference: "call-\(call)",
                    channels: [.init(leg: legs[0], dn: "customer"), .init(leg: legs[1], dn: "agent")],
                    files: [.init(name: name, mediaType: self.format.mediaType)], startTime: self.clock.wallTime)))
    }

    private func render() async -> [RenderedRecording] {
        var renderer = self.renderer
        var finished: [RenderedRecording] = []
        for await batch in self.batches {
            let outcome = renderer.render(batch, isTrusted: true)
            finished += outcome.finished
            for recording in outcome.finished { self.journal.release(recording.ticket.number) }
            for problem in outcome.problems { print("!!! \(problem.message)") }
            if finished.count == self.calls { break }
        }
        return finished
    }
}

/// What has come of the calls.
struct Outcome {
    var usage: Usage
    /// Packets that are in the recordings.
    var received = 0
    var sender: Sender.Report
    var fileBytes = 0
}
