import CallAudio
import CallCore
import CaptureJournal
import MSML
import RTP
import SIP
import Testing

@testable import MediaControlPlatform

/// A media server's signalling, the SIP Server that talks to it, and a media plane that does at once what it is told.
struct MediaControlBench {
    static let server = Endpoint.loopback(5080)
    static let peer = Endpoint.loopback(5070)

    /// One dialog, as SIP Server knows it.
    struct Dialog {
        var callID: String
        var uri: String
        var cseq = 1
        var toTag: String?
    }

    var control: MediaControl
    var now = MonotonicTime.zero
    /// Whether the media plane says what it has done.
    var planeAnswers = true
    var responses: [SIPMessage] = []
    var requests: [SIPMessage] = []
    var orders: [MediaPlaneOrder] = []
    var timers: [MediaControl.Timer] = []
    var reports: [CallReport] = []
    var hasFinished = false

    init(
        _ configuration: MediaServerConfiguration = MediaServerConfiguration(),
        payloads: [any AudioPayloadFormat] = [],
        makeKeys: @escaping @Sendable () -> [SRTPKey] = { [] }
    ) {
        self.control = MediaControl(
            configuration: configuration, payloads: payloads, sipEndpoint: Self.server,
            epoch: WallTime(milliseconds: 1_607_024_787_000),
            seed: 1, makeKeys: makeKeys)
    }

    mutating func give(_ event: MediaControl.Event) {
        var reports: [MediaPlaneReport] = []
        for effect in self.control.handle(event, at: self.now) {
            switch effect {
            case .sendSIP(let message, _):
                if message.isRequest { self.requests.append(message) } else { self.responses.append(message) }
            case .media(let order):
                self.orders.append(order)
                if self.planeAnswers { reports += self.answers(to: order) }
            case .setTimer(let timer, _): self.timers.append(timer)
            case .report(let report): self.reports.append(report)
            case .finished: self.hasFinished = true
            case .recordingBegan, .recordingRefused: break
            }
        }
        for report in reports { self.give(.media(report)) }
    }

    /// What the media server has told by itself.
    var events: [MSMLEvent] {
        self.requests.compactMap { $0.body.flatMap { try? MSMLEvent(parsing: $0.bytes.span) } }
    }

    func answers(to order: MediaPlaneOrder) -> [MediaPlaneReport] {
        switch order {
        case .openPort(let leg): [.portOpened(leg, .loopback(20_000 + 2 * UInt16(leg.rawValue)))]
        case .startRecording(let ticket): [.recordingStarted(ticket.number, at: self.now)]
        case .pauseRecording(let number): [.recordingPaused(number, at: self.now, position: 0)]
        case .resumeRecording(let number): [.recordingResumed(number, at: self.now)]
        case .stopRecording(let number, _): [.recordingStopped(number, at: self.now)]
        default: []
        }
    }

    // MARK: Messages

    /// Sends a request and returns its final response.
    @discardableResult
    mutating func send(
        _ method: String, in dialog: inout Dialog, type: String = "application/sdp", body: String? = nil,
        fields: [String] = []
    ) throws -> SIPMessage? {
        let message = try Self.request(method, in: &dialog, type: type, body: body ?? "", fields: fields)
        self.responses.removeAll()
        self.give(.sip(message, from: Self.peer))
        return self.responses.last { $0.status?.isFinal == true && $0[.callID] == dialog.callID }
    }

    /// The next request in a dialog, as it comes from the network.
    static func request(
        _ method: String, in dialog: inout Dialog, type: String, body: String, fields: [String]
    ) throws -> SIPMessage {
        if method != "ACK", dialog.toTag != nil { dialog.cseq += 1 }
        let branch = "z9hG4bK-\(dialog.callID)-\(dialog.cseq)-\(method == "ACK" ? "ack" : "")"
        var lines = [
            "\(method) \(dialog.uri) SIP/2.0", "Via: SIP/2.0/UDP \(Self.peer);branch=\(branch)",
            "From: <sip:sips@\(Self.peer)>;tag=from-\(dialog.callID)",
            "To: <\(dialog.uri)>" + (dialog.toTag.map { ";tag=\($0)" } ?? ""),
            "Call-ID: \(dialog.callID)", "CSeq: \(dialog.cseq) \(method)", "Max-Forwards: 70",
            "Contact: <sip:sips@\(Self.peer)>",
        ]
        lines += fields
        if !body.isEmpty { lines.append("Content-Type: \(type)") }
        lines += ["Content-Length: \(body.utf8.count)", "", ""]
        let text = lines.joined(separator: "\r\n") + body
        return try SIPMessage(parsing: Array(text.utf8).span)
    }

    /// Sets up a leg: INVITE, 200, ACK.
    mutating func leg(
        dn: String, group: String = "024V994RFGFQNEKK3CSH5B5AES00GJ4L", offer: String? = Self.offer(),
        fields: [String] = ["X-Genesys-GVP-Session-ID: 006B015F-1000427D"]
    ) throws -> Dialog {
        var dialog = Dialog(
            callID: "call-\(dn)",
            uri: "sip:msml=\(group)@\(Self.server);dn=\(dn);record;tenant-dbid=1;media-service=record")
        let response = try #require(try self.send("INVITE", in: &dialog, body: offer, fields: fields))
        #expect(response.status == .ok)
        dialog.toTag = response[.to]?.tag
        try self.send("ACK", in: &dialog)
        return dialog
    }

    /// Two legs in the conference of the literal message, being recorded.
    mutating func recordedCall() throws -> (Dialog, Dialog) {
        var first = try self.leg(dn: "7800000")
        let second = try self.leg(dn: "15105550123")
        let result = try self.msml(Self.startDocument(first, second), in: &first)
        #expect(result.response == 200)
        return (first, second)
    }

    /// Sends MSML in INFO, and reads the result in its 200.
    mutating func msml(_ document: String, in dialog: inout Dialog) throws -> MSMLResult {
        let response = try #require(
            try self.send("INFO", in: &dialog, type: "application/vnd.radisys.msml+xml", body: document))
        #expect(response.status == .ok)
        let body = try #require(response.body)
        #expect(body.type == "application/vnd.radisys.msml+xml")
        return try MSMLResult(parsing: body.bytes.span)
    }

    mutating func order(_ state: String, in dialog: inout Dialog) throws -> MSMLResult {
        try self.msml(Self.modify(state), in: &dialog)
    }

    // MARK: What was made

    var tickets: [RecordingTicket] {
        self.orders.compactMap { if case .startRecording(let ticket) = $0 { ticket } else { nil } }
    }

    /// The orders that concern recordings, in short.
    var recorderOrders: [String] {
        self.orders.compactMap { order in
            switch order {
            case .startRecording: "start"
            case .pauseRecording: "pause"
            case .resumeRecording: "resume"
            case .stopRecording: "stop"
            default: nil
            }
        }
    }
}

// MARK: - Documents

extension MediaControlBench {
    static func offer(port: Int = 4_000, codecs: String = "0 8 101") -> String {
        """
        v=0\r
        o=- 1 1 IN IP4 127.0.0.1\r
        s=-\r
        c=IN IP4 127.0.0.1\r
        t=0 0\r
        m=audio \(port) RTP/AVP \(codecs)\r
        a=rtpmap:101 telephone-event/8000\r

        """
    }

    static func modify(_ state: String) -> String {
        """
        <?xml version="1.0" encoding="UTF-8"?>\r
        <msml version="1.1">\r
        <modifyconference id="conf:024V994RFGFQNEKK3CSH5B5AES00GJ4L_record">\r
        <gvp:recorder state="\(state)"/>\r
        </modifyconference>\r
        </msml>\r

        """
    }

    /// The message that SIP Server sends, letter for letter but for the connections' names.
    static func startDocument(_ first: Dialog, _ second: Dialog) -> String {
        """
        <?xml version="1.0" encoding="UTF-8"?>\r
        <msml version="1.1">\r
        <createconference name="024V994RFGFQNEKK3CSH5B5AES00GJ4L_record" term="false">\r
        <gvp:recorder>\r
        <gvp:params>\r
        <gvp:param name="id">01FES9JKSOFQLEKK3CSH5B5AES00JV1U_2020-12-03_19-46-27</gvp:param>\r
        <gvp:param name="recordDN">7800000</gvp:param>\r
        <gvp:param name="sipsAppName">sip_agent_1_b</gvp:param>\r
        <gvp:param name="ani">7800000</gvp:param>\r
        <gvp:param name="dnis">15105550123</gvp:param>\r
        <gvp:param name="dateTime">2020-12-03T19:46:27Z</gvp:param>\r
        <gvp:param name="callUuid">01FES9JKSOFQLEKK3CSH5B5AES00JV1U</gvp:param>\r
        <gvp:param name="connId">0dbf030a414af3af</gvp:param>\r
        <gvp:param name="agentId">agent1@example.com</gvp:param>\r
        </gvp:params>\r
        </gvp:recorder>\r
        <audiomix/>\r
        <videolayout>\r
        <selector method="confrole"/>\r
        </videolayout>\r
        </createconference>\r
        <join id1="conn:\(first.toTag ?? "")" id2="conf:024V994RFGFQNEKK3CSH5B5AES00GJ4L_record">\r
        <stream media="audio"/>\r
        <stream media="video"/>\r
        </join>\r
        <join id1="conn:\(second.toTag ?? "")" id2="conf:024V994RFGFQNEKK3CSH5B5AES00GJ4L_record">\r
        <stream media="audio"/>\r
        <stream media="video"/>\r
        </join>\r
        </msml>\r

        """
    }

    static func msml(_ elements: String) -> String { #"<msml version="1.1">\#(elements)</msml>"# }
}
