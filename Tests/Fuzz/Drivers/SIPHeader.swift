// modules: CallCore SIP
// inputs: 1500000
import CallCore
import SIP

/// A header value that is read is written as something that is read as the same value. The first byte says how the
/// rest is read.
func fuzz(_ bytes: [UInt8]) {
    guard let first = bytes.first else { return }
    let value = Array(bytes.dropFirst())
    switch first % 16 {
    case 0: check(SIPToken.self, value)
    case 1: check(SIPMediaType.self, value)
    case 2: check(SIPOptionTag.self, value)
    case 3: check(SIPWarning.self, value)
    case 4: check(SIPRetryAfter.self, value)
    case 5: check(SIPTimestamp.self, value)
    case 6: check(WallTime.self, value)
    case 7: check(SIPRAck.self, value)
    case 8: check(SIPSessionExpires.self, value)
    case 9: check(SIPReplaces.self, value)
    case 10: check(SIPPrivacy.self, value)
    case 11: check(SIPAuthenticationInfo.self, value)
    case 12: checkAddress(value)
    case 13: checkURI(value)
    case 14: checkSoftware(value)
    default: _ = SIPFragment(SIPBody(type: SIPFragment.mediaType, bytes: value)).map { check($0) }
    }
}

private func check<Value: SIPHeaderValue>(_: Value.Type, _ bytes: [UInt8]) {
    guard let value = Value(parsing: bytes.span) else { return }
    let written = text(value)
    expect(!written.contains(0x0A) && !written.contains(0x0D), "A line end is written")
    guard let again = Value(parsing: written.span) else {
        return expect(false, "Not read again: \(String(decoding: written, as: UTF8.self))")
    }
    expect(text(again) == written, "Written otherwise: \(String(decoding: text(again), as: UTF8.self))")
}

private func text(_ value: some SIPHeaderValue) -> [UInt8] {
    var output: [UInt8] = []
    value.write(to: &output)
    return output
}

private func check(_ fragment: SIPFragment) {
    _ = (fragment.status, fragment[.from], fragment[.via])
    expect(
        SIPFragment(fragment.body) != nil || fragment.encoded().count > 60_000, "A part of a message is not read again")
}

private func checkAddress(_ bytes: [UInt8]) {
    check(SIPAddress.self, bytes)
    guard let address = SIPAddress(parsing: bytes.span) else { return }
    var copy = address
    copy.displayName = address.displayName
    copy.uri.host = address.uri.host
    copy.parameters.elements = address.parameters.elements
    // Bytes that are no UTF-8 are kept, but not in strings.
    if String(validating: bytes, as: UTF8.self) != nil {
        expect(text(copy) == text(address), "Put together otherwise: \(copy)")
    }
    _ = (address.parameters.q, address.instanceID, address.registrationID, address.referrerContentID)
    for element in address.parameters.elements { _ = address.parameters.feature(element.name) }
}

private func checkURI(_ bytes: [UInt8]) {
    check(SIPURI.self, bytes)
    guard let uri = SIPURI(parsing: bytes.span) else { return }
    expect(uri.isEquivalent(to: uri), "A URI is not itself: \(uri)")
    var copy = uri
    copy.decodedUser = uri.decodedUser
    copy[header: .subject] = uri[header: .subject] ?? "x"
    _ = (copy.description, uri.headerFields, uri[header: .replaces], SIPTelephoneNumber(uri)?.digits)
    _ = SIPCertificateNames(uris: [uri.description]).domains
    var search = SIPServerSearch(for: uri, over: [.udp, .tcp, .tls], tokens: TokenGenerator(seed: 1))
    var steps = 0
    while let step = search.next() {
        steps += 1
        if case .lookUp(.addresses) = step { search.answer(.addresses([.loopback(0)])) }
    }
    expect(steps < 10, "A search without end")
}

private func checkSoftware(_ bytes: [UInt8]) {
    check(SIPSoftware.self, bytes)
    guard let parts = SIPSoftware(parsing: bytes.span)?.parts else { return }
    // A line end is a blank once it has been written.
    let written = SIPSoftware(parts)
    guard let again = written.parts else { return expect(false, "Not read again: \(written)") }
    expect(again.count == parts.count && SIPSoftware(again) == written, "Other products: \(again)")
}
