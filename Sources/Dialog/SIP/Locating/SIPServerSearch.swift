/// Finds where a request to a URI can be sent, best place first: says what to look up in DNS, takes the answers, and
/// hands out one place after the other.
///
/// ```
/// while let step = search.next() {
///     switch step {
///     case .lookUp(let question): search.answer(…)   // with what DNS says; nothing where it says nothing
///     case .attempt(let target): …                   // send; where that fails, ask for the next step
///     }
/// }
/// ```
///
/// Nothing is looked up before it is needed. Once a server has been reached, everything else of the transaction goes
/// there too. A request has failed at a place where nothing comes back, the transport fails, or the answer is 503.
///
/// - Source: RFC 3263 §4; RFC 2782; RFC 3403.
public struct SIPServerSearch: Hashable, Sendable {
    /// What to look up.
    public enum Question: Hashable, Sendable {
        /// NAPTR records of a domain.
        case rules(String)
        /// SRV records of a service.
        case servers(String)
        /// A and AAAA records of a host.
        case addresses(String)
    }

    /// What DNS says.
    public enum Answer: Hashable, Sendable {
        /// NAPTR records.
        case rules([NAPTRRecord])
        /// SRV records.
        case servers([SRVRecord])
        /// Addresses; their ports do not matter.
        case addresses([Endpoint])
    }

    /// What to do next.
    public enum Step: Hashable, Sendable {
        /// Look something up, and answer.
        case lookUp(Question)
        /// Send the request there.
        case attempt(SIPTarget)
    }

    /// What is still to be done.
    private enum Errand: Hashable, Sendable {
        case rules
        case servers(String, SIPWire)
        case addresses(String, UInt16, SIPWire)
        /// The host itself, where no service was found under its name.
        case hostItself(SIPWire)
        case attempt(SIPTarget)
    }

    /// At most so many records of one answer are looked at.
    private static let recordLimit = 32

    private let host: String
    private let domain: String
    private let isSecure: Bool
    private let wires: [SIPWire]
    private var tokens: TokenGenerator
    /// What is next stands last.
    private var errands: [Errand] = []
    private var asked: Errand?
    private var hasFoundServers = false

    /// Begins a search.
    ///
    /// - Parameters:
    ///   - uri: the first Route where it leads to a loose router, otherwise the request's URI.
    ///   - wires: what the caller can send over; those that it prefers come first. Without UDP for a request that
    ///     is too large for it.
    ///   - tokens: the chance in the order of servers of one priority. One seed gives one order, as a stateless proxy
    ///     needs.
    public init(for uri: SIPURI, over wires: [SIPWire], tokens: TokenGenerator) {
        let target = uri.parameters["maddr"] ?? uri.host
        (self.host, self.domain, self.tokens) = (target, uri.host, tokens)
        self.isSecure = uri.scheme == "sips"
        // A SIPS URI is reached by TLS or not at all.
        self.wires = wires.filter { uri.scheme != "sips" || $0.isSecure }
        guard uri.isSIP, !target.isEmpty else { return }
        let named = uri.parameters["transport"].flatMap { $0.isEmpty ? nil : SIPWire(rawValue: $0) }
            .map { self.isSecure && $0 == .tcp ? .tls : $0 }
        guard let wire = named ?? self.usualWire, self.wires.contains(wire) else { return }
        if let endpoint = Endpoint(host: target, port: uri.port ?? wire.defaultPort) {
            self.errands = [.attempt(SIPTarget(wire: wire, endpoint: endpoint, domain: uri.host))]
        } else if let port = uri.port {
            self.errands = [.addresses(target, port, wire)]
        } else if named != nil {
            self.errands = [.hostItself(wire)] + self.servers(of: [wire])
        } else {
            self.errands = [.rules]
        }
    }

    /// The next step; nil where there is nowhere else to send the request.
    public mutating func next() -> Step? {
        while let errand = self.errands.popLast() {
            self.asked = errand
            switch errand {
            case .rules: return .lookUp(.rules(self.host))
            case .servers(let name, _): return .lookUp(.servers(name))
            case .addresses(let host, _, _): return .lookUp(.addresses(host))
            case .hostItself(let wire):
                guard !self.hasFoundServers else { continue }
                self.errands.append(.addresses(self.host, wire.defaultPort, wire))
            case .attempt(let target): return .attempt(target)
            }
        }
        self.asked = nil
        return nil
    }

    /// Takes what DNS says to the last question; nothing where it says nothing, or does not answer.
    public mutating func answer(_ answer: Answer) {
        defer { self.asked = nil }
        switch (answer, self.asked) {
        case (.rules(let rules), .rules): self.follow(Array(rules.prefix(Self.recordLimit)))
        case (.servers(let servers), .servers(_, let wire)):
            guard !servers.isEmpty else { return }
            self.hasFoundServers = true
            let ordered = Array(servers.prefix(Self.recordLimit)).filter { $0.target != "." }
                .inOrderOfTrial(&self.tokens)
            self.errands += ordered.reversed().map { .addresses(Self.plain($0.target), $0.port, wire) }
        case (.addresses(let addresses), .addresses(_, let port, let wire)):
            self.errands += addresses.prefix(Self.recordLimit).reversed().map { address in
                .attempt(SIPTarget(wire: wire, endpoint: address.withPort(port), domain: self.domain))
            }
        default: break
        }
    }

    private mutating func follow(_ rules: [NAPTRRecord]) {
        let useful: [(rule: NAPTRRecord, wire: SIPWire)] = rules.compactMap { rule in
            guard rule.flags.lowercased() == "s", rule.regularExpression.isEmpty,
                let wire = SIPWire(service: rule.service), self.wires.contains(wire)
            else { return nil }
            return (rule, wire)
        }
        .sorted { ($0.rule.order, $0.rule.preference) < ($1.rule.order, $1.rule.preference) }
        guard let best = useful.first else {
            // Without rules, the services that there may be are asked for by their names: `_sip` for a SIP URI.
            let wires = self.wires.filter { $0.isSecure == self.isSecure }
            if let usual = self.usualWire { self.errands.append(.hostItself(usual)) }
            self.errands += self.servers(of: wires)
            return
        }
        self.errands.append(.hostItself(best.wire))
        self.errands += useful.reversed().map { .servers(Self.plain($0.rule.replacement), $0.wire) }
    }

    private func servers(of wires: [SIPWire]) -> [Errand] {
        wires.reversed().compactMap { wire in wire.servicePrefix.map { .servers($0 + self.host, wire) } }
    }

    /// What is taken where neither the URI nor DNS says anything: UDP, of a SIPS URI TLS.
    private var usualWire: SIPWire? {
        if self.isSecure || self.wires.contains(.udp) { return self.isSecure ? .tls : .udp }
        return self.wires.first { !$0.isSecure } ?? self.wires.first
    }

    /// A name without the dot of the root at its end.
    private static func plain(_ name: String) -> String {
        name.utf8.count > 1 && name.utf8.last == UInt8(ascii: ".") ? String(name.dropLast()) : name
    }
}
