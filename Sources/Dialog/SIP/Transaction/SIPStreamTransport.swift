/// A transport of SIP that has connections as well as datagrams: TCP, and TLS perhaps.
public protocol SIPStreamTransport: Transport<SIPMessage> {
    /// Where peers reach it over each wire but UDP.
    var streams: [SIPWire: Endpoint] { get }
}

extension Transport<SIPMessage> {
    /// Where peers reach a transport over each wire but UDP; empty where it has UDP alone.
    public var streamEndpoints: [SIPWire: Endpoint] { (self as? any SIPStreamTransport)?.streams ?? [:] }
}
