public import CallCore
public import HTTPMessaging
private import InteractionReceiver
private import MediaControlPlatform
private import Playback
private import RecordingProcessor
private import RecordingWebServices
private import ResourceManager
private import SIPServer

/// The whole way of a call in one process: SIP Server, Resource Manager, Media Control Platform, Recording Processor, the web services
/// and Interaction Receiver, joined by the host's ports.
///
/// ```swift
/// let system = try await RecordingSystem(ports: ports)
/// try await system.run()
/// ```
public final class RecordingSystem: Sendable {
    /// What a web server must serve: path prefixes, the longest first, with the service that answers there.
    public let routes: [(prefix: String, service: any HTTPService)]

    private let server: B2BUA
    private let broker: MediaResourceBroker
    private let mediaServer: MediaServer
    private let processor: RecordingAssembler
    private let end = AsyncStream<Never>.makeStream()

    /// Joins the boxes.
    ///
    /// - Parameters:
    ///   - mediaServers: the pool that Resource Manager chooses from; nil for the media server of this process alone.
    ///   - gate: is asked before every request that comes by ``routes``, and not by the boxes among themselves; by
    ///     default everybody who reaches the web server may hear and delete recordings.
    ///   - seed: what the names that must not repeat are made from; chosen at random by default. Never the same twice
    ///     over one journal or store: recordings would be taken for those of the run before.
    /// - Throws: where the configuration cannot be read or is wrong.
    public init(
        ports: RecordingPorts, mediaServers: [MediaResource]? = nil, gate: GatedService.Gate? = nil,
        seed: UInt64 = .random(in: .min ... .max)
    ) async throws(ConfigurationError) {
        let configuration = try await ports.configuration.configuration()
        var seeds = TokenGenerator(seed: seed)
        let stores = [ports.recordings] + (ports.analytics.map { [$0] } ?? [])
        let webServices = RecordingWebService(metadata: ports.metadata, stores: stores)
        let webExchange = InProcessExchange(webServices)
        var publishers: [any RecordingPublisher] = [
            RWSPublisher(over: webExchange, contactCenter: configuration.tenant.rawValue)
        ]
        var routes: [(prefix: String, service: any HTTPService)] = [
            ("/api/", webServices), ("/internal-api/", webServices),
        ]
        if let interactions = ports.interactions, let analytics = ports.analytics {
            let receiver = InteractionSink(source: analytics, store: interactions, observer: ports.observer)
            publishers.append(
                InteractionReceiverPublisher(
                    over: InProcessExchange(receiver), contactCenter: configuration.tenant.rawValue))
            routes.append(("/interactionreceiver", receiver))
        }
        self.processor = RecordingAssembler(
            files: ports.backlog, history: ports.history, publishers: publishers + ports.publishers, clock: ports.clock,
            observer: ports.observer)
        routes.append(("/api/contact-centers/", self.processor))
        self.mediaServer = MediaServer(
            sip: ports.mediaServer, media: ports.media, journal: ports.journal, formats: ports.formats,
            payloads: ports.payloads,
            recordings: ports.recordings, analytics: ports.analytics, workingDirectory: ports.spool,
            processor: InProcessExchange(self.processor),
            configuration: MediaServerConfiguration(
                tenant: configuration.tenant, profile: configuration.profile, sounds: ports.sounds),
            clock: ports.clock,
            observer: ports.observer, seed: seeds.next())
        self.broker = MediaResourceBroker(
            sip: ports.resourceManager,
            mediaServers: mediaServers
                ?? [MediaResource(name: "mcp", endpoint: ports.mediaServer.localEndpoint)],
            configuration: configuration, clock: ports.clock, observer: ports.observer, seed: seeds.next(),
            selection: ports.selection)
        self.server = B2BUA(
            sip: ports.sip, tLibrary: ports.tLibrary, resourceManager: ports.resourceManager.localEndpoint,
            configuration: configuration, history: ports.history, clock: ports.clock, observer: ports.observer,
            seed: seeds.next(), policy: ports.policy)
        routes.append(("/", PlaybackPage()))
        if let gate {
            for index in routes.indices { routes[index].service = GatedService(routes[index].service, gate: gate) }
        }
        self.routes = routes.sorted { $0.prefix.utf8.count > $1.prefix.utf8.count }
    }

    /// Serves calls until the surrounding task is cancelled or ``shutDown()`` has done its work. Call it once.
    ///
    /// Cancelling ends at once; what was captured until then is in the journal, and the next start makes recordings of it.
    ///
    /// - Throws: where a transport broke; the message says which.
    public func run() async throws {
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                try await self.server.run()
                return false
            }
            group.addTask {
                try await self.broker.run()
                return false
            }
            group.addTask {
                try await self.mediaServer.run()
                return false
            }
            group.addTask {
                try await self.processor.run()
                return false
            }
            group.addTask {
                for await _ in self.end.stream {}
                return true
            }
            defer { group.cancelAll() }
            // A box that breaks throws and ends all: a system with a box missing would lose calls silently.
            while let isLast = try await group.next() {
                if isLast { break }
            }
        }
    }

    /// Ends well: calls are hung up, their recordings are finished, stored and made known; then ``run()`` returns.
    ///
    /// What cannot be delivered meanwhile stays on the node, and the next start goes on with it.
    public func shutDown() async {
        await self.server.shutDown()
        await self.mediaServer.shutDown()
        await self.processor.shutDown()
        self.end.continuation.finish()
    }
}
