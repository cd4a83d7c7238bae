extension HTTPReply {
    /// An answer with a whole file, or with the part of it that the client asked for.
    ///
    /// 200 with everything, 206 with a part, or 416 where the file has no such part.
    ///
    /// - Parameters:
    ///   - byteCount: length of the whole file.
    ///   - type: the file's media type.
    ///   - field: the request's `Range`; nil where it has none.
    ///   - read: gives the bytes; nil asks for all.
    /// - Source: RFC 9110 §14, §15.3.7, §15.5.17.
    public static func file(
        byteCount: Int64, type: String, range field: String?,
        read: (Range<Int64>?) async throws(StorageError) -> any ByteSource
    ) async throws(StorageError) -> HTTPReply {
        var response = HTTPResponse(status: .ok, headerFields: [.contentType: type, .acceptRanges: "bytes"])
        switch field.flatMap({ ByteRange($0) })?.resolve(byteCount: byteCount) {
        case nil:
            response.headerFields[.contentLength] = String(byteCount)
            return HTTPReply(response, body: try await read(nil))
        case .part(let range):
            response.status = .partialContent
            response.headerFields[.contentRange] = "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(byteCount)"
            response.headerFields[.contentLength] = String(range.upperBound - range.lowerBound)
            return HTTPReply(response, body: try await read(range))
        case .unsatisfiable:
            response.status = .rangeNotSatisfiable
            response.headerFields[.contentType] = nil
            response.headerFields[.contentRange] = "bytes */\(byteCount)"
            return HTTPReply(response)
        }
    }

    /// The same answer without its body, as HEAD is answered: the length is that of the body that is left out.
    ///
    /// - Source: RFC 9110 §9.3.2.
    public var withoutBody: HTTPReply {
        var reply = self
        if reply.response.headerFields[.contentLength] == nil {
            reply.response.headerFields[.contentLength] = String(self.body.byteCount)
        }
        reply.body = MemoryBytes([])
        return reply
    }
}
