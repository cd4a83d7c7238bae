// What DNS calls a wire.

extension SIPWire {
    /// Whether nobody on the way can read what is carried.
    public var isSecure: Bool { self == .tls }

    /// The port where none is named. - Source: RFC 3261 §18.1.1, §19.1.2.
    public var defaultPort: UInt16 { self.isSecure ? 5061 : 5060 }

    /// What stands before a domain in the name of the service; nil for a wire that has none.
    ///
    /// - Source: RFC 3263 §4.1, §4.2.
    var servicePrefix: String? {
        switch self {
        case .udp: "_sip._udp."
        case .tcp: "_sip._tcp."
        case .tls: "_sips._tcp."
        default: nil
        }
    }

    /// The wire that the service field of a NAPTR record names. - Source: RFC 3263 §4.1.
    init?(service: String) {
        switch service.uppercased() {
        case "SIP+D2U": self = .udp
        case "SIP+D2T": self = .tcp
        case "SIPS+D2T": self = .tls
        default: return nil
        }
    }
}
