import CallCore
import RecordingProcessor
import RecordingStorage
import Testing

@Suite struct AssemblingTests {
    private func events(_ history: [CallHistoryEntry]) throws -> [String] {
        try #require(Recording(assembling: [Samples.file()], history: history, region: "us")).eventHistory
            .map {
                "\(($0.occurredAt.milliseconds - Samples.start.milliseconds) / 1_000) \($0.event) \($0.phoneNumber)"
            }
    }

    @Test func `numbers and kind of the call come from the history`() throws {
        let recording = try #require(
            Recording(assembling: [Samples.file()], history: Samples.history(), region: "us"))
        #expect(recording.callerPhoneNumber == "8522001")
        #expect(recording.dialedPhoneNumber == "7001")
        #expect(recording.callType == "Inbound")
        #expect(recording.region == "us")
        #expect(recording.id.rawValue == "011AP643CSAPR4FKQGQE31TAES00029V")
    }

    @Test func `without a history they come from what the media server was told`() throws {
        let recording = try #require(Recording(assembling: [Samples.file()], history: [], region: "us"))
        #expect(recording.callerPhoneNumber == "from parameters")
        #expect(recording.eventHistory.isEmpty)
    }

    @Test func `the events tell who came and went, in order`() throws {
        #expect(
            try self.events(Samples.history()) == [
                "0 Joined 8522001", "3 Joined 7001", "4 RecordingStarted 7001", "5 data ", "9 Left 8522001",
                "10 Left 7001",
            ])
    }

    @Test func `an agent is named, a customer is not`() throws {
        let events = try #require(
            Recording(assembling: [Samples.file()], history: Samples.history(), region: "us")
        ).eventHistory
        #expect(events.map(\.userName) == [nil, "kmilburn", "kmilburn", nil, nil, "kmilburn"])
        #expect(events[1].firstName == "Kristi" && events[1].lastName == "Milburn")
    }

    @Test func `user data and reasons travel with their events`() throws {
        let events = try #require(
            Recording(assembling: [Samples.file()], history: Samples.history(), region: "us")
        ).eventHistory
        #expect(events[2].data == ["why": "quality"])
        #expect(events[3].data == ["CustomerID": "42"])
    }

    @Test func `a party that only rang has not joined`() throws {
        let history = try [
            Samples.entry(0, .partyAdded("7002", role: "Destination", agent: nil)),
            Samples.entry(0, .partyState("7002", "Alerting")), Samples.entry(5, .partyRemoved("7002")),
        ]
        #expect(try self.events(history).isEmpty)
    }

    @Test func `a party whose states are not told has joined when it was added`() throws {
        let history = try [
            Samples.entry(2, .partyAdded("7002", role: "Destination", agent: nil)), Samples.entry(5, .callEnded),
        ]
        #expect(try self.events(history) == ["2 Joined 7002", "5 Left 7002"])
    }

    @Test func `a party that comes back has joined twice`() throws {
        let history = try [
            Samples.entry(0, .partyState("7002", "Connected")), Samples.entry(1, .partyState("7002", "Held")),
            Samples.entry(2, .partyState("7002", "Connected")), Samples.entry(3, .partyRemoved("7002")),
            Samples.entry(4, .partyState("7002", "Connected")), Samples.entry(5, .callEnded),
        ]
        #expect(
            try self.events(history) == ["0 Joined 7002", "3 Left 7002", "4 Joined 7002", "5 Left 7002"])
    }

    @Test func `a recording begins with its first file and ends with its last`() throws {
        var later = try Samples.file("b.mp3")
        later.startTime = Samples.start + .seconds(20)
        later.stopTime = Samples.start + .seconds(30)
        let recording = try #require(
            Recording(assembling: [later, Samples.file()], history: [], region: "us"))
        #expect(recording.startTime == Samples.start)
        #expect(recording.stopTime == later.stopTime)
    }
}
