/// Why a media server does not carry out an order.
///
/// - Source: RFC 5707 §5, §11.
public struct MSMLRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// The number for the result.
    public var response: MSMLResponse
    /// What exactly is wrong, for people.
    public var detail: String

    /// Refuses an order.
    public init(_ response: MSMLResponse, _ detail: String) { (self.response, self.detail) = (response, detail) }

    /// What the RFC calls the response, and the detail.
    public var description: String { self.response.reason.map { "\($0): \(self.detail)" } ?? self.detail }

    /// The result that tells the client.
    ///
    /// - Parameters:
    ///   - mark: the mark of the last order that was carried out, of those that have one.
    ///   - conferenceIDs: the conferences that were made before and that the request did not name.
    ///   - dialogIDs: the dialogs that were made before and that the request did not name.
    public func result(
        after mark: String? = nil, conferenceIDs: [MSMLObjectID] = [], dialogIDs: [MSMLObjectID] = []
    ) -> MSMLResult {
        MSMLResult(
            response: self.response, description: self.description, mark: mark, conferenceIDs: conferenceIDs,
            dialogIDs: dialogIDs)
    }
}
