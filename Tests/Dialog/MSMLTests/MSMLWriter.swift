import CallCore
import MSML

/// Makes documents by chance: every kind of order, primitive and value, with things of others between them.
struct MSMLWriter {
    private var random: TokenGenerator

    init(seed: UInt64) { self.random = TokenGenerator(seed: seed) }

    mutating func document() -> MSMLDocument {
        switch self.number(6) {
        case 0: .result(self.result())
        case 1: .event(self.event())
        default: .request(self.request())
        }
    }

    mutating func request() -> MSMLRequest {
        var request = MSMLRequest((0..<self.number(5)).map { _ in self.order() })
        if self.flag() { request.attributes.append(XMLAttribute("xmlns:x", "urn:x")) }
        return request
    }

    private mutating func number(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &self.random) }
    private mutating func flag() -> Bool { Bool.random(using: &self.random) }
    private mutating func maybe<Value>(_ value: Value) -> Value? { self.flag() ? value : nil }

    private mutating func text() -> String {
        let alphabet = Array("aZ09 .-_*#<>&\"'é😀\t\r\n:/")
        return "t" + String((0..<self.number(12)).map { _ in alphabet[self.number(alphabet.count)] }) + "t"
    }

    private mutating func id() -> MSMLObjectID {
        let kinds: [MSMLObjectID.Kind?] = [.connection, .conference, nil]
        let parts = [nil, "play.intro", "oper:3"]
        return MSMLObjectID(
            kinds[self.number(3)], ["A", "*", "x.y_z-1"][self.number(3)], dialog: self.maybe("D"),
            part: parts[self.number(3)])
    }

    private mutating func times() -> [Duration] {
        [.milliseconds(self.number(100_000)), .seconds(self.number(100)), .microseconds(self.number(10_000))]
    }

    private mutating func result() -> MSMLResult {
        MSMLResult(
            response: MSMLResponse.all[self.number(MSMLResponse.all.count)], description: self.maybe(self.text()),
            mark: self.maybe("m1"), conferenceIDs: self.flag() ? [self.id(), self.id()] : [],
            dialogIDs: self.flag() ? [self.id()] : [],
            audits: self.flag() ? [MSMLAuditResult(self.id(), states: [self.other()])] : [])
    }

    private mutating func event() -> MSMLEvent {
        let values = (0..<self.number(4)).map { _ in MSMLEvent.Value("play.end", self.text()) }
        return MSMLEvent(name: self.flag() ? .dialogExit : "done", id: self.id(), values: values)
    }

    private mutating func order() -> MSMLRequest.Element {
        switch self.number(12) {
        case 0, 1: return .createConference(self.creation())
        case 2:
            let parameters = [GVPParameter("id", self.text()), GVPParameter(self.text(), "")]
            let recorder = GVPRecorder(state: self.maybe(.pause), parameters: self.flag() ? parameters : [])
            return .modifyConference(
                MSMLModifyConference(id: .conference("R"), mark: self.maybe("m2"), recorder: recorder))
        case 3: return .destroyConference(MSMLDestroyConference(id: .conference("R"), mark: self.maybe("m3")))
        case 4: return .join(self.join())
        case 5: return .unjoin(self.join())
        case 6: return .modifyStream(self.join())
        case 7: return .monitor(MSMLMonitor(.connection("A"), listener: self.id(), compressed: self.maybe(true)))
        case 8: return .dialogEnd(MSMLDialogEnd(id: self.id(), mark: self.maybe("m4")))
        case 9: return .send(MSMLSend("terminate", to: self.id().description, mark: self.maybe("m5")))
        case 10: return .audit(MSMLAudit(self.id(), states: self.maybe(["audit.conf.*", "b"])))
        default: return .dialogStart(self.dialog())
        }
    }

    private mutating func creation() -> MSMLCreateConference {
        let region = MSMLRegion(id: "1", left: "0", top: "33%", relativeSize: "1/3")
        let layout = MSMLVideoLayout(
            size: self.maybe("CIF"), selectors: [MSMLSelector(id: "s", method: "vas", regions: [region])],
            regions: self.flag() ? [region] : [])
        let mix = MSMLAudioMix(nLoudest: self.maybe(self.number(9) + 1), reportingInterval: self.maybe(self.times()[0]))
        return MSMLCreateConference(
            name: self.maybe(self.text()), deleteWhen: self.maybe(.never), mark: self.maybe("m6"),
            terminates: self.maybe(self.flag()), recorder: self.maybe(GVPRecorder()),
            contents: [mix.xml, layout.xml, self.other()])
    }

    private mutating func join() -> MSMLJoin {
        var stream = MSMLStream("audio", direction: self.maybe(.toID1), contents: self.flag() ? [self.other()] : [])
        stream[.preferred] = self.maybe(true)
        stream[.display] = self.maybe(self.text())
        return MSMLJoin(self.id(), self.id(), mark: self.maybe("m7"), streams: self.flag() ? [stream, stream] : [])
    }

    private mutating func dialog() -> MSMLDialogStart {
        self.flag()
            ? MSMLDialogStart(on: self.id(), name: self.maybe("D"), type: .voiceXML, source: self.text())
            : MSMLDialogStart(on: self.id(), mark: self.maybe("m8"), body: self.primitives(depth: 3))
    }

    private mutating func primitives(depth: Int) -> [MSMLPrimitive] {
        (0...self.number(3)).map { _ in self.primitive(depth: depth) }
    }

    private mutating func primitive(depth: Int) -> MSMLPrimitive {
        let send = MSMLPrimitive.send(MSMLSend("done", to: "source", names: self.maybe(["a.b", "c"])))
        switch self.number(depth > 0 ? 9 : 8) {
        case 0: return .play(self.play())
        case 1:
            var record = MSMLRecord(
                to: self.maybe(self.text()), format: "audio/wav", maxTime: self.times()[1],
                prompt: self.maybe(self.play()), onExit: self.flag() ? [send] : [])
            (record[.preSpeech], record[.terminationKey]) = (self.times()[2], self.maybe("#"))
            return .record(record)
        case 2:
            var collect = MSMLCollect([.pattern(self.text(), [send])], others: [MSMLHandler("noinput", [send])])
            (collect[.iterate], collect[.startTimer]) = (self.maybe(.forever), self.maybe(true))
            return .collect(collect)
        case 3: return .generateDTMF(MSMLDTMFGenerator("12#", onExit: [send]))
        case 4:
            return .generateTones(
                MSMLToneGenerator([
                    MSMLTone(
                        frequencies: [self.number(4_000)], attenuation: -self.number(97), duration: self.times()[0])
                ]))
        case 5:
            return [.transform(.clamp), .transform(.relay), .transform(.gate()), .transform(.gain(.mute))][
                self.number(4)]
        case 6: return .detectVoice(MSMLVoiceDetector([MSMLHandler("voice", [send])]))
        case 7: return self.flag() ? .exit(MSMLExit(["a"])) : .other(self.other())
        default:
            return .group(MSMLGroup("parallel", id: self.maybe("g"), self.primitives(depth: depth - 1), onExit: [send]))
        }
    }

    private mutating func play() -> MSMLPlay {
        var play = MSMLPlay(
            [.audio(self.text(), iterate: self.maybe(.times(3))), .speech(self.text(), language: self.maybe("de"))],
            barge: self.maybe(self.flag()))
        (play[.offset], play[.language]) = (self.times()[0], self.maybe("en"))
        return play
    }

    private mutating func other() -> XMLElement {
        XMLElement(
            "x:other", attributes: [XMLAttribute("x:a", self.text()), XMLAttribute("b", "")],
            children: self.flag()
                ? [.text(self.text())] : [.element(XMLElement("y:inner", text: self.text())), .text("t")])
    }
}
