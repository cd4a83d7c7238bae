import CallRecordingTesting
import RecordingStorage
import SIP
import Synchronization
import TLib
import Testing

@testable import SIPServer

/// The shell round the machine.
@Suite struct B2BUATests {
    let sip = Wire<SIPMessage>()
    let tLibrary = Wire<TMessage>()
    let history = NoteBook()
    let clock = ManualClock()

    private func makeSwitch(template: String = "$UUID$") -> B2BUA {
        B2BUA(
            sip: self.sip, tLibrary: self.tLibrary, resourceManager: .loopback(5_070),
            configuration: SwitchConfiguration(
                dns: ["7000": DNOptions(), "7001": DNOptions(contact: .loopback(6_001))], recordingFilename: template),
            history: self.history, clock: self.clock, seed: 1)
    }

    @Test func `what it is told on its transports is answered there`() async throws {
        let b2bua = self.makeSwitch()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await b2bua.run() }
            self.sip.inbound.continuation.yield((Self.register(), .loopback(6_000)))
            var sent = self.sip.outbound.stream.makeAsyncIterator()
            #expect(await sent.next()?.message.status == .ok)
            self.tLibrary.inbound.continuation.yield((TMessage(.requestRegisterClient), .loopback(40_000)))
            var told = self.tLibrary.outbound.stream.makeAsyncIterator()
            #expect(await told.next()?.message.type == .eventServerConnected)
            await b2bua.shutDown()
            try await group.waitForAll()
        }
    }

    @Test func `shutting down waits for calls to end, and the call history has all of them`() async throws {
        let b2bua = self.makeSwitch()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await b2bua.run() }
            self.sip.inbound.continuation.yield((Self.invite(), .loopback(6_000)))
            var sent = self.sip.outbound.stream.makeAsyncIterator()
            #expect(await sent.next()?.message.status == .trying)
            #expect(await sent.next()?.message.method == .invite)
            #expect(await b2bua.callCount == 1)
            // The called device is silent, and is not waited for for ever.
            let ticking = Task {
                while !Task.isCancelled {
                    self.clock.advance(by: .seconds(1))
                    await Task.yield()
                }
            }
            await b2bua.shutDown()
            ticking.cancel()
            try await group.waitForAll()
        }
        #expect(self.history.kinds.last == .callEnded)
    }

    @Test func `cancelling ends it, and what happened last is in the call history`() async throws {
        let b2bua = self.makeSwitch()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await b2bua.run() }
            self.sip.inbound.continuation.yield((Self.invite(), .loopback(6_000)))
            var sent = self.sip.outbound.stream.makeAsyncIterator()
            #expect(await sent.next()?.message.status == .trying)
            group.cancelAll()
            try await group.waitForAll()
        }
        #expect(self.history.kinds.count == 3)
    }

    @Test func `a configuration that cannot be used is refused at the start`() async {
        let b2bua = self.makeSwitch(template: "$WHO$")
        await #expect(throws: ConfigurationError.self) { try await b2bua.run() }
        await b2bua.shutDown()
    }

    private static func invite() -> SIPMessage {
        var message = Self.request(.invite, to: "7001")
        message[.contact] = SIPAddress(SIPURI(user: "7000", endpoint: .loopback(6_000)))
        return message
    }

    private static func register() -> SIPMessage {
        var message = Self.request(.register, to: "7000")
        message[.contact] = SIPAddress(SIPURI(user: "7000", endpoint: .loopback(6_000)))
        return message
    }

    private static func request(_ method: SIPMethod, to user: String) -> SIPMessage {
        let switchEndpoint = Endpoint.loopback(5_060)
        var message = SIPMessage(request: method, uri: SIPURI(user: user, endpoint: switchEndpoint))
        message[.via] = SIPVia(.loopback(6_000), branch: "z9hG4bK1\(method)")
        message[.from] = SIPAddress(SIPURI(user: "7000", endpoint: switchEndpoint), tag: "a")
        message[.to] = SIPAddress(SIPURI(user: user, endpoint: switchEndpoint))
        message[.callID] = "call-1"
        message[.cseq] = SIPCSeq(1, method)
        message[.maxForwards] = 70
        return message
    }
}

/// A transport whose both ends a test holds.
struct Wire<Message: Sendable>: Transport {
    let localEndpoint = Endpoint.loopback(5_060)
    let inbound = AsyncStream.makeStream(of: (message: Message, peer: Endpoint).self)
    let outbound = AsyncStream.makeStream(of: (message: Message, peer: Endpoint).self)

    func send(_ message: Message, to peer: Endpoint) throws(TransportError) {
        self.outbound.continuation.yield((message, peer))
    }

    func run(
        _ receive: @escaping @Sendable @concurrent (_ message: Message, _ peer: Endpoint) async -> Void
    ) async throws(TransportError) {
        for await (message, peer) in self.inbound.stream { await receive(message, peer) }
    }
}

/// A call history in memory.
final class NoteBook: CallHistoryStore {
    private let entries = Mutex<[CallHistoryEntry]>([])

    var kinds: [CallHistoryEntry.Kind] { self.entries.withLock { $0.map(\.kind) } }

    func append(_ entry: CallHistoryEntry) async throws(StorageError) { self.entries.withLock { $0.append(entry) } }

    func history(of call: CallUUID) async throws(StorageError) -> [CallHistoryEntry] {
        self.entries.withLock { $0.filter { $0.callUUID == call } }
    }
}
