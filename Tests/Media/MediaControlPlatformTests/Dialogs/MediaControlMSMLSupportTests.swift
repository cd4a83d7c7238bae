import CallCore
import MSML
import SIP
import Testing

@testable import MediaControlPlatform

/// What the media server does not do, and says so.
@Suite struct MediaControlMSMLSupportTests {
    private var bench = MediaControlBench()
    private static let conference = "conf:024V994RFGFQNEKK3CSH5B5AES00GJ4L_record"

    @Test(arguments: [
        (#"<send event="resume" target="conn:1/dialog:2"/>"#, MSMLResponse.unsupportedElement),
        (#"<send event="pause" target="conn:1/dialog:2"/>"#, .unsupportedElement),
        (#"<audit queryid="conf:*"/>"#, .unsupportedElement),
        (#"<monitor id1="conn:1" id2="conf:c"/>"#, .unsupportedElement),
        (#"<modifystream id1="conn:1" id2="conf:c"><stream media="audio"/></modifystream>"#, .unsupportedElement),
        (#"<createconference name="d"><audiomix><asn ri="10s"/></audiomix></createconference>"#, .unsupportedElement),
        (#"<modifyconference id="c"><audiomix><n-loudest n="1"/></audiomix></modifyconference>"#, .unsupportedElement),
        (#"<createconference name="d"><reserve><resource n="2"/></reserve></createconference>"#, .noResource),
        (#"<createconference name="d*"/>"#, .invalidAttributeValue),
        (#"<modifyconference id="conf:*"/>"#, .invalidAttributeValue),
        (#"<destroyconference id="conf:*"/>"#, .invalidAttributeValue),
        (#"<unjoin id1="conn:*" id2="conf:*"/>"#, .invalidAttributeValue),
        (#"<join id1="conn:*" id2="conf:c"/>"#, .invalidAttributeValue),
        (#"<join id1="conn:1" id2="conf:c/dialog:3"/>"#, .cannotJoinClass),
        (#"<join id1="conn:1" id2="conf:c"><stream media="video"/></join>"#, .incompatibleMediaTypes),
        (#"<join id1="conn:1" id2="conf:c"><stream media="audio" dir="to-id1"/></join>"#, .unsupportedAttribute),
        (#"<unjoin id1="conn:1" id2="conf:c"><stream media="audio" dir="to-id1"/></unjoin>"#, .unsupportedAttribute),
        (
            #"<join id1="conn:1" id2="conf:c"><stream media="audio"><gain amt="mute"/></stream></join>"#,
            .unsupportedElement
        ),
    ])
    func `what is valid and not done here is refused with its code`(element: String, response: MSMLResponse) throws {
        var bench = self.bench
        var dialog = try bench.leg(dn: "7001")
        #expect(try bench.msml(MediaControlBench.msml(#"<createconference name="c"/>"#), in: &dialog).response == 200)
        let result = try bench.msml(MediaControlBench.msml(element), in: &dialog)
        #expect(result.response == response)
        #expect(bench.control.conferences.keys.sorted() == ["c"])
    }

    @Test(arguments: [
        #"<audiomix><n-loudest n="3"/></audiomix>"#, #"<audiomix><asn ri="0s"/></audiomix>"#,
        #"<reserve required="false"><resource/></reserve>"#, #"<videolayout><root size="CIF"/></videolayout>"#,
    ])
    func `what makes no difference to two parties is taken`(content: String) throws {
        var bench = self.bench
        var dialog = try bench.leg(dn: "7001")
        let document = MediaControlBench.msml("<createconference name=\"c\">\(content)</createconference>")
        #expect(try bench.msml(document, in: &dialog).response == 200)
    }

    @Test mutating func `two streams of audio, one each way, are a join both ways`() throws {
        var dialog = try self.bench.leg(dn: "7001")
        let document = MediaControlBench.msml(
            #"<createconference name="c"/><join id1="conn:\#(dialog.toTag ?? "")" id2="conf:c">"#
                + #"<stream media="audio" dir="from-id1"/><stream media="AUDIO" dir="to-id1"/></join>"#)
        #expect(try self.bench.msml(document, in: &dialog).response == 200)
        #expect(self.bench.control.conferences["c"]?.members.count == 1)
    }

    @Test mutating func `unjoining video leaves the audio as it is`() throws {
        var (first, _) = try self.bench.recordedCall()
        let orders = self.bench.orders
        let document = MediaControlBench.msml(
            #"<unjoin id1="conn:\#(first.toTag ?? "")" id2="\#(Self.conference)"><stream media="video"/></unjoin>"#)
        #expect(try self.bench.msml(document, in: &first).response == 200)
        #expect(self.bench.orders == orders)
    }

    @Test(arguments: [true, false])
    func `a wildcard takes all members out, or a member out of where it is`(allMembers: Bool) throws {
        var bench = self.bench
        var (first, second) = try bench.recordedCall()
        let tags = [first.toTag ?? "", second.toTag ?? ""]
        let orders =
            allMembers
            ? #"<unjoin id1="conn:*" id2="\#(Self.conference)"/>"#
            : tags.map { #"<unjoin id1="conn:\#($0)" id2="conf:*"/>"# }.joined()
        try bench.send(
            "INFO", in: &first, type: "application/msml+xml", body: MediaControlBench.msml(orders))
        #expect(bench.control.conferences.values.allSatisfy { $0.members.isEmpty })
    }

    /// RFC 5707 §8.5.
    @Test mutating func `a conference loses a mixer, and ends with the last`() throws {
        var dialog = try self.bench.leg(dn: "7001")
        let create = MediaControlBench.msml(
            #"<createconference name="c" deletewhen="never"><audiomix/><videolayout/></createconference>"#
                + #"<join id1="conn:\#(dialog.toTag ?? "")" id2="conf:c"/>"#)
        #expect(try self.bench.msml(create, in: &dialog).response == 200)
        let video = MediaControlBench.msml(#"<destroyconference id="conf:c"><videolayout/></destroyconference>"#)
        #expect(try self.bench.msml(video, in: &dialog).response == 200)
        #expect(self.bench.control.conferences["c"]?.members.count == 1)
        let audio = MediaControlBench.msml(#"<destroyconference id="conf:c"><audiomix/></destroyconference>"#)
        #expect(try self.bench.msml(audio, in: &dialog).response == 200)
        #expect(self.bench.control.conferences.isEmpty)
    }

    @Test mutating func `without its audio mixer a conference has no members`() throws {
        var dialog = try self.bench.leg(dn: "7001")
        let document = MediaControlBench.msml(
            #"<createconference name="c" deletewhen="never"/><modifyconference id="c"><videolayout/></modifyconference>"#
                + #"<join id1="conn:\#(dialog.toTag ?? "")" id2="conf:c"/>"#
                + #"<destroyconference id="conf:c"><audiomix/></destroyconference>"#)
        #expect(try self.bench.msml(document, in: &dialog).response == 200)
        #expect(self.bench.control.conferences["c"]?.members.isEmpty == true)
    }

    /// RFC 5707 §5.
    @Test mutating func `a failure names what was made before it`() throws {
        var dialog = try self.bench.leg(dn: "7001")
        let result = try self.bench.msml(
            MediaControlBench.msml(#"<createconference mark="a"/><send event="e" target="conn:1/dialog:2" mark="b"/>"#),
            in: &dialog)
        #expect(result.response == .unsupportedElement)
        #expect(result.mark == "a")
        #expect(result.conferenceIDs.map(\.name) == self.bench.control.conferences.keys.sorted())
    }

    /// RFC 5707 §5: what was carried out before a failure stays.
    @Test mutating func `a recording begins although a later order fails`() throws {
        var dialog = try self.bench.leg(dn: "7001")
        let result = try self.bench.msml(
            MediaControlBench.msml(
                #"<createconference name="c"><gvp:recorder/></createconference>"#
                    + #"<join id1="conn:\#(dialog.toTag ?? "")" id2="conf:c"/><frobnicate/>"#), in: &dialog)
        #expect(result.response == .unknownElement)
        #expect(self.bench.control.conferences["c"]?.recorder?.state == .recording)
    }

    @Test mutating func `a mark is told with failures only`() throws {
        var dialog = try self.bench.leg(dn: "7001")
        let result = try self.bench.msml(
            MediaControlBench.msml(#"<createconference name="c" mark="a"/>"#), in: &dialog)
        #expect(result.mark == nil)
    }
}
