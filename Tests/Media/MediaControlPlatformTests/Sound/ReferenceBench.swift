import CallAudio
import CallCore
import CallRecordingInProcess
import CallRecordingTesting
import CaptureJournal
import RTP
import RecordingStorage
import Testing

@testable import MediaControlPlatform

/// Records two reference parties through the renderer, and knows to the sample what the recording should be.
struct ReferenceBench {
    private(set) var writer = JournalWriter()
    var pauses: [Range<Int>] = []
    /// What else the journal says, by the moment at which it says so.
    var agreements: [(position: Int, channel: Int, payloads: [LegPayload])] = []
    var parameters: [String: String] = [:]

    static let payloads = [
        LegPayload(0, .muLaw), LegPayload(8, .aLaw), LegPayload(13, .comfortNoise), LegPayload(101, .telephoneEvent),
    ]

    struct Result {
        var recording: RenderedRecording
        /// Each channel's codes, as they stand in the WAV file.
        var codes: [[UInt8]]
        var law: G711
        /// The interleaved linear samples of the other file.
        var linear: [UInt8]

        func samples(_ channel: Int, _ span: Range<Int>) -> [Int16] {
            self.codes[channel][span.clamped(to: 0..<self.codes[channel].count)].map(self.law.decode)
        }
    }

    /// Records packets in the order of their arrival.
    ///
    /// - Parameter length: of the recording, in samples.
    mutating func record(
        _ parties: [[ReferencePacket]], length: Int, files: [RecordingTicket.File] = [RendererScene.wav]
    ) async throws -> Result {
        var ticket = BridgeScene.ticket(files: files)
        ticket.parameters.merge(self.parameters) { $1 }
        self.write(.begun, at: 0, payload: ticket.encoded())
        for channel in 0..<2 { self.agree(Self.payloads, channel, at: 0) }
        var arrivals: [(position: Int, channel: Int, bytes: [UInt8])] = []
        for (channel, packets) in parties.enumerated() {
            for packet in packets where packet.fate != .isLost {
                arrivals.append((packet.arrival, channel, packet.bytes))
                if packet.isRepeated { arrivals.append((packet.arrival + 100, channel, packet.bytes)) }
            }
        }
        arrivals.sort { $0.position < $1.position }
        var agreements = self.agreements[...]
        var pauses = self.pauses[...]
        var resuming: Int?
        for arrival in arrivals {
            while let agreement = agreements.first, agreement.position <= arrival.position {
                self.agree(agreement.payloads, agreement.channel, at: agreement.position)
                agreements.removeFirst()
            }
            if let end = resuming, end <= arrival.position {
                self.write(.resumed, at: end)
                resuming = nil
            }
            if let pause = pauses.first, pause.lowerBound <= arrival.position {
                self.write(.paused, at: pause.lowerBound)
                resuming = pause.upperBound
                pauses.removeFirst()
            }
            if resuming == nil { self.write(.packet, arrival.channel, at: arrival.position, payload: arrival.bytes) }
        }
        self.write(.ended, at: length)
        return try await self.render(files)
    }

    private mutating func render(_ files: [RecordingTicket.File]) async throws -> Result {
        let directory = MemoryFiles()
        var renderer = Renderer(formats: [RawFormat(), WAVFormat()], directory: directory)
        let recording = try #require(renderer.render(self.writer.takeAll() ?? []).finished.first)
        let file = try await directory.source("rec.wav").bytes()
        let samples = file.dropFirst(58)
        let codes = (0..<2).map { channel in
            stride(from: samples.startIndex + channel, to: samples.endIndex, by: 2).map { samples[$0] }
        }
        let linear = files.contains(RendererScene.raw) ? try await directory.source("rec.raw").bytes() : []
        return Result(
            recording: recording, codes: codes, law: file[20] == 6 ? .aLaw : .muLaw, linear: Array(linear.dropFirst(2)))
    }

    private mutating func agree(_ payloads: [LegPayload], _ channel: Int, at position: Int) {
        self.write(.streamJoined, channel, at: position, payload: StreamDescription(payloads: payloads).encoded())
    }

    private mutating func write(_ kind: JournalRecordKind, _ channel: Int = 0, at position: Int, payload: [UInt8] = [])
    {
        self.writer.append(
            kind, recording: BridgeScene.number, channel: channel,
            at: MonotonicTime(nanoseconds: 1_000_000_000 + Int64(position) * 125_000), payload: payload.span)
    }

    // MARK: - What it should be

    /// Whether a packet is in the journal and in time.
    private func isHeard(_ packet: ReferencePacket) -> Bool {
        packet.fate == .arrives && !self.pauses.contains { $0.contains(packet.arrival) }
    }

    /// A channel in which every packet lies where it was said, and all else is silence.
    func image(of packets: [ReferencePacket], law: G711, length: Int) -> [UInt8] {
        var image = [UInt8](repeating: law.silence, count: length)
        for packet in packets where self.isHeard(packet) {
            for (index, code) in zip(packet.span, packet.payload) where image.indices.contains(index) {
                image[index] = packet.law == law ? code : packet.law.transcode(code)
            }
        }
        for pause in self.pauses { for index in pause.clamped(to: 0..<length) { image[index] = law.silence } }
        return image
    }

    /// Where sound is missing that was said, as spans that do not touch.
    func gaps(of packets: [ReferencePacket]) -> [Range<Int64>] {
        packets.filter { $0.fate != .arrives && !$0.payload.isEmpty }.reduce(into: []) { gaps, packet in
            let span = Int64(packet.position)..<Int64(packet.position + packet.payload.count)
            if let last = gaps.last, last.upperBound == span.lowerBound {
                gaps[gaps.count - 1] = last.lowerBound..<span.upperBound
            } else {
                gaps.append(span)
            }
        }
    }

    /// What the verdict should count.
    func stream(of packets: [ReferencePacket], dn: String, channel: Int) -> Verdict.Stream {
        Verdict.Stream(
            dn: dn, channel: channel, received: packets.count { self.isHeard($0) },
            lost: packets.count { $0.fate == .isLost }, late: packets.count { $0.fate == .isLate },
            duplicate: packets.count { self.isHeard($0) && $0.isRepeated })
    }
}

/// The first place where a channel is not what it should be, so that a failure can be read; nil where it is.
func difference(_ recorded: [UInt8], _ expected: [UInt8]) -> String? {
    guard recorded != expected else { return nil }
    guard recorded.count == expected.count else { return "\(recorded.count) samples instead of \(expected.count)" }
    let places = recorded.indices.filter { recorded[$0] != expected[$0] }
    return "\(places.count) samples differ, from \(places.first ?? 0) to \(places.last ?? 0)"
}
