import CallRecording
import CallRecordingDirectory
import CallRecordingMP3
import CallRecordingSockets
import Foundation

/// The media server's own way from the socket to the file, without its signalling.
struct Recorder {
    private let calls: Int
    private let relay: Bool
    private let folder: URL
    private let thread: MediaThread
    private let reports: AsyncStream<MediaPlaneReport>
    private let batches: AsyncStream<[UInt8]>
    private let renderer: Renderer
    private let clock = SystemClock()

    init(calls: Int, relay: Bool, quality: Int) async throws {
        (self.calls, self.relay) = (calls, relay)
        self.folder = FileManager.default.temporaryDirectory.appending(path: "calls-to-mp3-\(UUID().uuidString)")
        let clock = self.clock
        let media = try UDPMedia(
            address: .loopback(0), ports: 20_000..<UInt16(20_100 + 4 * calls), now: { clock.now })
        let journal = try DirectoryJournal(self.folder.appending(path: "journal").path())
        let (reports, reported) = AsyncStream<MediaPlaneReport>.makeStream()
        let (batches, committed) = AsyncStream<[UInt8]>.makeStream()
        (self.reports, self.batches) = (reports, batches)
        self.renderer = Renderer(
            formats: [MP3Format(quality: quality)],
            directory: try DirectoryFiles(self.folder.appending(path: "spool").path()))
        self.thread = MediaThread(transport: media, journal: journal, seed: 1) { report in
            reported.yield(report)
        } committed: { batch, _ in
            committed.yield(batch)
        }
    }

    /// Records all calls and gives the CPU that this process used, and how many packets are in the recordings.
    func record(seconds: Int) async throws -> (cpu: Double, received: Int) {
        defer { try? FileManager.default.removeItem(at: self.folder) }
        let start = processorTime()
        self.thread.start()
        for leg in 0..<2 * self.calls { self.thread.order(.openPort(LegID(rawValue: UInt64(leg)))) }
        var ports = [UInt16](repeating: 0, count: 2 * self.calls)
        var opened = 0
        var reports = self.reports.makeAsyncIterator()
        while opened < ports.count, let report = await reports.next() {
            if case .portOpened(let leg, let endpoint) = report {
                ports[Int(leg.rawValue)] = endpoint.port
                opened += 1
            } else if case .portFailed(_, let reason) = report {
                throw TransportError(.unavailable, reason)
            }
        }
        for call in 0..<self.calls { self.begin(call) }
        async let rendered = self.render()
        try await self.speak(ports, seconds: seconds)
        for call in 0..<self.calls { self.thread.order(.stopRecording(RecordingNumber(rawValue: UInt64(call + 1)))) }
        let received = await rendered
        self.thread.order(.shutDown)
        while let report = await reports.next(), report != .finished {}
        return (processorTime() - start, received)
    }

    private func begin(_ call: Int) {
        let legs = [LegID(rawValue: UInt64(2 * call)), LegID(rawValue: UInt64(2 * call + 1))]
        for leg in legs {
            // Port 9 throws away what is relayed: the cost of sending is the recorder's, the cost of hearing is not.
            self.thread.order(.setRemote(leg, LegMedia(remote: self.relay ? .loopback(9) : nil, sent: [LegPayload(0, .muLaw)])))
            self.thread.order(.join(leg, conference: "call-\(call)"))
        }
        self.thread.order(
            .startRecording(
                RecordingTicket(
                    number: RecordingNumber(rawValue: UInt64(call + 1)), id: "call-\(call)", conference: "call-\(call)",
                    channels: [.init(leg: legs[0], dn: "customer"), .init(leg: legs[1], dn: "agent")],
                    files: [.init(name: "call-\(call).mp3", mediaType: "audio/mp3")], startTime: self.clock.wallTime)))
    }

    private func render() async -> Int {
        var renderer = self.renderer
        var (finished, received) = (0, 0)
        for await batch in self.batches {
            for recording in renderer.render(batch).finished {
                finished += 1
                received += recording.verdict.streams.reduce(0) { $0 + $1.received }
            }
            if finished == self.calls { break }
        }
        return received
    }

    private func speak(_ ports: [UInt16], seconds: Int) async throws {
        let sender = Process()
        sender.executableURL = URL(filePath: CommandLine.arguments[0])
        sender.arguments = ["--send", ports.map(String.init).joined(separator: ","), "--seconds", String(seconds)]
        try await withCheckedThrowingContinuation { (done: CheckedContinuation<Void, any Error>) in
            sender.terminationHandler = { _ in done.resume() }
            do { try sender.run() } catch { done.resume(throwing: error) }
        }
    }
}
