extension SIPBody {
    /// So deep may parts stand in parts.
    private static let depthLimit = 8

    /// The body itself where it is of a type, otherwise the first part that is, wherever it stands; of
    /// `multipart/alternative` the last, since that is the best.
    ///
    /// - Parameter type: for example `application/sdp`.
    /// - Source: RFC 5621 §6.1, §9.
    public func part(of type: String) -> SIPBody? { self.part { $0.isOfType(type) } }

    /// The body itself or its first part that is wanted, wherever it stands; of `multipart/alternative` the last.
    public func part(where isWanted: (SIPBody) -> Bool) -> SIPBody? {
        self.part(where: isWanted, depth: 0)
    }

    private func part(where isWanted: (SIPBody) -> Bool, depth: Int) -> SIPBody? {
        if isWanted(self) { return self }
        guard depth < Self.depthLimit, let multipart = SIPMultipart(self) else { return nil }
        let parts = multipart.isAlternative ? multipart.parts.reversed() : multipart.parts
        for part in parts where part.isPlain {
            if let found = part.body.part(where: isWanted, depth: depth + 1) { return found }
        }
        return nil
    }

    /// Whether nothing in the body is required that somebody cannot read who reads only some types.
    ///
    /// A body without parts must be of one of the types. Of several parts, only one that says `handling=required` is
    /// insisted on: many add parts and do not say that they could be left out, and a call is worth more than these.
    /// Of alternatives one is enough.
    ///
    /// - Source: RFC 3261 §20.11; RFC 5621 §8.
    public func isReadable(by types: Set<String>) -> Bool { self.isReadable(by: types, depth: 0) }

    private func isReadable(by types: Set<String>, depth: Int) -> Bool {
        if types.contains(where: { self.isOfType($0) }) { return true }
        guard depth < Self.depthLimit, let multipart = SIPMultipart(self) else { return false }
        if multipart.isAlternative {
            return multipart.parts.contains { $0.isPlain && $0.body.isReadable(by: types, depth: depth + 1) }
        }
        return multipart.parts.allSatisfy { part in
            guard part[.contentDisposition]?.isRequired == true else { return true }
            return part.isPlain && part.body.isReadable(by: types, depth: depth + 1)
        }
    }
}

extension SIPMultipart {
    /// Whether every part says the same, the best of them last. - Source: RFC 2046 §5.1.4.
    var isAlternative: Bool { self.type.subtype.equalsIgnoringCase("alternative") }
}
