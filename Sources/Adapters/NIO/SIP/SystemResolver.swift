public import CallCore
internal import NIOPosix
public import SIP

#if canImport(Darwin)
    private import Darwin
#else
    private import Glibc
#endif

/// Looks hosts up as every other program of the machine does: its files and its DNS servers.
///
/// The system tells addresses only, so a domain without a port is looked for at its own address and the usual port. For
/// NAPTR and SRV records, bring a resolver of your own.
public struct SystemResolver: SIPResolver {
    /// A resolver.
    public init() {}

    /// None: the system does not tell.
    public func rules(of domain: String) async throws(TransportError) -> [NAPTRRecord] { [] }

    /// None: the system does not tell.
    public func servers(of service: String) async throws(TransportError) -> [SRVRecord] { [] }

    /// The addresses of a host, in the order that the system prefers.
    ///
    /// - Throws: `.timedOut` where its DNS servers do not answer for now, `.failed` where the look-up fails otherwise.
    ///   A host that there is not has no addresses.
    public func addresses(of host: String) async throws(TransportError) -> [Endpoint] {
        do {
            // The call waits for the network, so it has a thread of its own.
            return try await NIOThreadPool.singleton.runIfActive { try Self.lookUp(host) }
        } catch let error as TransportError {
            throw error
        } catch {
            throw TransportError(.failed, "Cannot look up \(host): \(error)")
        }
    }

    private static func lookUp(_ host: String) throws(TransportError) -> [Endpoint] {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        // One entry for an address, not one for each kind of socket.
        hints.ai_protocol = CInt(IPPROTO_UDP)
        var first: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(host, nil, &hints, &first)
        defer { if let first { freeaddrinfo(first) } }
        switch code {
        case 0: break
        case EAI_NONAME: return []
        case EAI_AGAIN:
            throw TransportError(.timedOut, "Cannot look up \(host) for now: see whether its DNS servers are reached")
        default:
            throw TransportError(.failed, "Cannot look up \(host): \(String(cString: gai_strerror(code)))")
        }
        var endpoints: [Endpoint] = []
        var next = first
        while let entry = next?.pointee {
            if let endpoint = Self.endpoint(entry) { endpoints.append(endpoint) }
            next = entry.ai_next
        }
        return endpoints
    }

    private static func endpoint(_ entry: addrinfo) -> Endpoint? {
        guard let address = entry.ai_addr else { return nil }
        var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        let length = socklen_t(text.count)
        guard getnameinfo(address, entry.ai_addrlen, &text, length, nil, 0, NI_NUMERICHOST) == 0 else { return nil }
        // An address of one link only names the link after a percent sign.
        let host = text.prefix { $0 != 0 && $0 != 0x25 }.map { UInt8(bitPattern: $0) }
        return Endpoint(host: String(decoding: host, as: UTF8.self), port: 0)
    }
}
