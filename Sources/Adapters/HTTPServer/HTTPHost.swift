public import CallCore
public import HTTPMessaging
private import HTTPTypes
private import Hummingbird
private import Logging
private import NIOCore
private import RecordingStorage

/// Serves HTTP services over TCP, on hummingbird.
///
/// ```swift
/// let host = try await HTTPHost(routes: [("/", PlaybackPage())], address: "127.0.0.1", port: 8080)
/// print("http://\(host.localEndpoint)/")
/// try await host.run()
/// ```
/// A request goes to the service with the longest prefix that its path begins with, and the service sees the whole path.
/// Bodies of requests are read into memory and may have 8 MiB at most; bodies of replies are sent as they are read.
public final class HTTPHost: Sendable {
    /// Where clients reach the services: the port is the one that was bound.
    public let localEndpoint: Endpoint

    private let server: Task<Void, any Error>

    /// Binds the port. Clients are answered from then on, until ``run()`` has ended or the host is gone.
    ///
    /// - Parameters:
    ///   - routes: path prefixes, each with the service that answers there. `/api` and `/api/` are the same and do not cover
    ///     `/apis`; `/` covers everything.
    ///   - address: numeric address, or name of the machine, on which to listen.
    ///   - port: 0 for any that is free.
    /// - Throws: `.unavailable` where the port cannot be had.
    public init(
        routes: [(prefix: String, service: any HTTPService)], address: String, port: UInt16
    ) async throws(TransportError) {
        var logger = Logger(label: "call-recording.http")
        // The server calls its own cancellation an error.
        logger.logLevel = .critical
        let (bound, binding) = AsyncStream.makeStream(of: SocketAddress?.self)
        let application = Application(
            responder: ServiceResponder(routes: routes),
            server: .http1(configuration: .init(idleTimeout: .seconds(60))),
            configuration: ApplicationConfiguration(address: .hostname(address, port: Int(port))),
            onServerRunning: { binding.yield($0.localAddress) }, logger: logger)
        let server = Task {
            defer { binding.finish() }
            try await application.run()
        }
        var socket: SocketAddress?
        for await found in bound {
            socket = found
            break
        }
        guard let socket, let host = socket.ipAddress, let number = socket.port.flatMap({ UInt16(exactly: $0) }),
            let endpoint = Endpoint(host: host, port: number)
        else {
            server.cancel()
            var reason = "no address was bound"
            do { try await server.value } catch { reason = "\(error)" }
            throw TransportError(.unavailable, "cannot listen on \(address):\(port): \(reason)")
        }
        (self.localEndpoint, self.server) = (endpoint, server)
    }

    deinit { self.server.cancel() }

    /// Serves until the surrounding task is cancelled; returns once every connection is closed.
    ///
    /// - Throws: `.failed` where the server broke.
    public func run() async throws {
        let server = self.server
        do {
            try await withTaskCancellationHandler {
                try await server.value
            } onCancel: {
                server.cancel()
            }
        } catch is CancellationError {
            return
        } catch {
            throw TransportError(.failed, "the web server at \(self.localEndpoint) broke: \(error)")
        }
    }
}
