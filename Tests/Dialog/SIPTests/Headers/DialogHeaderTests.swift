import SIP
import Testing

/// Headers of reliability, timers, transfers, subscriptions and INFO packages.
@Suite struct DialogHeaderTests {
    @Test func `a RAck names a provisional response`() throws {
        let rack = try #require(try Self.read(.rack, "RAck: 776656 1 INVITE"))
        #expect(rack == SIPRAck(776_656, SIPCSeq(1, .invite)) && rack.description == "776656 1 INVITE")
    }

    @Test(arguments: ["", "1", "1 2", "1 INVITE", "4294967296 1 INVITE", "1 2147483648 INVITE", "1  2 ", "-1 2 INVITE"])
    func `what is no RAck is refused`(value: String) throws {
        #expect(try Self.read(.rack, "RAck: \(value)") == nil)
    }

    @Test(arguments: [
        ("4000;refresher=uac", 4_000, SIPSessionExpires.Refresher.uac), ("1800 ; Refresher=UAS", 1_800, .uas),
        ("90", 90, nil), ("60;refresher=me", 60, nil), ("60;x=y", 60, nil),
    ])
    func `a session's interval is read`(value: String, seconds: Int, refresher: SIPSessionExpires.Refresher?) throws {
        let long = try #require(try Self.read(.sessionExpires, "Session-Expires: \(value)"))
        #expect(long.seconds == seconds && long.refresher == refresher)
        #expect(try Self.read(.sessionExpires, "x: \(value)") == long)
    }

    @Test func `a session's interval is written`() {
        #expect(SIPSessionExpires(seconds: 1_800, refresher: .uas).description == "1800;refresher=uas")
        #expect(SIPSessionExpires(seconds: 90).description == "90")
    }

    @Test(arguments: ["", "x", "-1", "1800 refresher=uac", "99999999999"])
    func `what is no interval is refused`(value: String) throws {
        #expect(try Self.read(.sessionExpires, "Session-Expires: \(value)") == nil)
    }

    @Test(arguments: [
        // RFC 3891 §6.1.
        (
            "98732@sip.example.com;from-tag=r33th4x0r;to-tag=ff87ff", "98732@sip.example.com", "ff87ff", "r33th4x0r",
            false
        ),
        ("12adf2f34456gs5;to-tag=12345;from-tag=54321;early-only", "12adf2f34456gs5", "12345", "54321", true),
        ("87134@171.161.34.23;to-tag=24796;from-tag=0", "87134@171.161.34.23", "24796", "0", false),
    ])
    func `a dialog to be replaced is read`(
        value: String, call: String, toTag: String, fromTag: String, isEarlyOnly: Bool
    ) throws {
        let replaces = try #require(try Self.read(.replaces, "Replaces: \(value)"))
        #expect(replaces == SIPReplaces(callID: call, toTag: toTag, fromTag: fromTag, isEarlyOnly: isEarlyOnly))
        #expect(try Self.read(.replaces, "Replaces: \(replaces)") == replaces)
    }

    @Test(arguments: [
        "", "call", "call;to-tag=1", "call;from-tag=1", "call;to-tag=1;to-tag=2;from-tag=3", ";to-tag=1;from-tag=2",
        "call;to-tag;from-tag=1", "call;to-tag=1;from-tag=2;from-tag=3", "a b;to-tag=1;from-tag=2",
    ])
    func `a dialog with other than one tag of each kind is refused`(value: String) throws {
        #expect(try Self.read(.replaces, "Replaces: \(value)") == nil)
    }

    @Test func `a REFER names the dialog to be replaced in its URI`() throws {
        // RFC 3515 §2.1.
        let text =
            "<sip:dave@denver.example.org?Replaces=12345%40192.168.118.3%3Bto-tag%3D12345%3Bfrom-tag%3D5FFE-3994>"
        let address = try #require(SIPAddress(text))
        let replaces = SIPReplaces(callID: "12345@192.168.118.3", toTag: "12345", fromTag: "5FFE-3994")
        #expect(address.uri[header: .replaces] == replaces)
        var written = SIPAddress(SIPURI(user: "dave", host: "denver.example.org"))
        written.uri[header: .replaces] = replaces
        #expect(written.description == text)
        written.uri[header: .replaces] = nil
        #expect(written.description == "<sip:dave@denver.example.org>")
    }

    @Test func `the part that proves who refers is named`() throws {
        // RFC 3892 §3.
        let text = #"<sip:referror@referror.example>;cid="2UWQFN309shb3@referror.example""#
        var referrer = try #require(try Self.read(.referredBy, "b: \(text)"))
        #expect(referrer.referrerContentID == "2UWQFN309shb3@referror.example" && referrer.description == text)
        referrer.referrerContentID = "a@b"
        #expect(referrer.description == #"<sip:referror@referror.example>;cid="a@b""#)
    }

    @Test func `a subscription's state is read`() throws {
        let active = try #require(try Self.read(.subscriptionState, "Subscription-State: active;expires=60"))
        #expect(active.isActive && !active.isTerminated && active.expires == 60)
        let text = "Subscription-State: Terminated;reason=rejected;retry-after=30"
        let ended = try #require(try Self.read(.subscriptionState, text))
        #expect(ended.isTerminated && ended.parameters["reason"] == "rejected" && ended.retryAfter == 30)
        #expect(SIPToken.terminated(reason: "noresource").description == "terminated;reason=noresource")
        #expect(SIPToken.pending(expires: 7).description == "pending;expires=7")
    }

    @Test func `an event is named with its subscription`() throws {
        let event = try #require(try Self.read(.event, "o: refer;id=93809824"))
        #expect(event.name == "refer" && event.id == "93809824" && event != .refer)
        #expect(try SIPMessage(text: Self.head + "u: presence, refer\n\n").all(.allowEvents) == ["presence", "refer"])
    }

    @Test func `packages of INFO are listed`() throws {
        let message = try SIPMessage(text: Self.head + "Recv-Info: dtmf, msml;v=1\nRecv-Info:\nInfo-Package: dtmf\n\n")
        #expect(message.all(.receiveInfo) == ["dtmf", "msml;v=1"] && message[.infoPackage] == "dtmf")
    }

    @Test func `reasons keep protocol, cause and text`() throws {
        let text = #"Reason: SIP ;cause=200 ;text="Call completed elsewhere",Q.850;cause=16"#
        let reasons = try SIPMessage(text: Self.head + text + "\n\n").all(.reason)
        #expect(reasons.map(\.name) == ["SIP", "Q.850"] && reasons.map(\.cause) == [200, 16])
        #expect(reasons.map(\.text) == ["Call completed elsewhere", nil])
        #expect(SIPToken.reason(.busyEverywhere).description == #"SIP;cause=600;text="Busy Everywhere""#)
    }

    private static let head = "OPTIONS sip:a@b SIP/2.0\n"

    private static func read<Value>(_ name: SIPHeaderName<Value>, _ line: String) throws -> Value? {
        try SIPMessage(text: self.head + line + "\n\n")[name]
    }
}
