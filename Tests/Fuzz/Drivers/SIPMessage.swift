// modules: CallCore SIP
// inputs: 700000
// seeds: Tests/Fixtures/sip Tests/Fixtures/sip/rfc4475 Tests/Fixtures/sip/rfc5118
import CallCore
import SIP

/// What is written is read as the same message, and written again as the same bytes.
func fuzz(_ bytes: [UInt8]) {
    guard let message = try? SIPMessage(parsing: bytes.span) else {
        _ = SIPRefusal(of: bytes.span, from: .loopback(5060))
        return
    }
    _ = (message[.from], message[.to], message[.callID], message[.cseq], message[.maxForwards], message[.contentType])
    _ = (message.all(.via), message.all(.contact), message.all(.route), message.all(.recordRoute), message.body)
    _ = (message.fields, message.requestURI, message.status, message.method)
    let unchanged = message.encoded()
    let same = try? SIPMessage(parsing: unchanged.span)
    expect(same?.encoded() == unchanged, "The bytes of an unchanged message changed")
    var changed = message
    changed.setField("X-Fuzz", to: "1")
    let written = changed.encoded()
    guard let again = try? SIPMessage(parsing: written.span) else {
        return expect(written.count > SIPMessage.maximumByteCount || changed.fields.count > 200, "Not read again")
    }
    expect(again.field("X-Fuzz") == "1", "A field that was set is lost")
    expect(again.body?.bytes ?? [] == changed.body?.bytes ?? [], "The body changed")
}
