/// Why a request to a T-Server was not carried out.
public struct TError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of failure it was.
    public enum Code: Hashable, Sendable {
        /// The server answered with `EventError`.
        case refused(TErrorCode)
        /// The connection broke before the answer came: the server may have done it or not.
        case disconnected
        /// No answer came in time: the server may have done it or not.
        case timedOut
        /// The task that asked was cancelled.
        case cancelled
        /// The client has ended.
        case closed
    }

    /// What kind of failure it was.
    public var code: Code
    /// What happened.
    public var message: String

    /// Describes a failure.
    public init(_ code: Code, _ message: String) { (self.code, self.message) = (code, message) }

    /// What an `EventError` says.
    init(refusal: TMessage) {
        let code = refusal[.errorCode] ?? .unknownError
        self.init(.refused(code), refusal[.errorMessage] ?? code.text)
    }

    /// The message.
    public var description: String { self.message }

    /// Equal where the code is.
    public static func == (left: TError, right: TError) -> Bool { left.code == right.code }

    /// Hashes the code.
    public func hash(into hasher: inout Hasher) { hasher.combine(self.code) }
}
