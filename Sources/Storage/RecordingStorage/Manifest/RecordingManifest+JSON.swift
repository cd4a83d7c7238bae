internal import CallCore

extension RecordingManifest {
    /// The manifest as it is written and signed.
    var json: CanonicalJSON {
        .object([
            "version": .integer(Int64(Self.version)),
            "recording": .object([
                "number": .string(String(self.number)), "id": .string(self.id), "callUUID": .string(self.callUUID),
                "startTime": .string(self.startTime.iso8601Milliseconds), "duration": .duration(self.duration),
            ]),
            "node": .object([
                "name": .string(self.node), "publicKey": .string(Hexadecimal.text(self.publicKey)),
            ]),
            "files": .array(
                self.files.map { file in
                    .object([
                        "name": .string(file.name), "type": .string(file.mediaType), "size": .integer(file.byteCount),
                        "duration": .duration(file.duration), "sha256": .string(Hexadecimal.text(file.sha256)),
                    ])
                }),
            "streams": .array(self.evidence.streams.map(\.json)),
            "pauses": .array(self.evidence.pauses.map(\.json)),
            "cuts": .array(self.evidence.cuts.map { .string($0) }),
            "journal": .object([
                "records": .count(self.evidence.journal.recordCount),
                "size": .integer(self.evidence.journal.byteCount),
                "sha256": .string(Hexadecimal.text(self.evidence.journal.sha256)),
            ]),
            "verdict": .string(self.verdict),
        ])
    }

    /// - Throws: `.corrupt` where the JSON is no manifest of the version that is known here.
    init(json: CanonicalJSON) throws(StorageError) {
        let members = ManifestMembers(json, "the manifest")
        let version = try members.integer("version")
        guard version == Self.version else {
            throw StorageError(.corrupt, "the manifest is of version \(version); only \(Self.version) is known here")
        }
        let recording = try members.object("recording")
        let node = try members.object("node")
        let text = try recording.text("number")
        guard let number = UInt64(text) else { throw recording.error("number", "a number") }
        guard let start = WallTime(iso8601: try recording.text("startTime")) else {
            throw recording.error("startTime", "a date")
        }
        (self.number, self.id) = (number, try recording.text("id"))
        self.callUUID = try recording.text("callUUID")
        (self.node, self.publicKey) = (try node.text("name"), try node.bytes("publicKey"))
        (self.startTime, self.duration) = (start, try recording.duration("duration"))
        self.files = try members.list("files").map { file throws(StorageError) in
            File(
                name: try file.text("name"), mediaType: try file.text("type"), byteCount: try file.integer("size"),
                duration: try file.duration("duration"), sha256: try file.bytes("sha256"))
        }
        let journal = try members.object("journal")
        self.evidence = RecordingEvidence(
            streams: try members.list("streams").map { item throws(StorageError) in try .init(item) },
            pauses: try members.list("pauses").map { item throws(StorageError) in try .init(item) },
            cuts: try members.texts("cuts"),
            journal: RecordingEvidence.JournalSpan(
                recordCount: try journal.count("records"), byteCount: try journal.integer("size"),
                sha256: try journal.bytes("sha256")))
        self.verdict = try members.text("verdict")
    }
}
