import CallCore
import SDP
import SIP
import Testing

@testable import CallRecordingTesting

@Suite struct PhoneMachineTests {
    private var bench = PhoneBench()

    @Test mutating func `a call rings, is answered after a while, and media goes both ways`() throws {
        self.bench.give(.call("7001"), to: 0)
        #expect(self.bench.told == [[.progress(.ringing)], [.ringing(from: "7000")]])
        #expect(self.bench.timers[1].contains { $0.wait == .seconds(1) })
        try self.bench.ringOut(1)
        #expect(self.bench.told[0].last == .established)
        #expect(self.bench.told[1].last == .established)
        #expect(self.bench.targets.map { $0?.endpoint } == [PhoneBench.ears[1], PhoneBench.ears[0]])
    }

    @Test mutating func `either side can hang up, and both are silent then`() throws {
        for hangingUp in [0, 1] {
            var bench = self.bench
            bench.give(.call("7001"), to: 0)
            try bench.ringOut(1)
            bench.give(.hangUp, to: hangingUp)
            #expect(bench.told[0].last == .ended)
            #expect(bench.told[1].last == .ended)
            #expect(bench.targets.allSatisfy { $0 == nil })
            #expect(!bench.phones[0].isBusy && !bench.phones[1].isBusy)
        }
    }

    @Test mutating func `a call that is given up while it rings is over on both sides`() throws {
        self.bench.give(.call("7001"), to: 0)
        self.bench.give(.hangUp, to: 0)
        #expect(self.bench.told[1].last == .ended)
        #expect(!self.bench.phones[0].isBusy && !self.bench.phones[1].isBusy)
        try self.bench.ringOut(1)
        #expect(self.bench.told[1].last == .ended)
    }

    @Test mutating func `a number that is not this phone's is refused with 404`() {
        self.bench.give(.call("9999"), to: 0)
        #expect(self.bench.told == [[.refused(.notFound)], []])
    }

    @Test mutating func `a phone without a common codec refuses with 488`() {
        var bench = PhoneBench(codecs: [[.pcmu], [.pcma]])
        bench.give(.call("7001"), to: 0)
        #expect(bench.told == [[.refused(.notAcceptableHere)], []])
    }

    @Test mutating func `both speak the codec that the answer names`() throws {
        var bench = PhoneBench(codecs: [[.pcmu, .pcma], [.pcma]])
        bench.give(.call("7001"), to: 0)
        try bench.ringOut(1)
        #expect(bench.targets.map { $0?.speech?.name } == ["PCMA", "PCMA"])
    }

    @Test mutating func `a phone that does not answer by itself waits for its owner`() {
        var bench = PhoneBench(answersAfter: nil)
        bench.give(.call("7001"), to: 0)
        #expect(bench.told[1] == [.ringing(from: "7000")])
        bench.give(.answer, to: 1)
        #expect(bench.told[0].last == .established)
    }

    @Test mutating func `a second call finds the phone busy`() throws {
        self.bench.give(.call("7001"), to: 0)
        try self.bench.ringOut(1)
        var caller = PhoneMachine(
            configuration: PhoneConfiguration(number: "7002", registrar: PhoneBench.ends[1]),
            sipEndpoint: .loopback(5_063), mediaEndpoint: .loopback(6_004), seed: 9)
        for case .sendSIP(let invite, _) in caller.handle(.call("7001"), at: .zero) {
            self.bench.sent = []
            self.bench.give(.sip(invite, from: .loopback(5_063)), to: 1)
        }
        #expect(self.bench.sent.last?.status == .busyHere)
    }

    @Test mutating func `a re-INVITE is answered, and media follows it`() throws {
        self.bench.give(.call("7001"), to: 0)
        try self.bench.ringOut(1)
        let session = try #require(self.bench.phones[0].call?.session)
        let moved = SessionDescription.audio(
            at: .loopback(7_000), codecs: [.pcma], sessionID: 1, version: 2)
        let order = SIPSession.Order.offer(SIPBody(type: "application/sdp", bytes: moved.encoded()))
        for case .send(let message, _) in self.bench.phones[0].userAgent.handle(.order(session, order), at: .zero) {
            self.bench.give(.sip(message, from: PhoneBench.ends[0]), to: 1)
        }
        #expect(self.bench.targets[1]?.endpoint == .loopback(7_000))
        #expect(self.bench.targets[1]?.speech?.name == "PCMA")
    }

    @Test mutating func `a re-INVITE without an offer gets one, and media follows its ACK`() throws {
        self.bench.give(.call("7001"), to: 0)
        try self.bench.ringOut(1)
        let session = try #require(self.bench.phones[0].call?.session)
        self.bench.sent = []
        for case .send(let message, _) in self.bench.phones[0].userAgent.handle(.order(session, .offer(nil)), at: .zero)
        {
            self.bench.give(.sip(message, from: PhoneBench.ends[0]), to: 1)
        }
        let response = try #require(self.bench.sent.first { $0.status == .ok && $0.method == .invite })
        let body = try #require(response.body)
        let offer = try SessionDescription(parsing: body.bytes.span)
        // Nothing has changed since its answer, so neither does the version (RFC 3264 §8).
        #expect(offer.origin?.version == 1)
        #expect(offer.audioTarget?.endpoint == PhoneBench.ears[1])
    }

    @Test mutating func `media follows another answer to the re-INVITE by which a session is refreshed`() throws {
        self.bench.delivers = false
        self.bench.give(.call("7001"), to: 0)
        try self.answerInvite(.audio(at: .loopback(6_002), codecs: [.pcmu], sessionID: 9, version: 1))
        #expect(self.bench.targets[0]?.endpoint == .loopback(6_002))

        self.bench.sent = []
        let timer = try #require(self.bench.timers[0].last { $0.wait == .seconds(900) }?.timer)
        self.bench.give(.timerFired(timer), to: 0)
        try self.answerInvite(.audio(at: .loopback(7_000), codecs: [.pcma], sessionID: 9, version: 2))
        #expect(self.bench.targets[0]?.endpoint == .loopback(7_000))
        #expect(self.bench.targets[0]?.speech?.name == "PCMA")
    }

    /// Answers the caller's last INVITE in the stead of a peer that takes no UPDATE.
    private mutating func answerInvite(_ description: SessionDescription) throws {
        let invite = try #require(self.bench.sent.last { $0.method == .invite && $0.isRequest })
        var response = SIPMessage(response: .ok, to: invite, tag: "callee")
        response[.contact] = SIPAddress(SIPURI(user: "7001", endpoint: PhoneBench.ends[1]))
        response.body = SIPBody(type: SessionDescription.mediaType, bytes: description.encoded())
        self.bench.give(.sip(response, from: PhoneBench.ends[1]), to: 0)
    }

    @Test(arguments: [SIPMethod.options, .message])
    func `OPTIONS is answered, and what a phone does not know is refused`(method: SIPMethod) throws {
        var bench = self.bench
        var request = SIPMessage(request: method, uri: try #require(SIPURI("sip:7001@127.0.0.1:5062")))
        request.setField("Via", to: "SIP/2.0/UDP 127.0.0.1:5061;branch=z9hG4bK1")
        request[.from] = SIPAddress("<sip:x@127.0.0.1>;tag=1")
        request[.to] = SIPAddress("<sip:7001@127.0.0.1>")
        request[.callID] = "1"
        request[.cseq] = SIPCSeq(1, method)
        bench.give(.sip(request, from: PhoneBench.ends[0]), to: 1)
        #expect(bench.sent.last?.status == (method == .options ? .ok : .methodNotAllowed))
    }
}

@Suite struct PhoneRegistrationTests {
    private var bench = PhoneBench()

    init() { self.bench.delivers = false }

    @Test mutating func `a phone registers its number where it is called`() throws {
        self.bench.give(.register, to: 0)
        let request = try #require(self.bench.sent.last)
        #expect(request.method == .register)
        #expect(request.requestURI?.description == "sip:127.0.0.1:5062")
        #expect(request[.to]?.uri.description == "sip:7000@127.0.0.1:5062")
        #expect(request[.contact]?.uri.description == "sip:7000@127.0.0.1:5061")
        #expect(request[.expires] == 3_600)
    }

    @Test mutating func `a registration is made anew at half of what was granted, in the same Call-ID`() throws {
        self.bench.give(.register, to: 0)
        let first = try #require(self.bench.sent.last)
        try self.answer(.ok) { response in response[.expires] = 120 }
        #expect(self.bench.told[0] == [.registered])
        #expect(self.nextRegistration == .seconds(60))
        try self.refresh()
        let second = try #require(self.bench.sent.last)
        #expect(second[.callID] == first[.callID])
        #expect(second[.cseq]?.number == 2)
    }

    @Test mutating func `a refused registration is tried again later`() throws {
        self.bench.give(.register, to: 0)
        try self.answer(.serviceUnavailable)
        #expect(self.bench.told[0] == [.registrationFailed(.serviceUnavailable)])
        #expect(self.nextRegistration == .seconds(2))
        try self.refresh()
        try self.answer(.ok)
        #expect(self.bench.told[0].last == .registered)
    }

    @Test mutating func `a registration that was taken back is not made anew`() throws {
        self.bench.give(.register, to: 0)
        try self.answer(.ok)
        self.bench.give(.unregister, to: 0)
        #expect(self.bench.sent.last?[.expires] == 0)
        let count = self.bench.sent.count
        try self.refresh()
        #expect(self.bench.sent.count == count)
    }

    private var nextRegistration: Duration? {
        self.bench.timers[0].last { if case .register = $0.timer { true } else { false } }?.wait
    }

    private mutating func refresh() throws {
        try self.bench.fire(of: 0) { if case .register = $0 { true } else { false } }
    }

    private mutating func answer(_ status: SIPStatus, _ change: (inout SIPMessage) -> Void = { _ in }) throws {
        var response = SIPMessage(response: status, to: try #require(self.bench.sent.last), tag: "t")
        change(&response)
        self.bench.give(.sip(response, from: PhoneBench.ends[1]), to: 0)
    }
}
