import CallRecording
import CallRecordingTesting
import Foundation
import Testing

/// What becomes of recordings while something is out of order, and after a restart.
@Suite struct OutageTests {
    @Test func `a file that cannot be stored stays on the node, and goes there once it can be`() async throws {
        let power = Switch(isOn: false)
        try await withSite(.twoPhones(profile: IVRProfile(type2: nil))) {
            $0.recordings = WatchedStore(name: "recordings", inner: $0.recordings, power: power)
        } _: { site in
            try await site.call()
            try await until("another attempt") { power.refused >= 2 }
            let left = try site.ports.spool.names()
            let name = try #require(left.first { $0.hasSuffix(".mp3") })
            #expect(left.contains { $0.hasSuffix(".upload.json") })
            #expect(site.reports.reports(named: "upload.failed").allSatisfy { $0.message.contains(name) })
            // Nobody is told of what is not stored.
            #expect(try await site.knownRecordings() == 0)
            let local = try await site.ports.spool.source(name).bytes()
            power.turnOn()
            try await site.settled()
            let file = try await site.recording().file("audio/mp3")
            #expect(file.mediaID == name)
            #expect(file.verdict.summary == "complete")
            #expect(try await site.bytes(of: file) == local)
        }
    }

    @Test func `the first file waits for the second, and no local copy goes before both are stored`() async throws {
        let power = Switch(isOn: false)
        let log = Log<String>()
        try await withSite {
            $0.recordings = WatchedStore(name: "recordings", inner: $0.recordings, log: log)
            $0.analytics = $0.analytics.map { WatchedStore(name: "analytics", inner: $0, log: log, power: power) }
        } _: { site in
            try await site.call(seconds: 0.5)
            try await until("an attempt") { power.refused >= 1 }
            #expect(log.all == ["recordings has a mp3"])
            let left = try site.ports.spool.names()
            #expect(left.contains { $0.hasSuffix(".mp3") })
            #expect(left.contains { $0.hasSuffix(".wav") })
            #expect(try await site.knownRecordings() == 0)
            power.turnOn()
            try await site.settled()
            #expect(log.all == ["recordings has a mp3", "analytics has a wav"])
        }
    }

    @Test func `metadata waits for the web services`() async throws {
        let power = Switch(isOn: false)
        try await withSite {
            $0.metadata = WatchedMetadata(inner: $0.metadata, power: power)
        } _: { site in
            try await site.call(seconds: 0.5)
            try await until("another attempt") { power.refused >= 2 }
            // The files are safe, so the media server has nothing left; the metadata is not.
            try await until("an empty spool") { try site.ports.spool.names().isEmpty }
            #expect(try site.ports.backlog.names().count == 1)
            power.turnOn()
            try await site.settled()
            #expect(try await site.recording().mediaFiles.count == 2)
        }
    }

    @Test func `the web services are not told twice because Interaction Receiver is out of order`() async throws {
        let power = Switch(isOn: false)
        let log = Log<String>()
        try await withSite {
            $0.metadata = WatchedMetadata(inner: $0.metadata, log: log)
            $0.interactions = $0.interactions.map {
                WatchedStore(name: "interactions", inner: $0, log: log, power: power)
            }
        } _: { site in
            try await site.call(seconds: 0.5)
            try await until("another attempt") { power.refused >= 2 }
            #expect(log.all == ["web services have the metadata"])
            power.turnOn()
            try await site.settled()
            #expect(log.all.count == 3)
        }
    }

    @Test func `a system that is shut down in a call finishes its recording`() async throws {
        try await withSite { site in
            let phones = try await Phones(at: site)
            try await phones.run {
                try await phones.connect()
                try await site.recordingStarted()
                try await phones.talk(seconds: 1.5)
                try await site.shutDown()
                // Both phones were told that the call is over.
                try await phones.caller.until(.ended)
                try await phones.callee.until(.ended)
            }
            #expect(try site.waiting().isEmpty)
            #expect(try await site.knownRecordings() == 1)
            let file = try await site.recording().file("audio/mp3")
            #expect(file.verdict.summary == "complete")
            #expect(try await site.sound(of: file).hasPartiesApart)
        }
    }

    @Test func `what could not be told before a shut-down is told after the next start`() async throws {
        try await withFolder { folder in
            let power = Switch(isOn: false)
            let old = try await Site.open(in: folder) {
                $0.metadata = WatchedMetadata(inner: $0.metadata, power: power)
            }
            try await old.run {
                try await old.call(seconds: 0.5)
                try await until("an attempt") { power.refused >= 1 }
                try await old.shutDown()
                #expect(try old.ports.backlog.names().count == 1)
            }
            let new = try await Site.open(in: folder)
            try await new.run {
                try await new.settled()
                let verdicts = try await new.recording().mediaFiles.map(\.verdict.summary)
                #expect(verdicts == ["complete", "complete"])
            }
        }
    }

    @Test func `what could not be stored before the system was cut off is stored after the next start`() async throws {
        try await withFolder { folder in
            let power = Switch(isOn: false)
            let old = try await Site.open(in: folder) {
                $0.recordings = WatchedStore(name: "recordings", inner: $0.recordings, power: power)
            }
            try await old.run {
                try await old.call()
                try await until("an attempt") { power.refused >= 1 }
            }
            #expect(try old.ports.spool.names().isEmpty == false)
            let new = try await Site.open(in: folder)
            try await new.run {
                try await new.settled()
                let file = try await new.recording().file("audio/mp3")
                #expect(file.verdict.summary == "complete")
                #expect(try await new.sound(of: file).hasPartiesApart)
                #expect(try await new.recording().mediaFiles.count == 2)
            }
        }
    }

    @Test func `a system that is cut off in a call leaves a recording in its journal`() async throws {
        try await withFolder { folder in
            try await Self.talkInSystemThatGoesAway(in: folder)
            let new = try await Site.open(in: folder, clock: HurriedClock())
            try await new.run {
                try await new.settled()
                try await Self.expectRecovered(at: new)
            }
        }
    }

    @Test func `what was delivered before a crash is not delivered again after it`() async throws {
        try await withFolder { folder in
            let log = Log<String>()
            try await withSite { site in
                // In one segment of the journal with the call that is cut off.
                let phones = try await Phones(at: site)
                try await phones.run {
                    try await phones.connect()
                    try await site.recordingStarted()
                    try await site.call(caller: "7004", callee: "7003", seconds: 0.5)
                    _ = try await site.recording()
                    try await until("the end of the delivery") {
                        let waiting = try site.waiting()
                        return !waiting.contains { $0.hasSuffix(".json") || $0.hasSuffix(".settled") }
                    }
                    try await phones.talk(seconds: 0.5)
                    try FileManager.default.copyItem(atPath: site.folder, toPath: "\(folder)/disk")
                }
            }
            let new = try await Site.open(in: "\(folder)/disk", clock: HurriedClock()) {
                $0.recordings = WatchedStore(name: "recordings", inner: $0.recordings, log: log)
            }
            try await new.run {
                try await until("the call that was cut off") { try await new.knownRecordings() == 2 }
                try await new.settled()
                #expect(log.all == ["recordings has a mp3"])
            }
        }
    }

    @Test func `what a crash leaves on the disk becomes a recording`() async throws {
        try await withFolder { folder in
            try await withSite { site in
                let phones = try await Phones(at: site)
                try await phones.run {
                    try await phones.connect()
                    try await site.recordingStarted()
                    try await phones.talk(seconds: 2)
                    // The disk as it is when the power fails: nobody has been told, nothing has been closed.
                    try FileManager.default.copyItem(atPath: site.folder, toPath: "\(folder)/disk")
                }
            }
            let new = try await Site.open(in: "\(folder)/disk", clock: HurriedClock())
            try await new.run {
                try await new.settled()
                try await Self.expectRecovered(at: new)
            }
        }
    }

    /// A call goes on when the system is dropped, object and all.
    private static func talkInSystemThatGoesAway(in folder: String) async throws {
        let old = try await Site.open(in: folder)
        try await old.run {
            let phones = try await Phones(at: old)
            try await phones.run {
                try await phones.connect()
                try await old.recordingStarted()
                try await phones.talk(seconds: 2)
            }
        }
        #expect(try await old.knownRecordings() == 0)
    }

    /// The recording has what was heard, and says that it is not all.
    private static func expectRecovered(at site: Site) async throws {
        #expect(try await site.knownRecordings() == 1)
        let recording = try await site.recording()
        #expect(recording.callerPhoneNumber == "7002")
        for file in recording.mediaFiles {
            #expect(file.verdict.summary.hasPrefix("partial: "))
            #expect(file.duration > .milliseconds(500))
            #expect(file.verdict.streams.allSatisfy { $0.received > 25 && $0.lost == 0 })
            #expect(try await site.sound(of: file).hasPartiesApart)
        }
    }
}

extension Site {
    /// How many recordings the web services know, none, one or more.
    fileprivate func knownRecordings() async throws -> Int {
        try await self.ports.metadata.recordings(matching: RecordingQuery(), after: nil, limit: 2).recordings.count
    }
}
