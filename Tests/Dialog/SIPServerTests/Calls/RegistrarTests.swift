import SIP
import Testing

@testable import SIPServer

@Suite struct RegistrarTests {
    let rig: Rig
    let phone: Phone

    init() throws {
        self.rig = try Rig(["7001": DNOptions()])
        self.phone = self.rig.phone("7001", port: 6_001, isRegistered: false)
    }

    private var status: Int? { self.phone.registration?.status?.code }

    @Test func `a phone is registered, and told what is registered and for how long`() throws {
        self.phone.register(self.rig, expires: 600)
        self.rig.run()
        let answer = try #require(self.phone.registration)
        #expect(answer.status == .ok)
        #expect(answer[.contact]?.uri.description == "sip:7001@127.0.0.1:6001")
        #expect(answer[.contact]?.parameters["expires"] == "600")
        #expect(self.rig.reports.map(\.name) == ["registration.added"])
    }

    @Test func `a DN that is not configured cannot be registered`() {
        let stranger = self.rig.phone("7999", port: 6_002, isRegistered: false)
        stranger.register(self.rig)
        self.rig.run()
        #expect(stranger.registration?.status == .notFound)
    }

    @Test func `a registration that is too short is refused, with the shortest that is not`() {
        self.phone.register(self.rig, expires: 59)
        self.rig.run()
        #expect(self.status == 423)
        #expect(self.phone.registration?[.minExpires] == 60)
    }

    @Test func `a registration ends when its time has come`() {
        self.phone.register(self.rig, expires: 60)
        self.rig.run(.seconds(59))
        #expect(self.rig.control.contact(of: "7001") != nil)
        self.rig.run(.seconds(2))
        self.phone.register(self.rig, expires: 0)
        self.rig.run()
        #expect(self.rig.control.contact(of: "7001") == nil)
    }

    @Test(arguments: [("", "tcp"), (";transport=udp", "udp"), (";transport=TCP", "TCP")])
    func `a phone that registers over a connection is called over it, unless it says otherwise`(
        parameter: String, transport: String
    ) throws {
        let contact = try #require(SIPURI("sip:7001@127.0.0.1:6001" + parameter))
        var request = SIPMessage(request: .register, uri: SIPURI(endpoint: Rig.switchEndpoint))
        request[.via] = SIPVia(.loopback(6_001), transport: "TCP", branch: "z9hG4bK1")
        request[.from] = SIPAddress(SIPURI(user: "7001", endpoint: Rig.switchEndpoint))
        request[.to] = request[.from]
        request[.callID] = "registration"
        request[.cseq] = SIPCSeq(1, .register)
        request[.contact] = SIPAddress(contact)
        self.rig.carry(request, from: .loopback(40_000), to: Rig.switchEndpoint)
        self.rig.run()
        let known = try #require(self.rig.control.contact(of: "7001"))
        #expect(known.uri.parameters["transport"] == transport && known.endpoint == .loopback(40_000))
    }

    @Test func `a phone takes its registration back`() {
        self.phone.register(self.rig)
        self.rig.run()
        self.phone.register(self.rig, expires: 0)
        self.rig.run()
        #expect(self.status == 200)
        #expect(self.phone.registration?[.contact] == nil)
        #expect(self.rig.control.contact(of: "7001") == nil)
        #expect(self.rig.reports.map(\.name) == ["registration.added", "registration.removed"])
    }

    @Test(arguments: [(0, 200), (600, 400)])
    func `an asterisk takes everything back, and nothing else`(expires: Int, status: Int) {
        self.phone.register(self.rig)
        self.rig.run()
        self.phone.register(self.rig, expires: expires, contact: "*")
        self.rig.run()
        #expect(self.status == status)
        #expect((self.rig.control.contact(of: "7001") == nil) == (status == 200))
    }

    @Test func `a phone behind an address translator is called where its registration came from`() {
        self.phone.register(self.rig, contact: "<sip:7001@192.0.2.99:5060>")
        self.rig.run()
        #expect(self.rig.control.contact(of: "7001")?.endpoint == self.phone.endpoint)
        #expect(self.rig.control.contact(of: "7001")?.uri.description == "sip:7001@192.0.2.99:5060")
    }

    @Test func `an address that nobody can have registered is that of the configuration`() throws {
        let rig = try Rig(["9000": DNOptions(type: .trunk, contact: .loopback(7_000))])
        #expect(rig.control.contact(of: "9000")?.uri.description == "sip:9000@127.0.0.1:7000")
    }

    @Test(
        arguments: [
            ("sip:7001@h", "7001"), ("sip:%2B49%2030@h", "+49 30"), ("sip:7001;phone-context=x@h", "7001"),
            ("sip:100%zz@h", "100%zz"), ("sip:h", nil),
        ] as [(String, String?)])
    func `the user part of a URI is a DN`(uri: String, dn: String?) throws {
        #expect(DN(user: try #require(SIPURI(uri)))?.rawValue == dn)
    }
}
