import Foundation
import SIP

/// The messages in `Tests/Fixtures/sip`, by file name.
enum Fixture {
    static let names = [
        "info.msml", "invite", "invite.compact-form", "invite.folded", "invite.line-feeds",
        "invite.multipart", "invite.recording", "invite.siprec",
        "message.utf8", "options.ipv6", "register.wildcard", "response.no-reason", "response.record-route",
    ]

    static func bytes(_ name: String) throws -> [UInt8] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Fixtures/sip")
        return Array(try Data(contentsOf: folder.appending(path: name + ".sip")))
    }

    static func message(_ name: String) throws -> SIPMessage {
        let bytes = try Self.bytes(name)
        return try SIPMessage(parsing: bytes.span)
    }
}

extension SIPMessage {
    /// Reads a message written in source, one line feed a line.
    init(text: String) throws {
        let bytes = Array(text.utf8)
        try self.init(parsing: bytes.span)
    }
}
