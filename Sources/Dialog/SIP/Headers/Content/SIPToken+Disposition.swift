// What Content-Disposition says.

extension SIPToken {
    /// The body describes a session. - Source: RFC 3261 §20.11.
    public static let session = SIPToken("session")
    /// The body is to be shown. - Source: RFC 3261 §20.11.
    public static let render = SIPToken("render")
    /// The body describes what is recorded, and who takes part. - Source: RFC 7866 §9.1.
    public static let recordingSession = SIPToken("recording-session")

    /// Whether a message may be processed without what this disposition belongs to: `handling=optional`. It may not
    /// where nothing is said.
    ///
    /// - Source: RFC 3261 §20.11; RFC 3204 §6.
    public var isOptional: Bool {
        get { self.parameters["handling"]?.equalsIgnoringCase("optional") == true }
        set { self.parameters["handling"] = newValue ? "optional" : "required" }
    }

    /// Whether it says in so many words that the message may not be processed without.
    var isRequired: Bool { self.parameters["handling"]?.equalsIgnoringCase("required") == true }
}
