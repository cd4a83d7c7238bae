/// Looks names up in DNS: the plug-in point for finding servers. Open.
///
/// A resolver promises to answer within its own time limit, and with an empty list where a name has no such record.
/// One that knows addresses only answers the other questions with empty lists: then a domain's own address is taken.
public protocol SIPResolver: Sendable {
    /// The NAPTR records of a domain.
    ///
    /// - Throws: `.timedOut` or `.failed` where nobody answers.
    func rules(of domain: String) async throws(TransportError) -> [NAPTRRecord]

    /// The SRV records of a service, for example of `_sip._udp.example.com`.
    ///
    /// - Throws: `.timedOut` or `.failed` where nobody answers.
    func servers(of service: String) async throws(TransportError) -> [SRVRecord]

    /// The A and AAAA records of a host, in the order in which they are to be tried; the ports are 0.
    ///
    /// - Throws: `.timedOut` or `.failed` where nobody answers.
    func addresses(of host: String) async throws(TransportError) -> [Endpoint]
}

extension SIPResolver {
    /// The next place to send a request to; nil where there is none.
    ///
    /// - Throws: the failure of a look-up, where no place is left but one might have been found.
    public func nextTarget(of search: inout SIPServerSearch) async throws(TransportError) -> SIPTarget? {
        var failure: TransportError?
        while let step = search.next() {
            switch step {
            case .attempt(let target): return target
            case .lookUp(let question):
                do {
                    search.answer(try await self.answer(to: question))
                } catch {
                    // Who does not answer may as well have nothing to say: another question may find the place.
                    failure = error
                    search.answer(question.nothing)
                }
            }
        }
        if let failure { throw failure }
        return nil
    }

    private func answer(to question: SIPServerSearch.Question) async throws(TransportError) -> SIPServerSearch.Answer {
        switch question {
        case .rules(let domain): .rules(try await self.rules(of: domain))
        case .servers(let service): .servers(try await self.servers(of: service))
        case .addresses(let host): .addresses(try await self.addresses(of: host))
        }
    }
}

extension SIPServerSearch.Question {
    /// The answer that there is no such record.
    fileprivate var nothing: SIPServerSearch.Answer {
        switch self {
        case .rules: .rules([])
        case .servers: .servers([])
        case .addresses: .addresses([])
        }
    }
}
