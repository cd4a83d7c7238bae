import MSML
import Testing

/// Dialogs, as the RFC's examples have them, and built from their parts.
@Suite struct MSMLDialogTests {
    static func dialog(_ file: String) throws -> MSMLDialogStart {
        guard case .dialogStart(let dialog)? = try MSMLExampleTests.orders(file).first else {
            throw MSMLError(.unexpectedKind, "no dialog")
        }
        return dialog
    }

    @Test func `a dialog is elsewhere or in place`() throws {
        let elsewhere = try Self.dialog("9.6.1-1.dialogstart.xml")
        #expect(
            elsewhere
                == MSMLDialogStart(
                    on: .connection("tag-a"), name: "sample", source: "http://server.example.com/scripts/greet.moml"))
        #expect(elsewhere.body.isEmpty)
        #expect(try Self.dialog("9.6.1-3.dialogstart.xml").type == .vxml)
        let inPlace = try Self.dialog("9.6.1-2.dialogstart.xml")
        #expect(inPlace.type == .moml)
        #expect(inPlace.source == nil)
        #expect(inPlace.id(named: "x").description == "conn:tag-a/dialog:sample")
        guard case .play(let play)? = inPlace.body.first, case .send(let send)? = inPlace.body.last else {
            return fail()
        }
        #expect(play.media.map(\.kind) == [.audio, .audio, .speech, .variable])
        #expect(play.media.map { $0[.uri] }.first == "file://clip1.wav")
        #expect(play.media.last == .variable("date", subtype: "mdy", "20030601"))
        #expect(send.event == "done")
        #expect(send.target == "source")
        #expect(send[.names] == ["play.amt", "play.end"])
    }

    @Test func `the primitives may stand in moml`() throws {
        let request = try MSMLRequestTests.parse(
            "<dialogstart target=\"conf:R\" type=\"application/moml+xml\"><moml version=\"1.0\" id=\"m\"><record dest=\"file://a\"/>"
                + "<exit namelist=\"record.len\"/><fax:tone/></moml></dialogstart>")
        guard case .dialogStart(let dialog)? = request.elements.first, case .record(let record) = dialog.body[0],
            case .exit(let exit) = dialog.body[1]
        else { return fail() }
        #expect(record[.destination] == "file://a")
        #expect(exit == MSMLExit(["record.len"]))
        #expect(dialog.body[2] == .other(XMLElement("fax:tone")))
    }

    @Test func `digits steer what is played`() throws {
        guard case .group(let group)? = try Self.dialog("13.2-1.dialogstart.xml").body.first,
            case .play(let play) = group.contents[0], case .collect(let collect) = group.contents[1]
        else { return fail() }
        #expect(group[.topology] == "parallel")
        #expect(play.onExit?.actions == [.send(MSMLSend("terminate", to: "group"))])
        #expect(collect[.iterate] == .forever)
        #expect(collect.patterns.map { $0[.digits] } == ["5", "6", "7", "8", "#"])
        #expect(collect.patterns.first == .pattern("5", [.send(MSMLSend("toggle-state", to: "play"))]))
    }

    @Test func `a recording ends by silence, by a key and in time`() throws {
        guard case .group(let group)? = try Self.dialog("13.3-1.dialogstart.xml").body.first,
            case .detectVoice(let vad) = group.contents[2], case .record(let record) = group.contents[3]
        else { return fail() }
        #expect(vad.conditions.map(\.name) == ["voice", "silence", "tsilence"])
        #expect(vad.conditions.map { $0[.length] } == [.milliseconds(10), .seconds(3), .seconds(5)])
        #expect(record[.initial] == "suspend")
        #expect(record[.maxTime] == .seconds(60))
        #expect(record[.format] == "g729")
        #expect(group.onExit?.actions.count == 1)
        guard case .record(let composite)? = try Self.dialog("13.3-2.dialogstart.xml").body.first else { return fail() }
        #expect(composite[.preSpeech] == .seconds(3))
        #expect(composite[.postSpeech] == .seconds(5))
        #expect(composite[.terminationKey] == "#")
        #expect(composite.prompt == MSMLPlay([.audio("file://prompt.wav")], barge: true))
    }

    @Test func `play and collect is built as the RFC has it`() throws {
        let done = { (names: MSMLNames) in [MSMLPrimitive.send(MSMLSend("done", to: "source", names: names))] }
        var collect = MSMLCollect(
            [.pattern("xxxx#", done(["dtmf.digits", "dtmf.end"]))],
            prompt: MSMLPlay([.audio("file://prompt.wav")], barge: true),
            others: [MSMLHandler("noinput", done(["dtmf.end"])), MSMLHandler("nomatch", done(["dtmf.end"]))])
        (collect[.firstDigitTimer], collect[.interDigitTimer]) = (.seconds(10), .seconds(16))
        var dialog = MSMLDialogStart(on: .connection("12345"), name: "12345", body: [.collect(collect)])
        // The RFC asks for the type, and leaves it out here.
        dialog.xml[attribute: "type"] = nil
        #expect(try Self.dialog("13.5-2.dialogstart.xml") == dialog)
        #expect(collect.onNoInput?.actions.count == 1)
        #expect(collect.onNoMatch?.actions.count == 1)
        #expect(collect.onDetect == nil)
        #expect(collect.onExit == nil)
    }

    @Test func `media are changed both ways`() throws {
        guard case .group(let group)? = try Self.dialog("13.6-1.dialogstart.xml").body.first,
            case .group(let inner) = group.contents[0], case .transform(let gain) = group.contents[1],
            case .group(let serial) = inner.contents[1]
        else { return fail() }
        #expect(group[.topology] == "fullduplex")
        #expect(gain[.amount] == .decibels(0))
        #expect(gain[.increment] == 5)
        #expect(serial.contents == [.transform(.clamp), .transform(.automaticGain(targetLevel: 0))])
    }

    @Test func `a grammar stays as it is`() throws {
        guard case .group(let group)? = try Self.dialog("13.4-1.dialogstart.xml").body.first,
            case .recognize(let speech) = group.contents[1]
        else { return fail() }
        #expect(speech.grammars.count == 1)
        #expect(speech.grammars.first?.element("rule")?[attribute: "id"] == "city")
        #expect(speech.onNoMatch?.actions == [.send(MSMLSend("terminate", to: "group"))])
    }

    @Test func `tones and digits are generated`() throws {
        let tones = MSMLToneGenerator(
            [
                MSMLTone(frequencies: [350, 440], attenuation: -13, duration: .milliseconds(200)),
                MSMLTone(silence: .seconds(1)),
            ], onExit: [.disconnect(MSMLExit(disconnects: true))])
        let digits = MSMLDTMFGenerator("12#")
        let request = MSMLRequest([
            .dialogStart(MSMLDialogStart(on: .conference("R"), body: [.generateTones(tones), .generateDTMF(digits)]))
        ])
        let read = try MSMLTests.request(request.encoded())
        #expect(read == request)
        guard case .dialogStart(let dialog)? = read.elements.first, case .generateTones(let again) = dialog.body[0]
        else {
            return fail()
        }
        #expect(again.tones.map(\.isSilence) == [false, true])
        #expect(again.tones.map { $0[.duration] } == [.milliseconds(200), .seconds(1)])
        #expect(again.tones.first?.parts.map { $0[.frequency] } == [350, 440])
        #expect(again.tones.first?.parts.map { $0[.attenuation] } == [-13, -13])
        #expect(again.onExit?.actions == [.disconnect(MSMLExit(disconnects: true))])
    }

    /// §9.7.2 has milliseconds without a unit, the schema asks for one.
    @Test(arguments: [("100", Duration.milliseconds(100)), ("100ms", .milliseconds(100)), ("1s", .seconds(1))])
    func `digits last as long as is said`(text: String, expected: Duration) throws {
        let request = try MSMLRequestTests.parse(
            "<dialogstart target=\"conn:A\"><dtmfgen digits=\"1\" dur=\"\(text)\" interval=\"\(text)\"/></dialogstart>")
        guard case .dialogStart(let dialog)? = request.elements.first, case .generateDTMF(let digits) = dialog.body[0]
        else { return fail() }
        #expect(digits.duration == expected)
        #expect(digits.interval == expected)
    }

    @Test(arguments: [
        ("<dialogstart target=\"conn:A\" src=\"a\"><play/></dialogstart>", MSMLResponse.ambiguousRequest),
        ("<dialogstart target=\"conn:A\"/>", .missingContent),
        ("<dialogstart target=\"conn:A\" type=\"text/plain\" src=\"a\"/>", .unknownLanguage),
        ("<dialogstart target=\"conn:*\" src=\"a\"/>", .invalidAttributeValue),
        ("<dialogstart target=\"conn:A/dialog:B\" src=\"a\"/>", .invalidAttributeValue),
    ])
    func `a dialog that cannot be started says why`(body: String, response: MSMLResponse) throws {
        guard case .dialogStart(let dialog)? = try MSMLRequestTests.parse(body).elements.first else { return fail() }
        let refusal = #expect(throws: MSMLRefusal.self) { try dialog.check() }
        #expect(refusal?.response == response)
    }

    @Test(arguments: MSMLExampleTests.files.filter { $0.contains("dialogstart") })
    func `the RFC's dialogs can be started`(file: String) throws {
        try Self.dialog(file).check()
    }

    @Test func `a dialog is ended, and told things`() throws {
        let request = try MSMLRequestTests.parse(
            "<send event=\"pause\" target=\"conn:A/dialog:D/play\" valuelist=\"a b\" mark=\"7\"/><dialogend id=\"conn:A/dialog:*\"/>"
        )
        guard case .send(let send) = request.elements[0], case .dialogEnd(let end) = request.elements[1] else {
            return fail()
        }
        #expect(send.object == MSMLObjectID(.connection, "A", dialog: "D", part: "play"))
        #expect(send[.values] == ["a", "b"])
        #expect(send.mark == "7")
        #expect(end == MSMLDialogEnd(id: MSMLObjectID(.connection, "A", dialog: "*")))
    }

    private func fail() { Issue.record("another element") }
}
