import CallCore
import CallRecordingInProcess
import HTTPMessaging
import MediaControlPlatform
import RTP
import RecordingProcessor
import RecordingStorage

extension SimulatedWorld {
    /// How long the virtual disk takes for a batch of the journal.
    private static let diskDelay = Duration.milliseconds(4)

    /// One turn of every loop that moves media: the phones' and the media server's.
    func turnMedia() {
        self.agenda.enter(.media, at: self.now + Self.mediaTick)
        for index in self.voices.indices {
            while let (datagram, peer) = self.voices[index].packet(at: self.now) {
                self.phonePorts[index].send(datagram.span, to: peer)
            }
        }
        let orders = self.orders
        self.orders = []
        for report in self.plane.turn(orders) {
            self.perform(self.mediaServer.handle(.media(report), at: self.now))
        }
        if let batch = self.plane.takeBatch() {
            self.outcome.journal.append(batch)
            self.agenda.enter(.committed(batch), at: self.now + Self.diskDelay)
        }
        for index in self.voices.indices {
            var voice = self.voices[index]
            self.phoneMedia[index].drain { datagram, arrival in voice.receive(datagram, arrival) }
            self.voices[index] = voice
        }
    }

    func render(_ batch: [UInt8]) {
        let rendered = self.renderer.render(batch)
        self.problems += rendered.problems.map(\.message)
        for recording in rendered.finished {
            let record = UploadRecord(
                recording, tenant: self.call.configuration.tenant, profile: self.call.configuration.profile.name,
                storage: ["memory"])
            self.lastUpload += 1
            self.uploads[self.lastUpload] = (UploadJob(name: record.name, files: record.fileNames), record)
            self.unfinished -= 1
            self.upload(self.lastUpload, .started)
        }
    }

    /// Moves an upload on; its steps wait for ``work()``.
    func upload(_ number: Int, _ event: UploadJob.Event) {
        let now = self.now
        guard let effects = self.uploads[number]?.job.handle(event, at: now) else { return }
        for effect in effects {
            switch effect {
            case .perform(let step): self.steps.append((number, step))
            case .setTimer(let timer, let wait): self.agenda.enter(.uploadTimer(number, timer), at: self.now + wait)
            case .report(let report): self.outcome.reports.append(report)
            case .finished: self.uploads[number] = nil
            }
        }
    }

    /// Does what takes time for real: writes the call history, stores files, posts metadata.
    func work() async throws {
        let entries = self.entries
        self.entries = []
        for entry in entries { try await self.history.append(entry) }
        while let (number, step) = self.steps.first {
            self.steps.removeFirst()
            guard let record = self.uploads[number]?.record else { continue }
            let failure = await self.take(step, of: record)
            self.upload(number, failure.map { .failed(step, $0) } ?? .succeeded(step))
        }
        if let problem = self.problems.first { throw SimulationError("rendering failed: \(problem)") }
    }

    /// - Returns: why the step failed; nil where it succeeded.
    private func take(_ step: UploadJob.Step, of record: UploadRecord) async -> StorageError? {
        do throws(StorageError) {
            switch step {
            case .store(let index):
                let file = record.mediaFiles[index]
                try await self.recordings.put(try self.spool.source(file.mediaID), at: file.path)
            case .post:
                let reply = await self.processor.respond(to: HTTPCall(.post, record.postPath, body: record.encoded()))
                guard reply.response.status == .ok else {
                    return StorageError(.failed, "the Recording Processor answered \(reply.response.status)")
                }
            case .settle: break
            case .remove: for name in record.fileNames { try self.spool.remove(name) }
            }
            return nil
        } catch {
            return error
        }
    }
}
