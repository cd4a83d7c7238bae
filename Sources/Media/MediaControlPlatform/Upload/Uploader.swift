public import CallCore
public import HTTPMessaging
internal import HTTPTypes
public import RecordingStorage

/// Where an uploader brings recordings to.
public struct UploadDestinations: Sendable {
    /// Keeps the first file of each recording, the one for playback.
    public var recordings: any RecordingStore
    /// Keeps the further files; nil where the first store keeps all.
    public var analytics: (any RecordingStore)?
    /// Reaches the Recording Processor.
    public var processor: any HTTPExchange

    /// Describes destinations.
    public init(
        recordings: any RecordingStore, analytics: (any RecordingStore)? = nil, processor: any HTTPExchange
    ) {
        (self.recordings, self.analytics, self.processor) = (recordings, analytics, processor)
    }
}

/// Runs the ``UploadJob`` of every finished recording, and those that a restart found in the working directory.
///
/// What waits is kept in the working directory: a record `<name>.upload.json` beside the files, which is the very body
/// that is posted, and, once everything is confirmed, a list `<name>.settled` of what is to be removed.
public actor Uploader {
    private let directory: any WorkingDirectory
    private let destinations: UploadDestinations
    private let patience: UploadPatience
    private let clock: any CallClock
    private let observer: any CallObserver
    private let alarms = Alarms<Wait>()
    private let work: AsyncStream<Work>
    private let workContinuation: AsyncStream<Work>.Continuation

    private var jobs: [String: Job] = [:]
    private var waiters: [CheckedContinuation<Void, Never>] = []
    /// Whether what an earlier run has left was looked for.
    private var hasRecovered = false
    private var isOver = false

    private var isDrained: Bool { self.hasRecovered && self.jobs.isEmpty }

    private struct Job {
        /// nil where the record is gone and only removal is left.
        var record: UploadRecord?
        var machine: UploadJob
    }

    private struct Wait: Sendable {
        var name: String
        var timer: UploadJob.Timer
    }

    private struct Work: Sendable {
        var name: String
        var files: [String]
        var record: UploadRecord?
        var step: UploadJob.Step
    }

    /// Prepares an uploader; nothing happens before ``run()``.
    public init(
        directory: any WorkingDirectory, destinations: UploadDestinations, patience: UploadPatience = UploadPatience(),
        clock: any CallClock, observer: any CallObserver
    ) {
        (self.directory, self.destinations, self.patience) = (directory, destinations, patience)
        (self.clock, self.observer) = (clock, observer)
        (self.work, self.workContinuation) = AsyncStream.makeStream()
    }

    /// How many recordings are not yet safe elsewhere.
    public var pendingCount: Int { self.jobs.count }

    /// Takes charge of a recording whose files are in the working directory, complete and on the disk.
    ///
    /// - Throws: where its record could not be kept; the files stay, and nothing was begun.
    public func submit(_ record: UploadRecord) throws(StorageError) {
        try self.directory.replace(record.name + UploadRecord.recordSuffix, with: record.encoded())
        self.start(record.name, files: record.fileNames, record: record)
    }

    /// Goes on with what the working directory holds, and uploads until the surrounding task is cancelled. Call it once.
    public func run() async {
        await self.recover()
        self.hasRecovered = true
        if self.isDrained { self.wakeWaiters() }
        await withDiscardingTaskGroup { group in
            group.addTask {
                await self.alarms.run(on: self.clock) { await self.take(.timerFired($0.timer), of: $0.name) }
            }
            for await work in self.work {
                group.addTask { await self.perform(work) }
            }
            group.cancelAll()
        }
        self.isOver = true
        self.wakeWaiters()
    }

    /// Waits until every recording is safe elsewhere, ``run()`` has ended, or it has taken too long.
    ///
    /// - Returns: whether every recording is safe elsewhere.
    public func drained(within patience: Duration) async -> Bool {
        guard !self.isDrained, !self.isOver else { return self.isDrained }
        let clock = self.clock
        await withDiscardingTaskGroup { group in
            group.addTask {
                if (try? await clock.sleep(for: patience)) != nil { await self.wakeWaiters() }
            }
            await withCheckedContinuation { self.waiters.append($0) }
            group.cancelAll()
        }
        return self.isDrained
    }

    private func start(_ name: String, files: [String], record: UploadRecord?) {
        guard self.jobs[name] == nil else { return }
        let machine = UploadJob(name: name, files: files, isSettled: record == nil, patience: self.patience)
        self.jobs[name] = Job(record: record, machine: machine)
        self.take(.started, of: name)
    }

    private func take(_ event: UploadJob.Event, of name: String) {
        guard let effects = self.jobs[name]?.machine.handle(event, at: self.clock.now) else { return }
        for effect in effects {
            switch effect {
            case .perform(let step):
                guard let job = self.jobs[name] else { break }
                self.workContinuation.yield(
                    Work(name: name, files: job.machine.files, record: job.record, step: step))
            case .setTimer(let timer, let wait): self.alarms.set(Wait(name: name, timer: timer), after: wait)
            case .report(let report): self.observer.observe(report)
            case .finished:
                self.jobs[name] = nil
                if self.isDrained { self.wakeWaiters() }
            }
        }
    }

    private func wakeWaiters() {
        for waiter in self.waiters { waiter.resume() }
        self.waiters = []
    }

    // MARK: After a restart

    private func recover() async {
        do throws(StorageError) {
            let names = try self.directory.names()
            for name in names where name.hasSuffix(UploadRecord.settledSuffix) { await self.goOn(settled: name) }
            for name in names where name.hasSuffix(UploadRecord.recordSuffix) { await self.goOn(waiting: name) }
        } catch {
            self.complain("The working directory cannot be read, so what waits in it stays there: \(error.message)")
        }
    }

    private func goOn(settled name: String) async {
        do throws(StorageError) {
            let list = try await self.directory.source(name).bytes()
            let files = String(decoding: list, as: UTF8.self).split(separator: "\n").map(String.init)
            self.start(String(name.dropLast(UploadRecord.settledSuffix.count)), files: files, record: nil)
        } catch {
            self.complain("The list of files to remove '\(name)' cannot be read; they stay: \(error.message)")
        }
    }

    private func goOn(waiting name: String) async {
        do throws(StorageError) {
            let record = try UploadRecord(parsing: try await self.directory.source(name).bytes(), recordName: name)
            self.start(record.name, files: record.fileNames, record: record)
        } catch  where error.code == .notFound {
            // Its job was settled before the restart, and has removed it by now.
        } catch {
            self.complain("The upload record '\(name)' cannot be used; its files stay on this node: \(error.message)")
        }
    }

    private func complain(_ message: String) {
        self.observer.observe(CallReport(.alarm, "MediaControlPlatform", "upload.unreadable", message))
    }
}

// MARK: - Steps, which take time and run beside the actor

extension Uploader {
    private nonisolated func perform(_ work: Work) async {
        do throws(StorageError) {
            switch work.step {
            case .store(let index): try await self.store(index, of: work)
            case .post: try await self.post(work)
            case .settle:
                let list = Array(work.files.joined(separator: "\n").utf8)
                try self.directory.replace(work.name + UploadRecord.settledSuffix, with: list)
            case .remove: try self.remove(work)
            }
            await self.take(.succeeded(work.step), of: work.name)
        } catch {
            await self.take(.failed(work.step, error), of: work.name)
        }
    }

    private nonisolated func store(_ index: Int, of work: Work) async throws(StorageError) {
        guard let files = work.record?.mediaFiles, files.indices.contains(index) else { return }
        let store =
            index == 0 ? self.destinations.recordings : self.destinations.analytics ?? self.destinations.recordings
        try await store.put(self.directory.source(files[index].mediaID), at: files[index].path)
    }

    private nonisolated func post(_ work: Work) async throws(StorageError) {
        guard let record = work.record else { return }
        var call = HTTPCall(.post, record.postPath, body: record.encoded())
        call.request.headerFields[.contentType] = "application/json"
        let reply: HTTPReply
        do throws(TransportError) {
            reply = try await self.destinations.processor.perform(call)
        } catch {
            throw StorageError(.unreachable, "the Recording Processor was not reached: \(error.message)")
        }
        let status = reply.response.status
        guard status.kind != .successful else { return }
        let code: StorageError.Code = status.kind == .clientError ? .refused : .failed
        throw StorageError(code, "the Recording Processor answered \(status.code) to POST \(record.postPath)")
    }

    /// The list of what is to be removed goes last, so that a crash in between leaves nothing behind.
    private nonisolated func remove(_ work: Work) throws(StorageError) {
        for file in work.files { try self.directory.remove(file) }
        try self.directory.remove(work.name + UploadRecord.recordSuffix)
        try self.directory.remove(work.name + UploadRecord.settledSuffix)
    }
}
