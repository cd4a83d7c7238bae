import MSML
import Testing

/// Conferences and streams, as the RFC's examples have them.
@Suite struct MSMLConferenceTests {
    static func only(_ file: String) throws -> MSMLRequest.Element {
        try #require(try MSMLExampleTests.orders(file).first)
    }

    @Test func `a mix says how many are heard, and how often it is told who speaks`() throws {
        guard case .createConference(let order) = try Self.only("8.3-1.createconference.xml") else { return fail() }
        #expect(order.name == "team")
        #expect(order.deleteWhen == nil)
        #expect(order.terminates == nil)
        #expect(order.audioMix?.nLoudest == 3)
        #expect(order.audioMix?.reportingInterval == .seconds(10))
        #expect(order.videoLayout == nil)
    }

    @Test func `a reservation says what is shared and what is not`() throws {
        guard case .createConference(let order) = try Self.only("8.3.1.1-1.createconference.xml") else { return fail() }
        let reservation = try #require(order.reservation)
        #expect(order.name == nil)
        #expect(reservation.isRequired)
        #expect(reservation.resources.map { $0[attribute: "n"] } == ["20", "2"])
        #expect(reservation.resources.map { $0[attribute: "type"] } == [nil, "shared"])
    }

    /// §8.4 leaves the unit out.
    @Test func `an interval without a unit is seconds, and zero means never`() throws {
        guard case .modifyConference(let order) = try Self.only("8.4-1.modifyconference.xml") else { return fail() }
        #expect(order.id == .conference("team"))
        #expect(order.audioMix?.reportingInterval == .seconds(4))
        #expect(order.audioMix?.nLoudest == nil)
        #expect(MSMLAudioMix(reportingInterval: .zero).reportingInterval == nil)
    }

    @Test func `a layout has regions, and a selector with its own`() throws {
        guard case .modifyConference(let order) = try Self.only("8.7.3-1.videolayout.xml") else { return fail() }
        let layout = try #require(order.videoLayout)
        #expect(layout[.type] == "text/msml-basic-layout")
        #expect(layout.root?[.size] == "CIF")
        #expect(layout.regions.map { $0[.id] } == ["2", "3", "4", "5", "6"])
        let selector = try #require(layout.selectors.first)
        #expect(selector[.method] == "vas")
        #expect(selector.regions.map { $0[.relativeSize] } == ["2/3"])
    }

    @Test func `an attribute is found in the case of the schema, too`() throws {
        let request = try MSMLRequestTests.parse(
            "<ModifyConference ID=\"conf:R\"><videoLayout><region id=\"1\" relativeSize=\"1/3\" TOP=\"0\"/>"
                + "</videoLayout></ModifyConference>")
        guard case .modifyConference(let order)? = request.elements.first else { return fail() }
        let region = try #require(order.videoLayout?.regions.first)
        #expect(order.id == .conference("R"))
        #expect(region[.relativeSize] == "1/3")
        #expect(region[.top] == "0")
        #expect(region[.left] == nil)
    }

    @Test func `a join says which stream goes where, and where it is shown`() throws {
        guard case .join(let join) = try Self.only("8.8-2.join.xml") else { return fail() }
        #expect(join.streams.map(\.media) == ["audio", "video", "video"])
        #expect(join.streams.map(\.direction) == [nil, .fromID1, .toID1])
        #expect(join.streams.map { $0[.display] } == [nil, "topright", nil])
    }

    /// §12.1 breaks off its join.
    @Test func `a stream's gain is automatic or an amount`() throws {
        guard case .join(let automatic) = try Self.only("12.1-6.join.xml") else { return fail() }
        #expect(automatic.streams.count == 2)
        #expect(automatic.streams.first?.gain?[.agc] == true)
        #expect(automatic.streams.first?.gain?[.targetLevel] == -20)
        let orders = try MSMLExampleTests.orders("12.2-1.createconference.xml")
        guard case .createConference(let creation)? = orders.first, case .join(let manual) = orders[1] else {
            return fail()
        }
        #expect(creation.deleteWhen == .noMedia)
        #expect(manual.streams.first?.gain?[.amount] == .decibels(-20))
        #expect(manual.conference == .conference("aside"))
        #expect(manual.connection == nil)
        #expect(orders.count == 8)
    }

    @Test func `monitor, modifystream and audit are read`() throws {
        let request = try MSMLRequestTests.parse(
            "<monitor id1=\"conn:A\" id2=\"conf:R\" compressed=\"true\" mark=\"1\"/>"
                + "<modifystream id1=\"conn:A\" id2=\"conf:*\" mark=\"2\"><stream media=\"audio\"><clamp dtmf=\"true\" "
                + "tone=\"false\"/></stream></modifystream><audit queryid=\"conn:*\" statelist=\"a b\" mark=\"3\"/>")
        guard case .monitor(let monitor) = request.elements[0], case .modifyStream(let change) = request.elements[1],
            case .audit(let audit) = request.elements[2]
        else { return fail() }
        #expect(monitor == MSMLMonitor(.connection("A"), listener: .conference("R"), compressed: true, mark: "1"))
        #expect(monitor[.compressed] == true)
        #expect(change.id2.isWildcard)
        #expect(change.streams.first?.clamp?[.dtmf] == true)
        #expect(change.streams.first?.clamp?[.tone] == false)
        #expect(audit == MSMLAudit(MSMLObjectID(.connection, "*"), states: ["a", "b"], mark: "3"))
        #expect(audit[.states] == ["a", "b"])
        #expect(request.elements.map(\.mark) == ["1", "2", "3"])
    }

    @Test func `destroying a conference can mean a mixer of it`() throws {
        let request = try MSMLRequestTests.parse(
            "<destroyconference id=\"conf:R\"><videolayout/></destroyconference><destroyconference id=\"conf:R\"/>")
        guard case .destroyConference(let mixer) = request.elements[0],
            case .destroyConference(let all) = request.elements[1]
        else { return fail() }
        #expect(!mixer.destroysAll)
        #expect(all.destroysAll)
        #expect(all == MSMLDestroyConference(id: .conference("R")))
    }

    @Test func `a mixer is built, changed and taken away`() {
        var order = MSMLCreateConference(name: "R", contents: [])
        #expect(order.xml.description == "<createconference name=\"R\"/>")
        order.audioMix = MSMLAudioMix(nLoudest: 2, reportingInterval: .seconds(5))
        order.audioMix?.nLoudest = nil
        order.deleteWhen = .never
        #expect(
            order.xml.description
                == "<createconference name=\"R\" deletewhen=\"never\"><audiomix><asn ri=\"5s\"/></audiomix></createconference>"
        )
        order.audioMix = nil
        order.name = nil
        #expect(order.xml.description == "<createconference deletewhen=\"never\"/>")
    }

    private func fail() { Issue.record("another order") }
}
