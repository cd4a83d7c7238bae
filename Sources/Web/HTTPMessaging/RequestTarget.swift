/// The path and query of a request, decoded.
///
/// - Source: RFC 9110 §7.1, RFC 3986 §3.3 and §3.4.
public struct RequestTarget: Hashable, Sendable {
    /// One parameter of a query.
    public struct Parameter: Hashable, Sendable {
        /// The name, decoded.
        public var name: String
        /// The value, decoded; empty where none was given.
        public var value: String

        /// Describes a parameter.
        public init(name: String, value: String) { (self.name, self.value) = (name, value) }
    }

    /// The names between the slashes, decoded; a slash that was written `%2F` is inside a name.
    public var segments: [String]
    /// The parameters in order.
    public var parameters: [Parameter]

    /// Reads the target of a request.
    ///
    /// - Returns: nil where it is no path, is longer than 8 KiB, or is not encoded properly.
    public init?(_ path: some StringProtocol) {
        guard path.utf8.count <= 8_192, path.first == "/" else { return nil }
        let bare = path.prefix { $0 != "#" }
        let parts = bare.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        self.segments = []
        for segment in (parts.first ?? "").split(separator: "/") {
            guard let name = PercentCoding.decode(segment) else { return nil }
            self.segments.append(name)
        }
        self.parameters = []
        guard parts.count == 2, let query = parts.last else { return }
        for parameter in query.split(separator: "&") {
            let pair = parameter.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentCoding.decode(pair.first ?? "", plusIsSpace: true),
                let value = PercentCoding.decode(pair.count == 2 ? pair.last ?? "" : "", plusIsSpace: true)
            else { return nil }
            self.parameters.append(Parameter(name: name, value: value))
        }
    }

    /// The first value of a parameter; nil where it was not given.
    public subscript(_ name: String) -> String? { self.parameters.first { $0.name == name }?.value }
}

extension HTTPCall {
    /// The path and query; nil where the request has none that can be understood.
    public var target: RequestTarget? { self.request.path.flatMap { RequestTarget($0) } }
}
