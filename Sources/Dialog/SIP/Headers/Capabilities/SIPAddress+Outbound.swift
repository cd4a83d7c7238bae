// What a Contact says about the device and the connection behind it.

extension SIPAddress {
    /// The name of the device, a URN, without angle brackets: `+sip.instance`. It stays when the address changes.
    ///
    /// - Source: RFC 5626 §4.1.
    public var instanceID: String? {
        get {
            guard case .text(let urn) = self.parameters.feature("+sip.instance")?.first else { return nil }
            return urn
        }
        set { self.parameters.setFeature("+sip.instance", to: newValue.map { [.text($0)] }) }
    }

    /// Which of a device's connections this is: `reg-id`.
    ///
    /// - Source: RFC 5626 §4.2.
    public var registrationID: Int? {
        get { self.parameters.number("reg-id") }
        set { self.parameters.setNumber("reg-id", to: newValue) }
    }
}

extension SIPURI {
    /// Whether requests to this URI are to take the connection that it was named on: `ob`.
    ///
    /// - Source: RFC 5626 §4.3.
    public var isOutbound: Bool {
        get { self.parameters["ob"] != nil }
        set { self.parameters["ob"] = newValue ? "" : nil }
    }

    /// Whether a proxy takes the Route of RFC 3261: `lr`.
    ///
    /// - Source: RFC 3261 §19.1.1.
    public var isLooseRouter: Bool {
        get { self.parameters["lr"] != nil }
        set { self.parameters["lr"] = newValue ? "" : nil }
    }
}
