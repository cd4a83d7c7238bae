internal import SIP

/// Where the phones are.
///
/// - Source: RFC 3261 §10.
struct Registrar: Hashable, Sendable {
    /// One address of a phone.
    struct Binding: Hashable, Sendable {
        /// What the phone says of itself.
        var contact: SIPURI
        /// Where its registration came from: behind an address translator only this leads back.
        var source: Endpoint
        /// By which wire it came.
        var wire: SIPWire
        var expiry: MonotonicTime
        var callID: String
        var sequence: UInt32
    }

    enum Outcome: Hashable, Sendable {
        /// These are all bindings now.
        case accepted([Binding])
        case refused(SIPStatus)
    }

    /// The shortest registration, so that phones do not keep us busy.
    ///
    /// - Unit: seconds.
    static let minimum = 60
    /// What a phone gets that asks for nothing.
    ///
    /// - Unit: seconds.
    static let standard = 3_600
    /// What a phone gets that asks for more.
    ///
    /// - Unit: seconds.
    static let maximum = 86_400
    /// How many addresses one DN can have.
    static let mostContacts = 10

    private var bindings: [DN: [Binding]] = [:]

    /// The latest address of a DN.
    func binding(of dn: DN, at now: MonotonicTime) -> Binding? {
        self.bindings[dn]?.last { $0.expiry > now }
    }

    /// Takes a REGISTER of a DN that exists.
    mutating func register(_ request: SIPMessage, of dn: DN, from source: Endpoint, at now: MonotonicTime) -> Outcome {
        guard let callID = request[.callID], let cseq = request[.cseq] else { return .refused(.badRequest) }
        var current = (self.bindings[dn] ?? []).filter { $0.expiry > now }
        let contacts = request.all(.contact)
        let asked = request[.expires]
        guard contacts.count <= Self.mostContacts else { return .refused(.badRequest) }
        if contacts.contains(where: \.isWildcard) {
            guard contacts.count == 1, asked == 0 else { return .refused(.badRequest) }
            current.removeAll { $0.callID != callID || $0.sequence < cseq.number }
        } else {
            for contact in contacts {
                let seconds = contact.parameters["expires"].flatMap { Int($0) } ?? asked ?? Self.standard
                if (1..<Self.minimum).contains(seconds) { return .refused(.intervalTooBrief) }
                let old = current.first { $0.contact == contact.uri }
                // An older registration that was overtaken on its way.
                if let old, old.callID == callID, old.sequence >= cseq.number {
                    return .refused(.serverInternalError)
                }
                current.removeAll { $0.contact == contact.uri }
                guard seconds > 0 else { continue }
                current.append(
                    Binding(
                        contact: contact.uri, source: source, wire: request[.via]?.wire ?? .udp,
                        expiry: now + .seconds(min(seconds, Self.maximum)), callID: callID, sequence: cseq.number))
            }
        }
        self.bindings[dn] = current.isEmpty ? nil : Array(current.suffix(Self.mostContacts))
        return .accepted(self.bindings[dn] ?? [])
    }
}

extension CallControl {
    mutating func register(_ request: SIPMessage, from peer: Endpoint, _ transaction: SIPTransactionID) {
        guard let dn = request[.to].flatMap({ DN(user: $0.uri) }) else {
            return self.want(.respond(transaction, self.answer(.badRequest, to: request)))
        }
        guard self.configuration.dns[dn] != nil else {
            self.report(.warning, "registration.refused", "DN \(dn) is not configured", ["dn": dn.rawValue])
            return self.want(.respond(transaction, self.answer(.notFound, to: request)))
        }
        let wasThere = self.registrar.binding(of: dn, at: self.now) != nil
        switch self.registrar.register(request, of: dn, from: peer, at: self.now) {
        case .refused(let status):
            var answer = self.answer(status, to: request)
            if status == .intervalTooBrief { answer[.minExpires] = Registrar.minimum }
            self.want(.respond(transaction, answer))
        case .accepted(let bindings):
            var answer = self.answer(.ok, to: request)
            let contacts = bindings.map { binding in
                var contact = SIPAddress(binding.contact)
                contact.parameters["expires"] = String((binding.expiry - self.now).milliseconds / 1_000)
                return contact
            }
            answer.setAll(contacts, for: .contact)
            self.want(.respond(transaction, answer))
            if wasThere != !bindings.isEmpty {
                let name = bindings.isEmpty ? "registration.removed" : "registration.added"
                self.report(
                    .info, name, "\(dn) is \(bindings.isEmpty ? "no longer" : "now") registered from \(peer)",
                    ["dn": dn.rawValue, "contact": bindings.last.map { $0.contact.description } ?? ""])
            }
        }
    }

    mutating func answer(_ status: SIPStatus, to request: SIPMessage) -> SIPMessage {
        SIPMessage(response: status, to: request, tag: self.tokens.token())
    }

    /// Where a DN is reached: what it has registered, or what is configured.
    func contact(of dn: DN) -> (uri: SIPURI, endpoint: Endpoint)? {
        if let binding = self.registrar.binding(of: dn, at: self.now) {
            var uri = binding.contact
            // A phone that has registered over a connection is called over it, whether it says so or not.
            if binding.wire.isReliable, SIPWire(of: uri) == nil { uri.parameters["transport"] = binding.wire.parameter }
            return (uri, binding.source)
        }
        guard let endpoint = self.configuration.dns[dn]?.contact else { return nil }
        return (SIPURI(user: dn.escaped, endpoint: endpoint), endpoint)
    }
}

extension DN {
    /// The number in the user part of a URI.
    ///
    /// - Returns: nil where there is none.
    init?(user uri: SIPURI) {
        guard let user = uri.user, !user.isEmpty else { return nil }
        // Some phones write parameters of the number into the user part: RFC 3261 §19.1.6.
        let number = user.prefix { $0 != ";" }
        var bytes: [UInt8] = []
        var rest = number.utf8[...]
        while let byte = rest.popFirst() {
            let digits = String(rest.prefix(2)) ?? ""
            guard byte == UInt8(ascii: "%"), digits.count == 2, digits.allSatisfy(\.isHexDigit),
                let code = UInt8(digits, radix: 16)
            else {
                bytes.append(byte)
                continue
            }
            bytes.append(code)
            rest = rest.dropFirst(2)
        }
        guard !bytes.isEmpty else { return nil }
        self.init(rawValue: String(decoding: bytes, as: UTF8.self))
    }

    /// The number as the user part of a URI.
    ///
    /// - Source: RFC 3261 §25.1, `user`.
    var escaped: String {
        let digits = Array("0123456789ABCDEF")
        var text = ""
        for byte in self.rawValue.utf8 {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
                UInt8(ascii: "!"), UInt8(ascii: "~"), UInt8(ascii: "*"), UInt8(ascii: "'"), UInt8(ascii: "("),
                UInt8(ascii: ")"), UInt8(ascii: "&"), UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "$"),
                UInt8(ascii: ","):
                text.append(Character(Unicode.Scalar(byte)))
            default:
                text += ["%", digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return text
    }
}
