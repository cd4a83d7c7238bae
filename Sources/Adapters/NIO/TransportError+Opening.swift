internal import CallCore
internal import NIOCore

#if canImport(Darwin)
    private import Darwin
#else
    private import Glibc
#endif

extension TransportError {
    /// Says why an address could not be bound, and what to do.
    init(binding wire: String, to endpoint: Endpoint, _ error: any Error) {
        let advice =
            switch (error as? IOError)?.errnoCode {
            case EADDRINUSE: "it is in use: stop the program that has it, or choose another port (0 for any)"
            case EADDRNOTAVAIL: "this machine has no such address: choose one of its own"
            case EACCES, EPERM: "it is not allowed: choose a port from 1024 up, or run with the right to bind it"
            default: "\(error)"
            }
        self.init(.unavailable, "Cannot bind \(wire) \(endpoint): \(advice)")
    }

    /// Says why a peer could not be reached, and what to do.
    init(connectingTo endpoint: Endpoint, _ error: any Error) {
        if let error = error as? ChannelError, case .connectTimeout = error {
            self.init(.timedOut, "No answer from \(endpoint): see whether it runs and whether a firewall is between")
            return
        }
        let advice =
            switch (error as? IOError)?.errnoCode {
            case ECONNREFUSED: "nothing listens there: start the server, or put the port right"
            case ENETUNREACH, EHOSTUNREACH: "no route leads there: put the address or the network right"
            default: "\(error)"
            }
        self.init(.unreachable, "Cannot connect to \(endpoint): \(advice)")
    }
}
