import MSML
import TestSupport
import Testing

@Suite struct MSMLRequestTests {
    static let start = "msml/info.createconference-with-recorder.xml"
    static let conference = "024V994RFGFQNEKK3CSH5B5AES00GJ4L_record"

    static func parse(_ body: String) throws -> MSMLRequest {
        try MSMLTests.request(Array("<?xml version=\"1.0\"?><msml version=\"1.1\">\(body)</msml>".utf8))
    }

    /// Observed, SIP Server 8.1.
    @Test func `the message that starts a recording is read, and written back byte for byte`() throws {
        let bytes = try fixture(Self.start)
        let request = try MSMLTests.request(bytes)
        #expect(request.encoded() == bytes)
        guard case .createConference(let creation)? = request.elements.first else {
            Issue.record("the first order is \(String(describing: request.elements.first))")
            return
        }
        #expect(creation.name == Self.conference)
        #expect(creation.terminates == false)
        #expect(creation.recorder?.state == nil)
        #expect(
            creation.recorder?.parameters.map(\.name) == [
                "id", "recordDN", "sipsAppName", "ani", "dnis", "dateTime", "callUuid", "connId", "agentId",
            ])
        #expect(creation.recorder?[parameter: "callUUID"] == "01FES9JKSOFQLEKK3CSH5B5AES00JV1U")
        #expect(creation.contents == MSMLCreateConference.mixers)
        let joins = request.elements.dropFirst().compactMap { element in
            if case .join(let join) = element { join } else { nil }
        }
        #expect(
            joins.map(\.connection) == [
                .connection("1047DED2-0000-694E-DA93-FC5AE3B77D54"),
                .connection("1047DED2-0000-680C-B4C3-DDCFD8BCD5B2"),
            ])
        #expect(joins.map(\.conference) == [.conference(Self.conference), .conference(Self.conference)])
        #expect(joins.map { $0.streams.map(\.media) } == [["audio", "video"], ["audio", "video"]])
    }

    @Test func `the same message is built from what it says`() throws {
        let request = MSMLRequest.startRecording(
            in: Self.conference,
            parameters: [
                GVPParameter("id", "01FES9JKSOFQLEKK3CSH5B5AES00JV1U_2020-12-03_19-46-27"),
                GVPParameter("recordDN", "7800000"), GVPParameter("sipsAppName", "sip_agent_1_b"),
                GVPParameter("ani", "7800000"), GVPParameter("dnis", "15105550123"),
                GVPParameter("dateTime", "2020-12-03T19:46:27Z"),
                GVPParameter("callUuid", "01FES9JKSOFQLEKK3CSH5B5AES00JV1U"),
                GVPParameter("connId", "0dbf030a414af3af"),
                GVPParameter("agentId", "agent1@example.com"),
            ], joining: ["1047DED2-0000-694E-DA93-FC5AE3B77D54", "1047DED2-0000-680C-B4C3-DDCFD8BCD5B2"])
        #expect(request.encoded() == (try fixture(Self.start)))
    }

    @Test func `the message that pauses a recording is built byte for byte`() throws {
        let request = MSMLRequest.changeRecorder(of: Self.conference, to: .pause)
        let bytes = try fixture("msml/info.modifyconference-pause.xml")
        #expect(request.encoded() == bytes)
        #expect(try MSMLTests.request(bytes) == request)
    }

    @Test(arguments: [
        ("start", GVPRecorderState.start), ("pause", .pause), ("resume", .resume), ("stop", .stop), ("paused", .pause),
        ("recording", .resume), ("stopped", .stop), ("PAUSE", .pause), ("rewind", GVPRecorderState(rawValue: "rewind")),
    ])
    func `every word for a recorder's state is read`(word: String, expected: GVPRecorderState) throws {
        let request = try Self.parse(
            "<modifyconference id=\"conf:R\"><gvp:recorder state=\"\(word)\"/></modifyconference>")
        #expect(request == .changeRecorder(of: "R", to: expected))
    }

    @Test func `a recorder that is to be recording, and is told what, starts`() throws {
        let request = try Self.parse(
            "<modifyconference id=\"conf:R\"><gvp:recorder state=\"recording\"><gvp:params>"
                + "<gvp:param name=\"id\">x</gvp:param></gvp:params></gvp:recorder></modifyconference>")
        #expect(request == .changeRecorder(of: "R", to: .start, parameters: [GVPParameter("id", "x")]))
    }

    @Test(arguments: [
        "<modifyconference id=\"R\" mark=\"1\"><gvp:recorder state=\"stop\"/></modifyconference>",
        "<modifyconference id=\"conf:R\" mark=\"1\"><gvp:recorder state=\"stop\"/></modifyconference>",
        "<modifyconference id=\"CONF:R\" mark=\"1\">\n <gvp:recorder xmlns:gvp=\"urn:g\" state=\"stop\"> </gvp:recorder></modifyconference>",
        "<modifyconference name=\"R\" mark=\"1\"><x:recorder xmlns:x=\"urn:g\" state=\"stop\"/></modifyconference>",
        "<m:modifyconference id=\"R\" mark=\"1\"><recorder state=\"stop\"/></m:modifyconference>",
    ])
    func `ids with or without a kind, declared prefixes and blanks all read alike`(body: String) throws {
        let expected = MSMLModifyConference(id: .conference("R"), mark: "1", recorder: GVPRecorder(state: .stop))
        #expect(try Self.parse(body) == MSMLRequest([.modifyConference(expected)]))
    }

    @Test func `a join may name its objects in either order, and the connection without a kind`() throws {
        let request = try Self.parse("<join id1=\"conf:R\" id2=\"TAG\"><stream media=\"audio\" dir=\"to-id1\"/></join>")
        guard case .join(let join)? = request.elements.first else {
            Issue.record("\(request)")
            return
        }
        #expect(join.connection == .connection("TAG"))
        #expect(join.conference == .conference("R"))
        #expect(join.streams == [MSMLStream("audio", direction: "to-id1")])
        #expect(MSMLJoin(.connection("A"), .connection("B")).conference == nil)
    }

    @Test func `an unknown order is kept as it came, between the known ones`() throws {
        let request = try Self.parse(
            "<unjoin id1=\"conn:A\" id2=\"conf:R\"/><x:dialogprepare target=\"conn:A\" type=\"application/moml+xml\"><play/></x:dialogprepare>"
                + "<destroyconference id=\"conf:R\" mark=\"9\"/>")
        #expect(
            request.elements == [
                .unjoin(MSMLJoin(.connection("A"), .conference("R"))),
                .other(
                    XMLElement(
                        "x:dialogprepare",
                        attributes: [XMLAttribute("target", "conn:A"), XMLAttribute("type", "application/moml+xml")],
                        elements: [XMLElement("play")])),
                .destroyConference(MSMLDestroyConference(id: .conference("R"), mark: "9")),
            ])
        #expect(request.elements.map(\.mark) == [nil, nil, "9"])
        #expect(try MSMLTests.request(request.encoded()) == request)
    }

    @Test(arguments: [
        ("<modifyconference/>", MSMLError.Code.missingAttribute, 408),
        ("<destroyconference/>", .missingAttribute, 408),
        ("<join id1=\"conn:A\"/>", .missingAttribute, 408),
        ("<join id1=\"conn:A\" id2=\"conf:R\"><stream/></join>", .missingAttribute, 408),
        ("<result response=\"200\"/>", .unexpectedKind, 400),
        ("<join", .xml(.malformed), 400),
        ("<!DOCTYPE msml>", .xml(.documentType), 400),
    ])
    func `a request that cannot be carried out says how to refuse it`(
        body: String, code: MSMLError.Code, response: MSMLResponse
    ) {
        let error = #expect(throws: MSMLError.self) { try Self.parse(body) }
        #expect(error?.code == code)
        #expect(error?.refusal.response == response)
    }

    @Test func `a document of another language is refused`() {
        #expect(throws: MSMLError(.notMSML, "")) { try MSMLTests.request(Array("<moml/>".utf8)) }
    }

    @Test(arguments: [
        ("application/vnd.radisys.msml+xml", true), ("application/msml+xml", true),
        ("Application/MSML+XML; charset=utf-8", true), ("application/sdp", false), ("", false),
    ])
    func `both media types are known`(type: String, expected: Bool) {
        #expect(MSML.isMediaType(type) == expected)
    }

    @Test func `damaged requests are refused or read, and what is read is written and read alike`() throws {
        let original = try fixture(Self.start)
        var mutations = Mutations(seed: 0x35A1)
        for _ in 0..<3_000 {
            let bytes = mutations.next(of: original, inserting: Array("<>&;\"'/:=! x".utf8))
            guard let read = try? MSMLTests.document(bytes) else { continue }
            let again = try MSMLTests.document(read.encoded())
            #expect(again.encoded() == read.encoded())
        }
    }
}
