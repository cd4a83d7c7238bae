import SIP
import Testing

/// Finding fields by their names, and methods by theirs.
struct SIPFieldFindingTests {
    @Test(arguments: [0, 1, 7, 8, 30, 31, 32, 33, 100])
    func `a field is found behind any number of others`(count: Int) throws {
        var message = SIPMessage(request: .options, uri: SIPURI(host: "example.com"))
        for index in 0..<count { message.addField(SIPHeaderField("X-Number", "\(index)")) }
        message[.maxForwards] = 70
        message.addField(SIPHeaderField("X-Number", "last"))
        let bytes = message.encoded()
        let read = try SIPMessage(parsing: bytes.span)
        #expect(read[.maxForwards] == 70)
        #expect(read.fields("x-number") == (0..<count).map { "\($0)" } + ["last"])
        #expect(read[.subject] == nil)
    }

    @Test func `a field that is set stays in its place when those before it are removed`() throws {
        var message = SIPMessage(request: .options, uri: SIPURI(host: "example.com"))
        message.setField("X-First", to: "1")
        message[.callID] = "a"
        message[.maxForwards] = 70
        message.setField("X-First", to: nil)
        #expect(message.fields.map(\.name) == ["Call-ID", "Max-Forwards"])
        #expect(message[.callID] == "a")
        #expect(message[.maxForwards] == 70)
    }

    @Test(arguments: ["INVITE", "SUBSCRIBE", "invite", "A", "PUBLISHED", "X-Y", "ÄB", "", "A\0"])
    func `a method is its name, of whatever bytes it is`(name: String) {
        let method = SIPMethod(rawValue: name)
        #expect(method.rawValue == name)
        #expect((method == .invite) == (name == "INVITE"))
        #expect((method == .subscribe) == (name == "SUBSCRIBE"))
        #expect(method == SIPMethod(rawValue: name))
    }
}
