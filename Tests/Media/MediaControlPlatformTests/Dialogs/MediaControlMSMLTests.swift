import CallCore
import MSML
import SIP
import Testing

@testable import MediaControlPlatform

@Suite struct MediaControlMSMLTests {
    private var bench = MediaControlBench()

    @Test(arguments: [
        ("<dialogstart target=\"conn:1\"/>", MSMLResponse.missingContent),
        ("<frobnicate/>", MSMLResponse.unknownElement),
        ("<dialogprepare target=\"conn:1\"/>", MSMLResponse.unknownElement),
        ("<modifyconference id=\"conf:none\"/>", MSMLResponse.objectDoesNotExist),
        ("<destroyconference id=\"conf:none\"/>", MSMLResponse.objectDoesNotExist),
        ("<join id1=\"conn:none\" id2=\"conf:c\"/>", MSMLResponse.objectDoesNotExist),
        ("<join id1=\"conn:none\" id2=\"conn:other\"/>", MSMLResponse.cannotJoinClass),
        ("<join id1=\"conn:none\"/>", MSMLResponse.missingAttribute),
        ("<createconference name=\"c\"/>", MSMLResponse.conferenceNameInUse),
        (
            "<modifyconference id=\"conf:c\"><gvp:recorder state=\"dance\"/></modifyconference>",
            MSMLResponse.invalidAttributeValue
        ),
        (
            "<createconference name=\"d\"><gvp:recorder state=\"pause\"/></createconference>",
            MSMLResponse.invalidAttributeValue
        ),
        (
            "<modifyconference id=\"conf:c\"><gvp:recorder state=\"pause\"/></modifyconference>",
            MSMLResponse.objectDoesNotExist
        ),
    ])
    func `an element that cannot be carried out is answered with its code and a reason`(
        element: String, response: MSMLResponse
    ) throws {
        var bench = self.bench
        var dialog = try bench.leg(dn: "7001")
        #expect(try bench.msml(MediaControlBench.msml("<createconference name=\"c\"/>"), in: &dialog).response == 200)
        let result = try bench.msml(MediaControlBench.msml(element), in: &dialog)
        #expect(result.response == response)
        #expect(result.description?.hasPrefix(try #require(response.reason)) == true)
    }

    @Test(arguments: ["", "no XML", "<msml", "<other/>", #"<msml version="1.1"><result response="200"/></msml>"#])
    func `a body that is no request is answered with 400`(body: String) throws {
        guard !body.isEmpty else { return }
        var bench = self.bench
        var dialog = try bench.leg(dn: "7001")
        #expect(try bench.msml(body, in: &dialog).response == MSMLResponse.badRequest)
    }

    @Test mutating func `what comes after a failure is not carried out, and the mark says how far it came`() throws {
        var dialog = try self.bench.leg(dn: "7001")
        let result = try self.bench.msml(
            MediaControlBench.msml(
                #"<createconference name="a" mark="1"/><destroyconference id="conf:x" mark="2"/>"#
                    + #"<createconference name="b" mark="3"/>"#), in: &dialog)
        #expect(result.response == MSMLResponse.objectDoesNotExist)
        #expect(result.mark == "1")
        #expect(self.bench.control.conferences.keys.sorted() == ["a"])
    }

    @Test mutating func `a conference without a name is given one`() throws {
        var dialog = try self.bench.leg(dn: "7001")
        let result = try self.bench.msml(MediaControlBench.msml("<createconference/>"), in: &dialog)
        let name = try #require(result.conferenceIDs.first?.name)
        #expect(self.bench.control.conferences[name] != nil)
    }

    @Test mutating func `a third party finds no place`() throws {
        var (first, _) = try self.bench.recordedCall()
        let third = try self.bench.leg(dn: "7003")
        let result = try self.bench.msml(
            MediaControlBench.msml(
                #"<join id1="conn:\#(third.toTag ?? "")" id2="conf:024V994RFGFQNEKK3CSH5B5AES00GJ4L_record"/>"#),
            in: &first)
        #expect(result.response == MSMLResponse.noResource)
    }

    @Test mutating func `a party who has joined already stays joined`() throws {
        var (first, _) = try self.bench.recordedCall()
        let orders = self.bench.orders
        let result = try self.bench.msml(
            MediaControlBench.msml(
                #"<join id1="conn:\#(first.toTag ?? "")" id2="conf:024V994RFGFQNEKK3CSH5B5AES00GJ4L_record"/>"#),
            in: &first)
        #expect(result.response == 200)
        #expect(self.bench.orders == orders)
    }

    @Test mutating func `INFO without a body says only that the dialog is there`() throws {
        var dialog = try self.bench.leg(dn: "7001")
        let response = try #require(try self.bench.send("INFO", in: &dialog))
        #expect(response.status == .ok)
        #expect(response.body == nil)
    }

    @Test mutating func `INFO with a body of another kind is refused with 415`() throws {
        var dialog = try self.bench.leg(dn: "7001")
        let response = try self.bench.send("INFO", in: &dialog, type: "application/dtmf-relay", body: "Signal=1")
        #expect(response?.status == .unsupportedMediaType)
    }

    @Test mutating func `the media type of the RFC is taken too`() throws {
        var dialog = try self.bench.leg(dn: "7001")
        let response = try self.bench.send(
            "INFO", in: &dialog, type: "application/msml+xml; charset=UTF-8",
            body: MediaControlBench.msml("<createconference name=\"c\"/>"))
        #expect(response?.status == .ok)
        #expect(self.bench.control.conferences["c"] != nil)
    }

    @Test(arguments: [("never", true), ("nomedia", false), ("nocontrol", true)])
    func `a conference ends with its last member where it says so`(deleteWhen: String, stays: Bool) throws {
        var bench = self.bench
        var dialog = try bench.leg(dn: "7001")
        let connection = "conn:\(dialog.toTag ?? "")"
        let document = MediaControlBench.msml(
            #"<createconference name="c" deletewhen="\#(deleteWhen)"/><join id1="\#(connection)" id2="conf:c"/>"#
                + #"<unjoin id1="\#(connection)" id2="conf:c"/>"#)
        #expect(try bench.msml(document, in: &dialog).response == 200)
        #expect((bench.control.conferences["c"] != nil) == stays)
    }

    /// RFC 5707 §8.3.
    @Test mutating func `whoever made a conference is told that it has ended with its last member`() throws {
        var (first, _) = try self.bench.recordedCall()
        let name = "024V994RFGFQNEKK3CSH5B5AES00GJ4L_record"
        #expect(self.bench.events.isEmpty)
        try self.bench.send(
            "INFO", in: &first, type: MSML.mediaType,
            body: MediaControlBench.msml(#"<unjoin id1="conn:*" id2="conf:\#(name)"/>"#))
        #expect(self.bench.events == [MSMLEvent(name: .noMedia, id: .conference(name))])
        #expect(self.bench.requests.last?[.callID] == first.callID)
    }

    @Test(arguments: [true, false])
    func `nobody is told of it in a dialog that is over`(creatorLast: Bool) throws {
        var bench = self.bench
        var (first, second) = try bench.recordedCall()
        try bench.send("BYE", in: &second)
        if creatorLast { try bench.send("BYE", in: &first) }
        #expect(bench.events.isEmpty)
        if !creatorLast { #expect(bench.control.conferences.count == 1) }
    }

    @Test mutating func `a conference ends with the call's last leg, whatever it says`() throws {
        var dialog = try self.bench.leg(dn: "7001")
        let document = MediaControlBench.msml(#"<createconference name="c" deletewhen="never"/>"#)
        #expect(try self.bench.msml(document, in: &dialog).response == 200)
        try self.bench.send("BYE", in: &dialog)
        #expect(self.bench.control.conferences.isEmpty)
    }
}
