import CallCore
import CallRecordingNIOTLS
import SIP
import Testing
import X509

/// Calls of two user agents over TLS.
@Suite(.timeLimit(.minutes(1))) struct SIPSecureCallTests {
    /// A user agent on a transport. What is due later is left out: over TLS nothing is sent again.
    private final class Party {
        private var userAgent: SIPUserAgent
        private let running: RunningTransport
        private(set) var session: SIPSessionID?
        private(set) var wires: Set<SIPWire> = []

        init(_ running: RunningTransport, seed: UInt64) {
            self.running = running
            self.userAgent = SIPUserAgent(
                localEndpoint: running.endpoint, streams: running.transport.streams, seed: seed, product: "test")
        }

        var transport: SIPTransport { self.running.transport }

        var hasReceived: Bool { !self.running.received.all.isEmpty }

        func call(_ uri: String, at destination: Endpoint) throws {
            let session = self.userAgent.makeSession()
            self.session = session
            let called = try #require(SIPURI(uri))
            let caller = SIPURI(user: "7000", endpoint: self.running.endpoint)
            _ = try self.order(
                .invite(
                    SIPInvitation(
                        requestURI: called, from: SIPAddress(caller), to: SIPAddress(called), contactUser: "7000",
                        destination: destination, offer: SIPBody(type: "application/sdp", text: "offer"))))
        }

        @discardableResult
        func order(_ order: SIPSession.Order) throws -> [SIPSession.Report] {
            try self.handle(.order(#require(self.session), order))
        }

        /// Takes messages until the session has something to tell.
        func nextReports() async throws -> [SIPSession.Report] {
            while true {
                let (message, peer) = try await #require(self.running.received.next())
                if let wire = message[.via]?.wire { self.wires.insert(wire) }
                let reports = try self.handle(.received(message, from: peer))
                if !reports.isEmpty { return reports }
            }
        }

        private func handle(_ event: SIPUserAgent.Event) throws -> [SIPSession.Report] {
            var reports: [SIPSession.Report] = []
            for effect in self.userAgent.handle(event, at: .zero) {
                switch effect {
                case .send(let message, let peer): try self.running.transport.send(message, to: peer)
                case .session(let session, let report):
                    self.session = session
                    reports.append(report)
                default: continue
                }
            }
            return reports
        }

        func end() async throws { try await self.running.end() }
    }

    private let authority: TestAuthority

    init() throws { self.authority = try TestAuthority("test authority") }

    private func party(named name: String, seed: UInt64) async throws -> Party {
        Party(try await RunningTransport(security: self.authority.security(for: [.dnsName(name)])), seed: seed)
    }

    @Test func `a call to somebody whose certificate has another name is refused before anything is said`() async throws
    {
        let caller = try await self.party(named: "phone.example.com", seed: 1)
        let callee = try await self.party(named: "other.example.com", seed: 2)
        let destination = try #require(callee.transport.streams[.tls])
        try caller.call("sip:7001@sip.example.com;transport=tls", at: destination)
        guard case .rejected(let status, let answer)? = try await caller.nextReports().first else {
            Issue.record("The call was not refused")
            return
        }
        #expect(status == .serviceUnavailable)
        #expect(answer?.field("Warning")?.contains("not for sip.example.com") == true)
        #expect(!callee.hasReceived)
        try await caller.end()
        try await callee.end()
    }
}
