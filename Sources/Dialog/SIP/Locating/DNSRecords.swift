/// What a domain says about how to reach it: one rule among several.
///
/// - Source: RFC 3403 §4.1; RFC 3263 §4.1.
public struct NAPTRRecord: Hashable, Sendable {
    /// Rules of a lower order come first.
    public var order: UInt16
    /// Among rules of one order, those with a lower preference come first.
    public var preference: UInt16
    /// What the replacement is: `s` where it is the name of SRV records.
    public var flags: String
    /// What can be reached by the rule, for example `SIP+D2U`.
    public var service: String
    /// A rewriting rule; empty in those of SIP.
    public var regularExpression: String
    /// Where to look next.
    public var replacement: String

    /// Describes a rule.
    public init(
        order: UInt16, preference: UInt16, flags: String = "s", service: String, regularExpression: String = "",
        replacement: String
    ) {
        (self.order, self.preference, self.flags, self.service) = (order, preference, flags, service)
        (self.regularExpression, self.replacement) = (regularExpression, replacement)
    }
}

/// One server of a service.
///
/// - Source: RFC 2782.
public struct SRVRecord: Hashable, Sendable {
    /// Servers of a lower priority come first.
    public var priority: UInt16
    /// How often a server comes first among those of its priority, beside the others' weights.
    public var weight: UInt16
    /// Where it listens.
    public var port: UInt16
    /// Its host; `.` where the service is not to be had.
    public var target: String

    /// Describes a server.
    public init(priority: UInt16, weight: UInt16, port: UInt16, target: String) {
        (self.priority, self.weight, self.port, self.target) = (priority, weight, port, target)
    }
}

extension [SRVRecord] {
    /// The servers in the order in which they are to be tried: by priority, within one by chance, by weight.
    ///
    /// - Source: RFC 2782 "Usage rules".
    func inOrderOfTrial(_ tokens: inout TokenGenerator) -> [SRVRecord] {
        var ordered: [SRVRecord] = []
        // Those without weight first, so that they too have a chance.
        var left = self.sorted { ($0.priority, $0.weight) < ($1.priority, $1.weight) }
        while let priority = left.first?.priority {
            let sum = left.reduce(0) { $0 + ($1.priority == priority ? UInt64($1.weight) : 0) }
            var mark = tokens.next() % (sum + 1)
            let chosen = left.firstIndex { record in
                if mark <= UInt64(record.weight) { return true }
                mark -= UInt64(record.weight)
                return false
            }
            ordered.append(left.remove(at: chosen ?? left.startIndex))
        }
        return ordered
    }
}
