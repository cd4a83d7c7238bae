import ArgumentParser
import CallRecording

/// The options of a ``Filter``, read.
struct Matcher {
    private let types: Set<String>?
    private let dn: String?
    private let connID: ConnID?

    init(_ filter: Filter) throws {
        self.types = filter.types.map { Set($0.split(separator: ",").map(String.init)) }
        for name in self.types ?? [] where TMessageType(name: name) == nil {
            throw ValidationError("There is no message \(name); names look like EventRinging or RequestMakeCall.")
        }
        self.dn = filter.dn
        self.connID = try filter.connID.map { text in
            guard let connID = ConnID(text) else {
                throw ValidationError("\(text) is no ConnID: 1 to 16 hexadecimal digits.")
            }
            return connID
        }
    }

    func matches(_ record: TLogRecord) -> Bool {
        if let types = self.types, !types.contains(record.name) { return false }
        if let dn = self.dn {
            let isNamed = record.attributes.contains { attribute in
                attribute.value == .value(.string(dn)) && Self.parties.contains(attribute.name)
            }
            if !isNamed { return false }
        }
        if let connID = self.connID {
            let isNamed = record.attributes.contains { attribute in
                attribute.value == .value(.identity(connID.rawValue)) && attribute.name.hasSuffix("ConnID")
            }
            if !isNamed { return false }
        }
        return true
    }

    private static let parties: Set<String> = Set(
        [TAttribute.thisDN, .otherDN, .thirdPartyDN, .thisQueue, .otherQueue, .thirdPartyQueue].map(\.description))
}
