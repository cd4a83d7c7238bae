/// A service that asks before every request whether it is to be answered: the place for a host's authentication.
///
/// ```swift
/// GatedService(page) { call in
///     call.request.headerFields[.authorization] == secret ? nil : HTTPReply(HTTPResponse(status: .unauthorized))
/// }
/// ```
public struct GatedService: HTTPService {
    /// Decides whether a request is answered at all: nil lets it pass, a reply is sent instead.
    public typealias Gate = @Sendable (HTTPCall) async -> HTTPReply?

    private let service: any HTTPService
    private let gate: Gate

    /// Puts a gate before a service.
    public init(_ service: any HTTPService, gate: @escaping Gate) { (self.service, self.gate) = (service, gate) }

    /// Answers a request that the gate lets pass.
    public func respond(to call: HTTPCall) async -> HTTPReply {
        if let refusal = await self.gate(call) { return refusal }
        return await self.service.respond(to: call)
    }
}
