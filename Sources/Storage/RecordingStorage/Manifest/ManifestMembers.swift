internal import CallCore

/// The members of an object in a manifest, and what is wrong with them.
struct ManifestMembers {
    private let json: CanonicalJSON
    /// What the object is called in errors.
    private let name: String

    init(_ json: CanonicalJSON, _ name: String) { (self.json, self.name) = (json, name) }

    func error(_ member: String, _ expected: String) -> StorageError {
        StorageError(.corrupt, "\(member) in \(self.name) should be \(expected)")
    }

    func text(_ member: String) throws(StorageError) -> String {
        guard case .string(let text)? = self.json[member] else { throw self.error(member, "text") }
        return text
    }

    func integer(_ member: String) throws(StorageError) -> Int64 {
        guard case .integer(let number)? = self.json[member] else { throw self.error(member, "a whole number") }
        return number
    }

    /// A number that is not negative, and so small that any sum of them is a number.
    func count(_ member: String) throws(StorageError) -> Int {
        guard let number = Int32(exactly: try self.integer(member)), number >= 0 else {
            throw self.error(member, "a count")
        }
        return Int(number)
    }

    func boolean(_ member: String) throws(StorageError) -> Bool {
        guard case .boolean(let isTrue)? = self.json[member] else { throw self.error(member, "true or false") }
        return isTrue
    }

    func duration(_ member: String) throws(StorageError) -> Duration {
        let microseconds = try self.integer(member)
        guard microseconds >= 0 else { throw self.error(member, "microseconds") }
        return .microseconds(microseconds)
    }

    func bytes(_ member: String) throws(StorageError) -> [UInt8] {
        guard let bytes = Hexadecimal.bytes(try self.text(member)) else {
            throw self.error(member, "hexadecimal digits")
        }
        return bytes
    }

    func object(_ member: String) throws(StorageError) -> ManifestMembers {
        guard let object = try self.optional(member) else { throw self.error(member, "an object") }
        return object
    }

    func optional(_ member: String) throws(StorageError) -> ManifestMembers? {
        switch self.json[member] {
        case nil: return nil
        case .object?: return ManifestMembers(self.json[member] ?? .object([:]), member)
        default: throw self.error(member, "an object")
        }
    }

    func list(_ member: String) throws(StorageError) -> [ManifestMembers] {
        try self.array(member).map { ManifestMembers($0, member) }
    }

    func texts(_ member: String) throws(StorageError) -> [String] {
        try self.array(member).map { value throws(StorageError) in
            guard case .string(let text) = value else { throw self.error(member, "a list of texts") }
            return text
        }
    }

    private func array(_ member: String) throws(StorageError) -> [CanonicalJSON] {
        guard case .array(let values)? = self.json[member] else { throw self.error(member, "a list") }
        return values
    }
}

extension CanonicalJSON {
    static func count(_ count: Int) -> CanonicalJSON { .integer(Int64(Int32(clamping: count))) }

    /// A length in microseconds, of which a sample has 125.
    static func duration(_ duration: Duration) -> CanonicalJSON { .integer(duration.nanoseconds / 1_000) }
}
