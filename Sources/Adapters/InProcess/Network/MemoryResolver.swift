public import CallCore
public import SIP

/// DNS in memory: a table of records, for tests and for sites that have none.
///
/// Names are compared in any case. One that is not in the table has no records.
public struct MemoryResolver: SIPResolver {
    private var rules: [String: [NAPTRRecord]] = [:]
    private var servers: [String: [SRVRecord]] = [:]
    private var addresses: [String: [Endpoint]] = [:]

    /// An empty table.
    public init() {}

    /// Adds NAPTR records to a domain.
    public mutating func add(_ records: NAPTRRecord..., to domain: String) {
        self.rules[domain.lowercased(), default: []] += records
    }

    /// Adds SRV records to a service, for example to `_sip._udp.example.com`.
    public mutating func add(_ records: SRVRecord..., to service: String) {
        self.servers[service.lowercased(), default: []] += records
    }

    /// Adds addresses to a host; their ports do not matter.
    public mutating func add(_ addresses: Endpoint..., to host: String) {
        self.addresses[host.lowercased(), default: []] += addresses.map { $0.withPort(0) }
    }

    /// The NAPTR records of a domain.
    public func rules(of domain: String) async throws(TransportError) -> [NAPTRRecord] {
        self.rules[domain.lowercased()] ?? []
    }

    /// The SRV records of a service.
    public func servers(of service: String) async throws(TransportError) -> [SRVRecord] {
        self.servers[service.lowercased()] ?? []
    }

    /// The addresses of a host.
    public func addresses(of host: String) async throws(TransportError) -> [Endpoint] {
        self.addresses[host.lowercased()] ?? []
    }
}
