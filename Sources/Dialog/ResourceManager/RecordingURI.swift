import SIP

/// What the request URI of a leg says: `sip:msml=<conf-id>@host;dn=<DN>;record;tenant-dbid=<n>;media-service=record`.
///
/// - Source: observed, SIP Server 8.1.
struct RecordingURI: Hashable {
    /// Names the conference that the leg belongs to.
    var conference: String
    /// Whose leg it is.
    var dn: DN?
    /// Whether it is for a recording.
    var record: Bool
    /// The tenant's number; nil where nothing is said.
    var tenantDBID: String?
    /// The service that is asked for; nil where nothing is said.
    var mediaService: String?

    /// Reads a URI.
    ///
    /// - Returns: nil where it names no conference, or one whose name cannot be carried in a Route.
    init?(_ uri: SIPURI) {
        guard let user = uri.user, user.lowercased().hasPrefix(Self.prefix) else { return nil }
        self.conference = String(user.dropFirst(Self.prefix.count))
        guard (1...128).contains(self.conference.utf8.count), self.conference.utf8.allSatisfy(Self.isPlain) else {
            return nil
        }
        self.dn = uri.parameters["dn"].map { DN($0) }
        self.record = uri.parameters["record"] != nil
        self.tenantDBID = uri.parameters["tenant-dbid"]
        self.mediaService = uri.parameters["media-service"]?.lowercased()
    }

    /// Whether it asks for a recording of this tenant, the only service there is.
    func isServed(by configuration: SwitchConfiguration) -> Bool {
        let tenant = self.tenantDBID.map { Int($0) == configuration.tenantDBID } ?? true
        return tenant && (self.mediaService.map { $0 == "record" } ?? self.record)
    }

    private static let prefix = "msml="

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
            true
        default: false
        }
    }
}
