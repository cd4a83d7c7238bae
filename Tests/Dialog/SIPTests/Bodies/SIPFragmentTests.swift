import SIP
import Testing

@Suite struct SIPFragmentTests {
    // RFC 3420 §3.1.
    @Test(arguments: [
        ("INVITE sip:alice@atlanta.com SIP/2.0", nil, 0), ("SIP/2.0 603 Declined", 603, 0),
        (
            "REGISTER sip:atlanta.com SIP/2.0\r\nTo: sip:alice@atlanta.com\r\nContact: <sip:a@b>;q=0.9,\r\n <sip:c@d>;q=0.1",
            nil, 2
        ),
        ("SIP/2.0 400 Bad Request\r\nWarning: 399 atlanta.com Your Event header field was malformed\r\n", 400, 1),
        ("From: Alice <sip:alice@atlanta.com>\r\nCall-ID: a84b4c76e66710\r\nCseq: 314159 INVITE\r\n", nil, 3),
        ("SIP/2.0 200 OK\nContent-Type: text/plain\n\nHi", 200, 1),
    ])
    func `a part of a message is read`(text: String, status: Int?, fieldCount: Int) throws {
        let fragment = try #require(SIPFragment(SIPBody(type: SIPFragment.mediaType, text: text)))
        #expect(fragment.status?.code == status && fragment.fields.count == fieldCount)
        #expect(SIPFragment(fragment.body) == fragment)
    }

    // RFC 3420 §3.2.
    @Test(arguments: [
        "INVITE", "INVITE sip:alice@atlanta.com SIP/1.09", "SIP/2.0", "404 Not Found",
        "MESSAGE sip:alice@atlanta.com SIP/2.0\r\nHi There!",
    ])
    func `what is no part of a message is refused`(text: String) {
        #expect(SIPFragment(SIPBody(type: SIPFragment.mediaType, text: text)) == nil)
    }

    @Test func `fields are read by type, with and without a start line`() throws {
        let text =
            "f: Alice <sip:alice@atlanta.com>;tag=1\r\nCseq: 314159 INVITE\r\nContent-Type: text/plain\r\n\r\nHi There!"
        let fragment = try #require(SIPFragment(SIPBody(type: "Message/SIPFrag;version=2.0", text: text)))
        #expect(
            fragment.startLine == nil && fragment[.from]?.tag == "1" && fragment[.cseq] == SIPCSeq(314_159, .invite))
        #expect(fragment[.to] == nil && fragment.content == Array("Hi There!".utf8))
        #expect(SIPFragment(SIPBody(type: "text/plain", text: text)) == nil)
    }

    @Test func `a NOTIFY says what a transfer has come to`() {
        let body = SIPFragment(status: .busyHere).body
        #expect(body.type == "message/sipfrag;version=2.0" && body.text == "SIP/2.0 486 Busy Here\r\n")
        #expect(SIPFragment(body)?.status == .busyHere)
    }
}
