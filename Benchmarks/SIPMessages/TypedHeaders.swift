import CallRecording

/// The headers of a message as typed values, and the message made of them again.
struct TypedHeaders {
    private let start: Start
    private let vias: [SIPVia]
    private let routes: [SIPAddress]
    private let recordRoutes: [SIPAddress]
    private let maxForwards: Int?
    private let from: SIPAddress?
    private let to: SIPAddress?
    private let callID: String?
    private let cseq: SIPCSeq?
    private let contact: SIPAddress?
    private let allow: [SIPMethod]
    private let supported: [SIPOptionTag]
    private let sessionExpires: SIPSessionExpires?
    private let accept: [SIPMediaType]
    private let userAgent: SIPSoftware?
    private let server: SIPSoftware?
    private let body: SIPBody?

    private enum Start {
        case request(SIPMethod, SIPURI)
        case response(SIPStatus)
    }

    init(_ message: SIPMessage) {
        if let status = message.status {
            self.start = .response(status)
        } else {
            self.start = .request(message.method, message.requestURI ?? SIPURI(host: "invalid"))
        }
        self.vias = message.all(.via)
        self.routes = message.all(.route)
        self.recordRoutes = message.all(.recordRoute)
        self.maxForwards = message[.maxForwards]
        self.from = message[.from]
        self.to = message[.to]
        self.callID = message[.callID]
        self.cseq = message[.cseq]
        self.contact = message[.contact]
        self.allow = message.all(.allow)
        self.supported = message.all(.supported)
        self.sessionExpires = message[.sessionExpires]
        self.accept = message.all(.accept)
        self.userAgent = message[.userAgent]
        self.server = message[.server]
        self.body = message.body
    }

    /// Reads every header into its value, and lets it go again.
    ///
    /// - Returns: how many values there are.
    @inline(never)
    static func countOfValues(_ message: SIPMessage) -> Int {
        var count = message.requestURI == nil ? 0 : 1
        message.forEach(.via) { _ in count += 1 }
        message.forEach(.route) { _ in count += 1 }
        message.forEach(.recordRoute) { _ in count += 1 }
        count += message[.maxForwards] == nil ? 0 : 1
        count += message[.from] == nil ? 0 : 1
        count += message[.to] == nil ? 0 : 1
        count += message[.callID] == nil ? 0 : 1
        count += message[.cseq] == nil ? 0 : 1
        message.forEach(.contact) { _ in count += 1 }
        message.forEach(.allow) { _ in count += 1 }
        message.forEach(.supported) { _ in count += 1 }
        count += message[.sessionExpires] == nil ? 0 : 1
        message.forEach(.accept) { _ in count += 1 }
        count += message[.userAgent] == nil ? 0 : 1
        count += message[.server] == nil ? 0 : 1
        count += message[.contentType] == nil ? 0 : 1
        count += message[.contentLength] == nil ? 0 : 1
        return count
    }

    /// The message made of the values, in the order that the examples have.
    @inline(never)
    func encoded() -> [UInt8] {
        var message =
            switch self.start {
            case .request(let method, let uri): SIPMessage(request: method, uri: uri)
            case .response(let status): SIPMessage(response: status)
            }
        message.setAll(self.vias, for: .via)
        message.setAll(self.routes, for: .route)
        message.setAll(self.recordRoutes, for: .recordRoute)
        message[.maxForwards] = self.maxForwards
        message[.from] = self.from
        message[.to] = self.to
        message[.callID] = self.callID
        message[.cseq] = self.cseq
        message[.contact] = self.contact
        message.setList(self.allow, for: .allow)
        message.setList(self.supported, for: .supported)
        message[.sessionExpires] = self.sessionExpires
        message.setList(self.accept, for: .accept)
        message[.userAgent] = self.userAgent
        message[.server] = self.server
        message.body = self.body
        return message.encoded()
    }
}
