public import CallCore
public import HTTPMessaging
private import HTTPTypes
private import RecordingAPI
public import RecordingStorage

/// The recording processor: takes what media servers tell of their files, joins it with the history of the call, and makes
/// the recording known.
///
/// `POST /api/contact-centers/{ccid}/recordings` is answered with 200 once the job is on the disk; from then on nothing
/// but the acceptance of every publisher ends it.
public actor RecordingAssembler: HTTPService {
    private enum Work: Sendable {
        case readHistory(CallUUID, job: String)
        case publish(Recording, to: Int, job: String)
    }

    private let files: any WorkingDirectory
    private let history: any CallHistoryStore
    private let publishers: [any RecordingPublisher]
    private let configuration: ProcessingConfiguration
    private let clock: any CallClock
    private let observer: any CallObserver
    private let alarms = Alarms<(job: String, timer: ProcessingJob.Timer)>()
    private let work: AsyncStream<Work>
    private let workQueue: AsyncStream<Work>.Continuation
    private var jobs: [String: ProcessingJob] = [:]
    private var records: [String: JobRecord] = [:]
    private var isRunning = false
    /// Who waits for ``shutDown()``; nil as long as nobody has asked for it.
    private var stopping: [CheckedContinuation<Void, Never>]?

    /// Makes a processor.
    ///
    /// - Parameters:
    ///   - files: keeps the jobs. Names that begin with `processing-` are the processor's.
    ///   - history: tells what happened on calls.
    ///   - publishers: are told of every recording, one after the other: the web services first.
    public init(
        files: any WorkingDirectory, history: any CallHistoryStore, publishers: [any RecordingPublisher],
        configuration: ProcessingConfiguration = ProcessingConfiguration(), clock: any CallClock,
        observer: any CallObserver = SilentObserver()
    ) {
        (self.files, self.history, self.publishers) = (files, history, publishers)
        (self.configuration, self.clock, self.observer) = (configuration, clock, observer)
        (self.work, self.workQueue) = AsyncStream.makeStream()
    }

    /// Whether ``run()`` is under way.
    public var isUp: Bool { self.isRunning }

    /// How many jobs have not ended.
    public var openJobs: Int { self.jobs.count }

    /// Takes up the jobs that were kept before and works until the surrounding task is cancelled or ``shutDown()`` has
    /// done its work. Call it once.
    ///
    /// - Throws: where the working directory cannot be read.
    public func run() async throws {
        self.isRunning = true
        defer { self.stopped() }
        try await self.takeUp()
        let (alarms, clock, limit) = (self.alarms, self.clock, max(1, self.configuration.parallelism))
        await withDiscardingTaskGroup { group in
            group.addTask {
                await alarms.run(on: clock) { await self.take(.timerFired($0.timer), for: $0.job) }
            }
            await withTaskGroup(of: Void.self) { workers in
                var running = 0
                for await item in self.work {
                    if running >= limit {
                        await workers.next()
                        running -= 1
                    }
                    workers.addTask { await self.perform(item) }
                    running += 1
                }
            }
            group.cancelAll()
        }
    }

    /// Ends well: every job is tried once more, without waiting, and then ``run()`` returns. Jobs that have not come to
    /// their end are kept, and the next run takes them up.
    public func shutDown() async {
        guard self.isRunning else { return }
        await withCheckedContinuation { continuation in
            self.stopping = (self.stopping ?? []) + [continuation]
            for name in self.jobs.keys.sorted() { self.take(.hurried, for: name) }
            self.stopWhenIdle()
        }
    }

    private func stopWhenIdle() {
        if self.stopping != nil, self.jobs.values.allSatisfy(\.isWaiting) { self.workQueue.finish() }
    }

    private func stopped() {
        self.isRunning = false
        for continuation in self.stopping ?? [] { continuation.resume() }
        self.stopping = nil
    }

    /// Takes a post of a media server.
    public func respond(to call: HTTPCall) async -> HTTPReply {
        guard let path = call.target?.segments, path.count == 4, path.starts(with: ["api", "contact-centers"]),
            path[3] == "recordings"
        else { return .status(.notFound, .notFound, "there is no such resource") }
        guard call.request.method == .post else {
            var reply = HTTPReply.status(.methodNotAllowed, .forbidden, "this resource knows POST only")
            reply.response.headerFields[.allow] = "POST"
            return reply
        }
        let post: MediaFilesPost
        do {
            post = try MediaFilesPost(parsing: call.body)
        } catch {
            let code: StatusReply.Code = error.code == .missing ? .requiredParameterMissing : .invalidRequestParameter
            return .status(.badRequest, code, error.message)
        }
        guard !post.mediaFiles.isEmpty else {
            return .status(.badRequest, .requiredParameterMissing, "mediaFiles is empty")
        }
        for record in JobRecord.records(of: post) {
            let name = record.name
            guard self.jobs[name] == nil else { continue }
            do {
                try self.files.replace(name, with: JSONCoding.encode(record))
            } catch {
                self.report(.alarm, "job.notKept", "a recording's job cannot be kept: \(error)")
                return .status(.serviceUnavailable, .internalError, "the job cannot be kept; try again later")
            }
            self.begin(record, named: name)
        }
        return .status(.ok, .success)
    }

    private func takeUp() async throws(StorageError) {
        for name in try self.files.names() where name.hasPrefix(JobRecord.prefix) && self.jobs[name] == nil {
            do {
                let record = try JSONCoding.decode(JobRecord.self, from: try await self.files.source(name).bytes())
                if self.jobs[name] == nil { self.begin(record, named: name) }
            } catch {
                // It stays where it is, for somebody to look at.
                self.report(.alarm, "job.unreadable", "\(name) cannot be read: \(error)")
            }
        }
    }

    private func begin(_ record: JobRecord, named name: String) {
        self.records[name] = record
        self.jobs[name] = ProcessingJob(
            files: record.post.mediaFiles, published: record.published, publisherCount: self.publishers.count,
            configuration: self.configuration)
        self.take(.begun, for: name)
    }

    private func take(_ event: ProcessingJob.Event, for name: String) {
        guard let effects = self.jobs[name]?.handle(event, at: self.clock.now) else { return }
        for effect in effects { self.perform(effect, for: name) }
        self.stopWhenIdle()
    }

    private func perform(_ effect: ProcessingJob.Effect, for name: String) {
        switch effect {
        case .readHistory(let call): self.workQueue.yield(.readHistory(call, job: name))
        case .publish(let recording, let number): self.workQueue.yield(.publish(recording, to: number, job: name))
        case .setTimer(let timer, let duration): self.alarms.set((name, timer), after: duration)
        case .report(let report): self.observer.observe(report)
        case .keep(let published):
            self.records[name]?.published = published
            guard let record = self.records[name] else { return }
            do {
                try self.files.replace(name, with: JSONCoding.encode(record))
            } catch {
                // After a restart the publisher is told once more, which it must bear.
                self.report(.warning, "job.notKept", "\(name) cannot be kept: \(error)")
            }
        case .finished:
            self.jobs[name] = nil
            self.records[name] = nil
            do {
                try self.files.remove(name)
            } catch {
                self.report(.warning, "job.notRemoved", "\(name) is done but cannot be removed: \(error)")
            }
        }
    }

    private func perform(_ work: Work) async {
        switch work {
        case .readHistory(let call, let job):
            do {
                self.take(.history(try await self.history.history(of: call)), for: job)
            } catch {
                self.take(.historyFailed(error), for: job)
            }
        case .publish(let recording, let number, let job):
            guard self.publishers.indices.contains(number) else { return }
            do {
                try await self.publishers[number].publish(recording)
                self.take(.published, for: job)
            } catch {
                self.take(.publishFailed(error), for: job)
            }
        }
    }

    private func report(_ level: CallReport.Level, _ name: String, _ message: String) {
        self.observer.observe(CallReport(level, "RecordingProcessor", name, message))
    }
}
