import MSML
import Testing

/// Results and events.
@Suite struct MSMLAnswerTests {
    @Test func `a plain result is written as media servers do`() {
        let text = String(decoding: MSMLResult.ok.encoded(), as: UTF8.self)
        #expect(
            text == """
                <?xml version="1.0" encoding="US-ASCII"?>\r
                <msml version="1.1"><result response="200"/></msml>\r

                """)
    }

    @Test func `a result with everything survives a round trip`() throws {
        let result = MSMLResult(
            response: 430, description: "keine Konferenz „R“", mark: "2", conferenceIDs: [.conference("R")],
            dialogIDs: [MSMLObjectID(.connection, "1234", dialog: "Record")])
        #expect(try MSMLTests.result(result.encoded()) == result)
        #expect(!result.isSuccess)
    }

    @Test func `the elements of a result come in the order of the schema`() throws {
        let result = MSMLResult(response: 200, description: "d", mark: "1", conferenceIDs: [.conference("R")])
        #expect(
            String(decoding: result.encoded(), as: UTF8.self).contains(
                "<result response=\"200\" mark=\"1\"><description>d</description><confid>conf:R</confid></result>"))
    }

    /// RFC 5707 §12.1 puts the identifier beside the result.
    @Test func `an identifier beside the result counts, too`() throws {
        guard case .result(let result) = try MSMLExampleTests.document("12.1-4.result.xml") else {
            Issue.record("no result")
            return
        }
        #expect(result.isSuccess)
        #expect(result.dialogIDs == [MSMLObjectID(.connection, "tag-a", dialog: "12345")])
    }

    @Test func `a result names all that was made`() throws {
        let text =
            "<msml version=\"1.1\"><result response=\"200\"><confid>conf:A</confid><dialogid> conf:A/dialog:1\n</dialogid>"
            + "<dialogid>conn:B/dialog:2</dialogid></result></msml>"
        let result = try MSMLTests.result(Array(text.utf8))
        #expect(result.conferenceIDs == [.conference("A")])
        #expect(result.dialogIDs.map(\.description) == ["conf:A/dialog:1", "conn:B/dialog:2"])
        #expect(result.mark == nil)
    }

    @Test func `what was asked for comes back an object at a time`() throws {
        guard case .result(let result) = try MSMLExampleTests.document("14.1-2.result.xml") else {
            Issue.record("no result")
            return
        }
        #expect(result.audits.map(\.id) == [.conference("1"), .conference("2")])
        #expect(result.audits.map { $0.states.map(\.name) } == [["confconfig"], ["confconfig"]])
        #expect(result.audits.first?.states.first?.element("controller")?.text == "conn:1234")
    }

    @Test func `active speakers are values of one name`() throws {
        guard case .event(let event) = try MSMLExampleTests.document("8.6.2-1.event.xml") else {
            Issue.record("no event")
            return
        }
        #expect(event.name == .activeSpeakers)
        #expect(event.values.map(\.name) == ["speaker", "speaker", "speaker"])
        #expect(event.values.map(\.value) == ["conn:tag-1", "conn:tag-2", "conn:tag-3"])
        #expect(event.failure == nil)
    }

    @Test func `a dialog that failed says why`() throws {
        guard case .event(let event) = try MSMLExampleTests.document("9.6.1-4.event.xml") else {
            Issue.record("no event")
            return
        }
        #expect(event.name == .dialogExit)
        #expect(event.failure == MSMLRefusal(.documentFetchError, "External document fetch error"))
    }

    @Test func `an event is read with its values in order`() throws {
        let text =
            "<msml version=\"1.1\"><event name=\"msml.dialog.exit\" id=\"conn:1234/dialog:Record\"><name>record.end</name>"
            + "<value>record.complete.maxlength</value><name>record.len</name><value>6192ms</value></event></msml>"
        let event = try MSMLTests.event(Array(text.utf8))
        #expect(
            event
                == MSMLEvent(
                    name: "msml.dialog.exit", id: MSMLObjectID(.connection, "1234", dialog: "Record"),
                    values: [.init("record.end", "record.complete.maxlength"), .init("record.len", "6192ms")]))
        #expect(event["record.len"] == "6192ms")
        #expect(try MSMLTests.event(event.encoded()) == event)
    }

    @Test(arguments: [
        "<result/>", "<result response=\"ok\"/>", "<result response=\"-200\"/>",
        "<result response=\"99999999999999999999\"/>",
    ])
    func `a result without a number is refused`(body: String) {
        #expect(throws: MSMLError.self) {
            try MSMLTests.result(Array("<msml version=\"1.1\">\(body)</msml>".utf8))
        }
    }

    @Test func `any document is read by what it is`() throws {
        let event = MSMLEvent(name: "msml.conf.nomedia", id: .conference("R"))
        for document in [MSMLDocument.result(.ok), .event(event), .request(.changeRecorder(of: "R", to: .resume))] {
            #expect(try MSMLTests.document(document.encoded()) == document)
        }
    }

    @Test(arguments: [
        ("conn:X", MSMLObjectID(.connection, "X")),
        ("conf:X:Y", MSMLObjectID(.conference, "X:Y")),
        ("X", MSMLObjectID(nil, "X")),
        ("sip:X", MSMLObjectID(nil, "sip:X")),
        ("conf:X/dialog:D", MSMLObjectID(.conference, "X", dialog: "D")),
        ("", MSMLObjectID(nil, "")),
    ])
    func `an identifier is read and written alike`(text: String, expected: MSMLObjectID) {
        let id = MSMLObjectID(parsing: text)
        #expect(id == expected)
        #expect(id.description == text)
    }
}
