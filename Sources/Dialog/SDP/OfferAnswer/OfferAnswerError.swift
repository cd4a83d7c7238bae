/// Why an offer or an answer cannot be used, or must not be made now.
public struct OfferAnswerError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of mistake it is.
    public enum Code: Hashable, Sendable {
        /// There is an offer that waits for its answer, or there is none: let the exchange end first.
        case notNow
        /// Nothing that is offered can be done: refuse the offer with 488.
        case nothingInCommon
        /// The answer has more or fewer media than the offer.
        case mediaCountDiffers
        /// A medium is answered that was not offered, or with another kind of medium.
        case mediumDiffers
        /// A medium is answered with no format of the offer.
        case noCommonFormat
        /// An encrypted medium is answered without encryption, or with one that was not offered.
        case securityDiffers
    }

    /// What kind of mistake it is.
    public var code: Code
    /// Which medium, counted from 0; nil where it is none in particular.
    public var media: Int?

    /// Describes a mistake.
    public init(_ code: Code, media: Int? = nil) { (self.code, self.media) = (code, media) }

    /// The mistake with its place.
    public var description: String { self.media.map { "\(self.code) in medium \($0)" } ?? "\(self.code)" }
}
