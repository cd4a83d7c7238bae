import CallAudio
import CallCore
import MSML
import SIP
import Testing

@testable import MediaControlPlatform

/// MSML dialogs that play.
@Suite struct MediaControlPlayTests {
    private static let clip = SoundClip(samples: [1, 2, 3])
    private var bench = MediaControlBench(
        MediaServerConfiguration(sounds: SoundLibrary(["file:welcome.wav": Self.clip, "file:music.wav": Self.clip])))

    private static func start(_ dialog: MediaControlBench.Dialog, name: String? = "Play", _ body: String) -> String {
        let name = name.map { " name=\"\($0)\"" } ?? ""
        return MediaControlBench.msml(
            "<dialogstart target=\"conn:\(dialog.toTag ?? "")\" type=\"application/moml+xml\"\(name)>\(body)</dialogstart>"
        )
    }

    private static let simple = #"<play barge="false" cleardb="false"><audio uri="file:welcome.wav"/></play>"#

    private var programs: [(number: PromptNumber, program: PromptProgram, leg: LegID)] {
        self.bench.orders.compactMap { order in
            if case .play(let number, let program, let leg) = order { (number, program, leg) } else { nil }
        }
    }

    @Test mutating func `a play is ordered as it is described, and answered at once`() throws {
        var dialog = try self.bench.leg(dn: "7001")
        let body =
            #"<play barge="true" cleardb="true" iterate="50" interval="2s" maxtime="600s">"#
            + #"<audio uri="file://welcome.wav"/><audio uri="file://music.wav" iterate="2"/></play>"#
        #expect(try self.bench.msml(Self.start(dialog, body), in: &dialog) == .ok)
        let play = try #require(self.programs.first)
        #expect(play.leg == LegID(rawValue: 1))
        #expect(
            play.program
                == PromptProgram(
                    [Self.clip, Self.clip, Self.clip], iterations: 50, interval: .seconds(2), longest: .seconds(600),
                    replacesTalk: true, endsWithKey: true))
    }

    @Test mutating func `a dialog without a name is told the one that it got`() throws {
        var dialog = try self.bench.leg(dn: "7001")
        let result = try self.bench.msml(Self.start(dialog, name: nil, Self.simple), in: &dialog)
        let id = try #require(result.dialogIDs.first)
        #expect(id.name == dialog.toTag)
        #expect(id.dialog?.isEmpty == false)
    }

    @Test mutating func `a failure names the dialog that was made before it`() throws {
        var dialog = try self.bench.leg(dn: "7001")
        let document = Self.start(dialog, name: nil, Self.simple).replacing(
            "</msml>", with: #"<audit queryid="conf:*"/></msml>"#)
        let result = try self.bench.msml(document, in: &dialog)
        #expect(!result.isSuccess)
        #expect(result.dialogIDs.map(\.dialog) == self.bench.control.dialogs.values.map(\.id.dialog))
    }

    @Test mutating func `the end is told with the variables that were asked for`() throws {
        var dialog = try self.bench.leg(dn: "7001")
        let body =
            #"<play barge="false"><audio uri="file:welcome.wav"/>"#
            + #"<playexit><send target="source" event="done" namelist="play.end play.amt"/></playexit></play>"#
        _ = try self.bench.msml(Self.start(dialog, body), in: &dialog)
        let number = try #require(self.programs.first).number
        self.bench.give(.media(.promptEnded(number, .complete, played: .milliseconds(6_192))))
        // One INFO at a time: the second follows the answer to the first.
        let first = try #require(self.bench.requests.last)
        self.bench.give(.sip(SIPMessage(response: .ok, to: first, tag: ""), from: MediaControlBench.peer))
        let events = self.bench.events
        #expect(events.map(\.name) == ["done", .dialogExit])
        #expect(events.map(\.id.description) == [String](repeating: "conn:\(dialog.toTag ?? "")/dialog:Play", count: 2))
        #expect(
            events.first?.values == [.init("play.end", "play.complete"), .init("play.amt", "6192ms")])
        #expect(events.last?.values.isEmpty == true)
    }

    @Test(arguments: [
        (PromptEnd.complete, "play.complete"), (.longest, "play.complete.maxlength"), (.stopped, "terminate"),
    ])
    func `an exit carries its variables in the event of the dialog`(end: PromptEnd, word: String) throws {
        var bench = self.bench
        var dialog = try bench.leg(dn: "7001")
        let body =
            #"<play barge="false"><audio uri="file:welcome.wav"/><playexit><exit namelist="play.amt play.end"/></playexit></play>"#
        _ = try bench.msml(Self.start(dialog, body), in: &dialog)
        bench.give(.media(.promptEnded(PromptNumber(rawValue: 1), end, played: .seconds(1))))
        #expect(bench.events.map(\.name) == [.dialogExit])
        #expect(bench.events.first?["play.end"] == word)
        #expect(bench.events.first?["play.amt"] == "1000ms")
    }

    @Test mutating func `a dialog that is ended is stopped, and its name is free when that is told`() throws {
        var dialog = try self.bench.leg(dn: "7001")
        _ = try self.bench.msml(Self.start(dialog, Self.simple), in: &dialog)
        #expect(try self.bench.msml(Self.start(dialog, Self.simple), in: &dialog).response == .objectNameInUse)
        let end = MediaControlBench.msml("<dialogend id=\"conn:\(dialog.toTag ?? "")/dialog:Play\"/>")
        #expect(try self.bench.msml(end, in: &dialog) == .ok)
        #expect(self.bench.orders.last == .stopPlaying(PromptNumber(rawValue: 1)))
        self.bench.give(.media(.promptEnded(PromptNumber(rawValue: 1), .stopped, played: .zero)))
        #expect(try self.bench.msml(end, in: &dialog).response == .objectDoesNotExist)
        #expect(try self.bench.msml(Self.start(dialog, Self.simple), in: &dialog) == .ok)
    }

    @Test(arguments: [
        (#"<play barge="false"><audio uri="file:none.wav"/></play>"#, MSMLResponse.documentFetchError),
        (#"<play barge="false"></play>"#, .missingContent),
        (#"<play barge="false"><tts uri="http://a"/></play>"#, .unsupportedElement),
        (#"<play barge="false"><audio/></play>"#, .missingAttribute),
        (#"<play barge="false" offset="3s"><audio uri="file:music.wav"/></play>"#, .unsupportedAttribute),
        (#"<play barge="false"><audio uri="file:music.wav" iterate="forever"/></play>"#, .unsupportedAttribute),
        (#"<play barge="false"><audio uri="file:music.wav" iterate="99999999"/></play>"#, .limitExceeded),
        (#"<record beep="true" dest="file:///x.wav" format="audio/wav" maxtime="60s"/>"#, .unsupportedElement),
        (
            #"<play barge="false"><audio uri="file:music.wav"/><playexit><disconnect/></playexit></play>"#,
            .unsupportedElement
        ),
    ])
    func `what cannot be played is refused with its code`(body: String, response: MSMLResponse) throws {
        var bench = self.bench
        var dialog = try bench.leg(dn: "7001")
        #expect(try bench.msml(Self.start(dialog, body), in: &dialog).response == response)
        #expect(bench.control.dialogs.isEmpty)
    }

    @Test mutating func `a connection has no more dialogs than it may, and a conference none`() throws {
        var dialog = try self.bench.leg(dn: "7001")
        for name in 0..<PlayDialog.limit {
            #expect(try self.bench.msml(Self.start(dialog, name: "\(name)", Self.simple), in: &dialog) == .ok)
        }
        #expect(try self.bench.msml(Self.start(dialog, Self.simple), in: &dialog).response == .limitExceeded)
        let conference = MediaControlBench.msml(
            "<createconference name=\"c\"/><dialogstart target=\"conf:c\" type=\"application/moml+xml\">\(Self.simple)</dialogstart>"
        )
        #expect(try self.bench.msml(conference, in: &dialog).response == .unsupportedElement)
    }

    @Test mutating func `nothing is told in a dialog that is over`() throws {
        var dialog = try self.bench.leg(dn: "7001")
        _ = try self.bench.msml(Self.start(dialog, Self.simple), in: &dialog)
        try self.bench.send("BYE", in: &dialog)
        self.bench.give(.media(.promptEnded(PromptNumber(rawValue: 1), .left, played: .zero)))
        #expect(self.bench.events.isEmpty)
        #expect(self.bench.control.dialogs.isEmpty)
    }
}
