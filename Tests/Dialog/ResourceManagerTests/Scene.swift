import ResourceManager
import SIP
import Testing

/// One SIP Server, two media servers, and the proxy between them.
struct Scene {
    static let proxy = Endpoint(ipv4: 0x0A00_0001, port: 5_070)
    static let client = Endpoint(ipv4: 0x0A00_0002, port: 5_060)
    static let first = Endpoint(ipv4: 0x0A00_000B, port: 5_080)
    static let second = Endpoint(ipv4: 0x0A00_000C, port: 5_080)
    static let conference = "024V994RFGFQNEKK3CSH5B5AES00GJ4L"

    var machine: ResourceProxy
    var now = MonotonicTime.zero
    private(set) var timers: [(ResourceProxy.Timer, Duration)] = []
    private(set) var reports: [CallReport] = []

    init(
        _ servers: [MediaResource] = [
            MediaResource(name: "mcp1", endpoint: Scene.first), MediaResource(name: "mcp2", endpoint: Scene.second),
        ], selection: any MediaResourceSelection = RoundRobin()
    ) {
        self.machine = ResourceProxy(
            mediaServers: servers, configuration: SwitchConfiguration(tenantDBID: 1), endpoint: Self.proxy, seed: 7,
            selection: selection)
    }

    /// Brings a message and gives what the proxy sends.
    mutating func send(_ message: SIPMessage, from source: Endpoint = Scene.client) -> [Sent] {
        self.take(.sip(message, from: source))
    }

    /// Fires every timer that was set for at most `duration`.
    mutating func fire(upTo duration: Duration, after wait: Duration) {
        self.now = self.now.advanced(by: wait)
        let due = self.timers.filter { $0.1 <= duration }
        self.timers.removeAll { $0.1 <= duration }
        for (timer, _) in due { _ = self.take(.timerFired(timer)) }
    }

    private mutating func take(_ event: ResourceProxy.Event) -> [Sent] {
        var sent: [Sent] = []
        for effect in self.machine.handle(event, at: self.now) {
            switch effect {
            case .sendSIP(let message, let peer): sent.append(Sent(message: message, to: peer))
            case .setTimer(let timer, let duration): self.timers.append((timer, duration))
            case .report(let report): self.reports.append(report)
            }
        }
        return sent
    }

    struct Sent {
        var message: SIPMessage
        var to: Endpoint
    }
}

/// A message given as text, with LF for line ends.
func message(_ text: String) throws -> SIPMessage {
    let bytes = Array(text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n").utf8)
    return try SIPMessage(parsing: bytes.span)
}

/// What SIP Server sends for one leg.
func request(
    _ method: String = "INVITE",
    uri: String = "sip:msml=\(Scene.conference)@10.0.0.1:5070;dn=7001;record;tenant-dbid=1;media-service=record",
    leg: String = "leg-a", toTag: String? = nil, branch: String = "z9hG4bKone", cseq: Int = 1, from: String = "sips",
    more: String = ""
) throws -> SIPMessage {
    try message(
        """
        \(method) \(uri) SIP/2.0
        Via: SIP/2.0/UDP 10.0.0.2:5060;branch=\(branch);rport
        From: <sip:7001@10.0.0.2>;tag=\(from)
        To: <sip:msml=\(Scene.conference)@10.0.0.1:5070>\(toTag.map { ";tag=\($0)" } ?? "")
        Call-ID: \(leg)
        CSeq: \(cseq) \(method)
        Contact: <sip:7001@10.0.0.2:5060>
        Max-Forwards: 70
        \(more)Content-Length: 0


        """)
}

extension SIPMessage {
    /// What a media server answers to this request.
    func answered(_ status: SIPStatus, tag: String = "mcp") -> SIPMessage {
        SIPMessage(response: status, to: self, tag: tag)
    }
}

extension Array where Element == Scene.Sent {
    /// The only message, which most events cause.
    func only() throws -> Scene.Sent {
        try #require(self.count == 1)
        return self[0]
    }
}
