internal import CallCore

extension RecordingEvidence.Stream {
    var json: CanonicalJSON {
        var members: [String: CanonicalJSON] = [
            "dn": .string(self.counts.dn), "channel": .count(self.counts.channel),
            "received": .count(self.counts.received), "lost": .count(self.counts.lost),
            "late": .count(self.counts.late), "duplicate": .count(self.counts.duplicate),
            "unreadable": .count(self.unreadable),
            "runs": .array(self.runs.map(\.json)), "runCount": .count(self.runCount), "gaps": self.gaps.json,
            "codecs": .array(self.codecs.map { .object(["at": .duration($0.at), "name": .string($0.name)]) }),
            "codecCount": .count(self.codecCount),
        ]
        members["sender"] = self.sender?.json
        return .object(members)
    }

    init(_ members: ManifestMembers) throws(StorageError) {
        self.init(
            counts: Verdict.Stream(
                dn: try members.text("dn"), channel: try members.count("channel"),
                received: try members.count("received"), lost: try members.count("lost"),
                late: try members.count("late"), duplicate: try members.count("duplicate")),
            unreadable: try members.count("unreadable"),
            runs: try members.list("runs").map { run throws(StorageError) in try .init(run) },
            runCount: try members.count("runCount"), gaps: try .init(try members.object("gaps")),
            codecs: try members.list("codecs").map { change throws(StorageError) in
                RecordingEvidence.CodecChange(at: try change.duration("at"), name: try change.text("name"))
            },
            codecCount: try members.count("codecCount"),
            sender: try members.optional("sender").map { sender throws(StorageError) in try .init(sender) })
    }
}

extension RecordingEvidence.Run {
    var json: CanonicalJSON {
        .object([
            "ssrc": .integer(Int64(self.ssrc)), "first": .count(self.first), "last": .count(self.last),
            "received": .count(self.received), "lost": .count(self.lost), "late": .count(self.late),
            "duplicate": .count(self.duplicate),
        ])
    }

    init(_ members: ManifestMembers) throws(StorageError) {
        guard let ssrc = UInt32(exactly: try members.integer("ssrc")) else { throw members.error("ssrc", "32 bits") }
        self.init(
            ssrc: ssrc, first: try members.count("first"), last: try members.count("last"),
            received: try members.count("received"), lost: try members.count("lost"), late: try members.count("late"),
            duplicate: try members.count("duplicate"))
    }
}

extension RecordingEvidence.Gaps {
    var json: CanonicalJSON {
        .object([
            "spans": .array(
                self.spans.map { .object(["start": .duration($0.start), "end": .duration($0.end)]) }),
            "count": .count(self.count), "total": .duration(self.total), "longest": .duration(self.longest),
        ])
    }

    init(_ members: ManifestMembers) throws(StorageError) {
        self.init(
            spans: try members.list("spans").map { span throws(StorageError) in
                Mask(start: try span.duration("start"), end: try span.duration("end"))
            },
            count: try members.count("count"), total: try members.duration("total"),
            longest: try members.duration("longest"))
    }
}

extension RecordingEvidence.Sender {
    var json: CanonicalJSON {
        .object([
            "reports": .count(self.reportCount), "packets": .integer(self.packetCount),
            "bytes": .integer(self.byteCount), "sent": .integer(self.sent), "accounted": .integer(self.accounted),
            "left": .boolean(self.hasLeft),
        ])
    }

    init(_ members: ManifestMembers) throws(StorageError) {
        self.init(
            reportCount: try members.count("reports"), packetCount: try members.integer("packets"),
            byteCount: try members.integer("bytes"), sent: try members.integer("sent"),
            accounted: try members.integer("accounted"), hasLeft: try members.boolean("left"))
    }
}

extension RecordingEvidence.Pause {
    var json: CanonicalJSON {
        var members: [String: CanonicalJSON] = [
            "start": .duration(self.span.start), "end": .duration(self.span.end), "paused": self.paused.json,
        ]
        members["resumed"] = self.resumed?.json
        return .object(members)
    }

    init(_ members: ManifestMembers) throws(StorageError) {
        self.init(
            span: Mask(start: try members.duration("start"), end: try members.duration("end")),
            paused: try Requester(try members.object("paused")),
            resumed: try members.optional("resumed").map { resumed throws(StorageError) in try Requester(resumed) })
    }
}

extension Requester {
    /// As it stands in the journal; nothing where nothing is known.
    public func encoded() -> [UInt8] { self == .unknown ? [] : self.json.encoded() }

    /// Reads what ``encoded()`` wrote; nobody is known where the bytes are anything else.
    public init(parsing bytes: [UInt8]) {
        self = (try? Requester(ManifestMembers(CanonicalJSON(parsing: bytes), "the mark"))) ?? .unknown
    }

    var json: CanonicalJSON { .object(["who": .string(self.who), "why": .string(self.why)]) }

    init(_ members: ManifestMembers) throws(StorageError) {
        (self.who, self.why) = (try members.text("who"), try members.text("why"))
    }
}
