// modules: CallCore SIP
// inputs: 200000
import CallCore
import SIP

/// A body that is taken apart and put together again has the same parts. The first line is the type.
func fuzz(_ bytes: [UInt8]) {
    let end = bytes.firstIndex(of: 0x0A) ?? bytes.count
    let type = String(decoding: bytes[..<end], as: UTF8.self)
    let body = SIPBody(type: type, bytes: Array(bytes[min(end + 1, bytes.count)...]))
    _ = (body.part(of: "application/sdp"), body.part(of: "text/plain"), body.isReadable(by: ["application/sdp"]))
    guard let multipart = SIPMultipart(body) else { return }
    for part in multipart.parts { _ = (part.contentID, part.isPlain, part[.contentDisposition], part.body) }
    // A line end without its other half is a blank once it has been written.
    guard let written = SIPMultipart(multipart.body) else { return expect(false, "Not read again") }
    expect(written.parts.map(\.content) == multipart.parts.map(\.content), "Other contents")
    expect(SIPMultipart(written.body) == written, "Other parts: \(written)")
}
