/// Cuts a byte stream into messages. A pure value: bytes in, messages out.
public protocol StreamDecoder: Sendable {
    /// What is cut out of the stream.
    associatedtype Message: Sendable
    /// Why a stream cannot be read any further.
    associatedtype ParseError: Error

    /// Takes bytes that have arrived.
    mutating func append(_ bytes: Span<UInt8>)

    /// Takes out the next message.
    ///
    /// - Returns: nil where more bytes are needed.
    /// - Throws: where the stream cannot be followed any further; close it.
    mutating func next() throws(ParseError) -> Message?
}
