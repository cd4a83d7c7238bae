import ArgumentParser
import CallRecording
import CallRecordingEmbedded
import CallRecordingHTTPServer
import CallRecordingLogging
import Foundation
import Logging
import ServiceLifecycle
import UnixSignals

/// The whole recording system as a long-running program.
@main
struct RecordingNode: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recording-node",
        abstract: "Registers phones, connects their calls, records them, and serves the recordings.",
        discussion: """
            Everything is set in one YAML file; Examples/RecordingNode/recording-node.yaml is one to start from. \
            SIGTERM and SIGINT stop the node well: calls are hung up, their recordings are finished and stored.
            """)

    @Option(help: "The configuration file.")
    var config: String

    @Flag(help: "Check the configuration file and stop.")
    var check = false

    func run() async throws {
        let node: NodeConfiguration
        do {
            node = try NodeConfiguration(yaml: try String(contentsOfFile: self.config, encoding: .utf8))
        } catch let error as ConfigurationError {
            FileHandle.standardError.write(Data("\(self.config): \(error)\n".utf8))
            throw ExitCode(78)
        } catch {
            FileHandle.standardError.write(Data("\(self.config) cannot be read: \(error.localizedDescription)\n".utf8))
            throw ExitCode(66)
        }
        if self.check {
            print("\(self.config) is right: \(node.switchConfiguration.dns.count) DNs")
            return
        }
        var logger = Logger(label: "recording-node")
        logger.logLevel = Logger.Level(rawValue: node.logLevel) ?? .info
        do {
            try await self.serve(node, logger)
        } catch {
            logger.critical("the node cannot go on: \(error)")
            throw ExitCode(1)
        }
    }

    private func serve(_ node: NodeConfiguration, _ logger: Logger) async throws {
        let ports = try await RecordingPorts.embedded(
            in: node.store, address: node.address, sipPort: node.sipPort, resourceManagerPort: node.resourceManagerPort,
            mediaServerPort: node.mediaServerPort, tLibraryPort: node.tLibraryPort, mediaPorts: node.mediaPorts,
            configuration: node.switchConfiguration, observer: LoggingObserver(logger: logger))
        let system = try await RecordingSystem(
            ports: ports, mediaServers: node.mediaServers.isEmpty ? nil : node.mediaServers)
        let web = try await HTTPHost(routes: system.routes, address: node.address, port: node.webPort)
        logger.info(
            "recording-node is up",
            metadata: [
                "sip": "\(ports.sip.localEndpoint)", "t-library": "\(ports.tLibrary.localEndpoint)",
                "page": "http://\(web.localEndpoint)/", "dns": "\(node.switchConfiguration.dns.count)",
            ])
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [
                    .init(service: WebService(web: web), successTerminationBehavior: .gracefullyShutdownGroup),
                    .init(service: SystemService(system: system), successTerminationBehavior: .gracefullyShutdownGroup),
                ],
                gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
        try await group.run()
        logger.info("recording-node has stopped: all calls ended, all recordings are stored or kept on this node")
    }
}

/// Ends calls and finishes recordings when the node is told to stop.
private struct SystemService: Service {
    let system: RecordingSystem

    func run() async throws {
        try await withGracefulShutdownHandler {
            try await self.system.run()
        } onGracefulShutdown: {
            Task { await self.system.shutDown() }
        }
    }
}

/// Serves the web until the node is told to stop.
private struct WebService: Service {
    let web: HTTPHost

    func run() async throws {
        try await cancelWhenGracefulShutdown { try await self.web.run() }
    }
}
