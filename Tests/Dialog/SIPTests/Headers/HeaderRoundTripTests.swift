import CallCore
import SIP
import TestSupport
import Testing

/// What is written is read as the same value, for values made by chance, the same ones in every run.
@Suite struct HeaderRoundTripTests {
    @Test func `values come back as they were written`() {
        var make = Generator(seed: 3_261)
        for _ in 0..<400 {
            Self.check(make.token())
            Self.check(make.mediaType())
            Self.check(SIPOptionTag(rawValue: make.word()))
            Self.check(SIPWarning(make.number(100...999), agent: make.word(), text: make.text()))
            Self.check(
                SIPRetryAfter(
                    seconds: make.number(0...100_000), comment: make.maybe { $0.text() },
                    duration: make.maybe { $0.number(0...9) }))
            Self.check(
                SIPTimestamp(make.duration(), delay: make.maybe { $0.duration() }))
            Self.check(WallTime(milliseconds: Int64(make.number(-60_000_000_000...200_000_000_000)) * 1_000))
            Self.check(
                SIPRAck(UInt32(make.number(0...0xFFFF_FFFF)), SIPCSeq(UInt32(make.number(0...0x7FFF_FFFF)), .invite)))
            Self.check(SIPSessionExpires(seconds: make.number(0...99_999), refresher: make.maybe { _ in .uas }))
            Self.check(
                SIPReplaces(
                    callID: make.word() + "@" + make.word(), toTag: make.word(), fromTag: make.word(),
                    isEarlyOnly: make.number(0...1) == 1))
            Self.check(SIPPrivacy([SIPPrivacy.Wish(rawValue: make.word()), .id]))
            Self.check(SIPSoftware([.product(make.word(), version: make.maybe { $0.word() }), .comment(make.text())]))
            Self.check(make.uri())
            Self.check(make.address())
        }
    }

    @Test func `features come back as they were set`() {
        var make = Generator(seed: 3_840)
        for _ in 0..<400 {
            var parameters = SIPParameters()
            let values = make.features()
            parameters.setFeature("+x", to: values)
            let contact = SIPAddress("<sip:a@b>").map { address in
                var copy = address
                copy.parameters = parameters
                return SIPAddress(copy.description)
            }
            #expect(contact??.parameters.feature("+x") == values)
        }
    }

    @Test func `software comes back product by product`() {
        var make = Generator(seed: 14_43)
        for _ in 0..<400 {
            let parts: [SIPSoftware.Part] = [
                .comment(make.text()), .product(make.word(), version: make.word()), .comment(make.text()),
            ]
            #expect(SIPSoftware(parts).parts == parts)
        }
    }

    @Test func `escapes in URIs come back as what they stand for`() {
        var make = Generator(seed: 2_396)
        for _ in 0..<400 {
            let (user, subject) = (make.text(), make.text())
            var uri = SIPURI(host: "example.com")
            uri.decodedUser = user
            uri[header: .subject] = subject
            let again = SIPURI(uri.description)
            #expect(again?.decodedUser == user && again.map { $0.isEquivalent(to: uri) } == true)
            #expect(again?.headerFields == [SIPHeaderField("Subject", subject)])
        }
    }

    @Test func `parts come back as they were put together`() {
        var make = Generator(seed: 2_046)
        for _ in 0..<200 {
            let multipart = make.multipart(depth: 3)
            #expect(SIPMultipart(multipart.body) == multipart)
        }
    }

    /// Damaged values are read or refused; what is read can be written.
    @Test func `damaged values never trap`() {
        var make = Generator(seed: 4_475)
        var mutations = Mutations(seed: 4_475)
        for _ in 0..<1_500 {
            let samples = [
                make.token().description, make.mediaType().description, make.address().description,
                SIPWarning(399, agent: make.word(), text: make.text()).description,
                SIPRetryAfter(seconds: 5, comment: make.text(), duration: 3).description,
                "Sat, 13 Nov 2010 23:29:00 GMT",
                "54.25 1.5", "776656 1 INVITE", "call@host;to-tag=1;from-tag=2;early-only",
                "Softphone/1.5 (Linux; (x86))",
                #"nextnonce="47", qop=auth"#, "tel:+1-201-555-0123;ext=1;phone-context=example.com",
            ]
            for sample in samples {
                let bytes = mutations.next(
                    of: Array(sample.utf8), inserting: Array("\r\n\t \"\\<>;:,=@?()%*\0\u{80}9-".utf8))
                Self.readAsEverything(bytes)
            }
        }
    }

    private static func readAsEverything(_ bytes: [UInt8]) {
        func read<Value: SIPHeaderValue>(_: Value.Type) {
            guard let value = Value(parsing: bytes.span) else { return }
            var output: [UInt8] = []
            value.write(to: &output)
            #expect(!output.contains(0x0A) && !output.contains(0x0D))
        }
        read(SIPToken.self)
        read(SIPMediaType.self)
        read(SIPOptionTag.self)
        read(SIPWarning.self)
        read(SIPRetryAfter.self)
        read(SIPTimestamp.self)
        read(WallTime.self)
        read(SIPRAck.self)
        read(SIPSessionExpires.self)
        read(SIPReplaces.self)
        read(SIPPrivacy.self)
        read(SIPSoftware.self)
        read(SIPAuthenticationInfo.self)
        let text = String(decoding: bytes, as: UTF8.self)
        _ = SIPSoftware(rawValue: text).parts
        _ = SIPFragment(SIPBody(type: SIPFragment.mediaType, bytes: bytes))
        if let address = SIPAddress(text) {
            _ = (address.parameters.feature("+x"), address.parameters.q, address.instanceID, address.registrationID)
        }
        if let uri = SIPURI(text) {
            _ = (uri.decodedUser, uri.headerFields, SIPTelephoneNumber(uri)?.digits, uri.isEquivalent(to: uri))
            _ = SIPCertificateNames(uris: [text]).domains
        }
    }

    private static func check<Value: SIPHeaderValue>(_ value: Value) {
        var output: [UInt8] = []
        value.write(to: &output)
        let bytes = output
        #expect(Value(parsing: bytes.span) == value, "\(String(decoding: bytes, as: UTF8.self))")
    }
}

/// Makes values by chance.
private struct Generator {
    private var tokens: TokenGenerator

    init(seed: UInt64) { self.tokens = TokenGenerator(seed: seed) }

    mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self.tokens) }

    mutating func maybe<Value>(_ make: (inout Generator) -> Value) -> Value? {
        self.number(0...1) == 0 ? nil : make(&self)
    }

    mutating func pick(_ alphabet: String, _ count: ClosedRange<Int>) -> String {
        let characters = Array(alphabet)
        return String((0..<self.number(count)).map { _ in characters[self.number(0...(characters.count - 1))] })
    }

    mutating func word() -> String { self.pick("abcXYZ019-.!%*_+`'~", 1...12) }

    /// Text with everything that must be escaped, and without blanks at its ends.
    mutating func text() -> String { "x" + self.pick(#"aä☎ 9"\();,<>@=?:/"#, 0...12) + "x" }

    mutating func duration() -> Duration {
        Duration(
            secondsComponent: Int64(self.number(0...9_999)),
            attosecondsComponent: Int64(self.number(0...999_999_999_999)))
    }

    mutating func parameters() -> SIPParameters {
        var parameters = SIPParameters()
        for index in 0..<self.number(0...3) {
            switch self.number(0...2) {
            case 0: parameters["p\(index)"] = self.word()
            case 1: parameters["p\(index)"] = ""
            default: parameters.setQuoted("p\(index)", to: self.text())
            }
        }
        return parameters
    }

    mutating func token() -> SIPToken { SIPToken(self.word(), self.parameters()) }

    mutating func mediaType() -> SIPMediaType { SIPMediaType(self.word(), self.word(), self.parameters()) }

    mutating func uri() -> SIPURI {
        var uri = SIPURI(
            scheme: ["sip", "sips"][self.number(0...1)],
            user: self.maybe { $0.pick("abc019-_.!~*'()&=+$,;?/%", 1...8) },
            host: ["example.com", "192.0.2.1", "[2001:db8::1]"][self.number(0...2)],
            port: self.maybe { UInt16($0.number(1...65_535)) })
        if self.number(0...1) == 1 { uri.parameters["transport"] = "tcp" }
        return uri
    }

    mutating func address() -> SIPAddress {
        var address = SIPAddress(self.uri(), displayName: self.maybe { $0.text() }, tag: self.maybe { $0.word() })
        address.parameters.setQuoted("quoted", to: self.text())
        return address
    }

    mutating func features() -> [SIPFeatureValue] {
        if self.number(0...3) == 0 { return [.text(self.pick("abc:-", 1...8))] }
        return (0..<self.number(1...3)).map { _ in
            let low = Double(self.number(-50...50)) / 2
            let plain: [SIPFeatureValue] = [
                .boolean(false), .token("t" + self.pick("abc-", 0...3)), .number(low...low), .number(low...(low + 1)),
                .number(low...Double.infinity), .number(-Double.infinity...low),
            ]
            let value = plain[self.number(0...(plain.count - 1))]
            return self.number(0...2) == 0 ? .not(value) : value
        }
    }

    mutating func multipart(depth: Int) -> SIPMultipart {
        SIPMultipart(
            SIPMediaType("multipart", ["mixed", "alternative", "related"][self.number(0...2)]),
            (0..<self.number(1...3)).map { _ in
                let text = self.pick("ab-\r\n:", 0...20) + self.pick("--part-1\r\n", 0...10)
                let leaf = SIPBody(type: self.mediaType().description, text: text)
                let body = depth > 0 && self.number(0...1) == 0 ? self.multipart(depth: depth - 1).body : leaf
                return SIPBodyPart(body, disposition: self.maybe { $0.token() }, contentID: self.maybe { $0.word() })
            })
    }
}
