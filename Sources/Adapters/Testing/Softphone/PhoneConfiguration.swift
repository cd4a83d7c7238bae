public import CallCore
public import SDP

/// Which phone it is, and how it behaves.
public struct PhoneConfiguration: Hashable, Sendable {
    /// Its number.
    public var number: DN
    /// Where it registers, and where its calls go.
    public var registrar: Endpoint
    /// The domain in its address; nil for the registrar's address.
    public var domain: String?
    /// For how long it registers; it registers anew at half of what the registrar grants.
    public var registrationPeriod: Duration
    /// How long it rings before it answers by itself; nil for ever.
    public var answersAfter: Duration?
    /// What it can say and hear, in order of preference.
    public var codecs: [AudioCodec]
    /// What it calls itself in SIP.
    public var product: String

    /// Describes a phone; by default it answers after a second and knows both laws of G.711.
    public init(
        number: DN, registrar: Endpoint, domain: String? = nil, registrationPeriod: Duration = .seconds(3_600),
        answersAfter: Duration? = .seconds(1), codecs: [AudioCodec] = [.pcmu, .pcma, .telephoneEvent(101)],
        product: String = "Softphone"
    ) {
        (self.number, self.registrar, self.domain) = (number, registrar, domain)
        (self.registrationPeriod, self.answersAfter) = (registrationPeriod, answersAfter)
        (self.codecs, self.product) = (codecs, product)
    }
}
