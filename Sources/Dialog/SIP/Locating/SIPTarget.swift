/// One place that a request can be sent to.
public struct SIPTarget: Hashable, Sendable {
    /// How it is carried there.
    public var wire: SIPWire
    /// Where that is.
    public var endpoint: Endpoint
    /// The domain that a certificate found there must speak for: the host of the URI, whatever DNS made of it.
    ///
    /// - Source: RFC 5922 §7.3; ``SIPCertificateNames/areValid(for:)``.
    public var domain: String

    /// Describes a place.
    public init(wire: SIPWire, endpoint: Endpoint, domain: String) {
        (self.wire, self.endpoint, self.domain) = (wire, endpoint, domain)
    }
}
