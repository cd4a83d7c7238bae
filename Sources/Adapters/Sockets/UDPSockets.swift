#if os(Linux)
    internal import CSockets
    internal import RTP
    private import Synchronization

    /// The open sockets of one transport.
    ///
    /// A socket that is given back is closed by the media thread before it looks for packets, and by nobody else: so no
    /// descriptor is ever used for the call after the one that it was opened for.
    final class UDPSockets: Sendable {
        /// The descriptors of one pair of ports.
        struct Pair: Sendable {
            var index: Int
            var port: UInt16
            var media: Int32
            var control: Int32
        }

        private struct State {
            var pool: PortPool
            /// By index; those that were given back stay here until they are closed.
            var open: [Pair?] = []
            var closing: [Pair] = []
        }

        let address: Endpoint
        let epoll: Int32
        let alarm: Int32
        private let state: Mutex<State>
        private let isClosing = Atomic(false)

        init(address: Endpoint, ports: Range<UInt16>) throws(TransportError) {
            let pool = PortPool(ports)
            guard pool.count > 0 else {
                throw TransportError(.unavailable, "\(ports) has no even port with an odd one after it")
            }
            // The usual limit of 1024 open files ends before 250 recorded calls have their ports.
            cs_allow_files(Int32(clamping: 2 * pool.count))
            self.address = address
            self.state = Mutex(State(pool: pool))
            self.epoll = cs_epoll_create()
            self.alarm = cs_alarm_create()
            guard self.epoll >= 0, self.alarm >= 0 else {
                throw TransportError(.failed, "the system gives no epoll or no eventfd; are too many files open?")
            }
        }

        deinit {
            for pair in self.state.withLock({ $0.open }) { if let pair { Self.close(pair) } }
            if self.epoll >= 0 { cs_close(self.epoll) }
            if self.alarm >= 0 { cs_close(self.alarm) }
        }

        /// Opens the pair that has been free the longest; those that other programs have are passed over.
        func openPair() throws(TransportError) -> Pair {
            let result: Result<Pair, TransportError> = self.state.withLock { state in
                var lastError: Int32 = 0
                for _ in 0..<state.pool.count {
                    guard let port = state.pool.take() else { break }
                    let index = state.open.firstIndex { $0 == nil } ?? state.open.count
                    switch self.open(port, index) {
                    case .success(let pair):
                        if index == state.open.count { state.open.append(pair) } else { state.open[index] = pair }
                        return .success(pair)
                    case .failure(let error):
                        lastError = error.number
                        state.pool.giveBack(port)
                    }
                }
                let reason = lastError == 0 ? "all are in use" : "the last was refused with errno \(lastError)"
                return .failure(
                    TransportError(.unavailable, "no pair of ports is free at \(self.address.host): \(reason)"))
            }
            return try result.get()
        }

        /// Has a pair closed at the media thread's next visit.
        func giveBack(_ pair: Pair) {
            self.state.withLock { $0.closing.append(pair) }
            self.isClosing.store(true, ordering: .releasing)
            cs_alarm_set(self.alarm)
        }

        /// Closes what was given back. On the media thread only.
        func closeWhatWasGivenBack() {
            guard self.isClosing.exchange(false, ordering: .acquiring) else { return }
            self.state.withLock { state in
                for pair in state.closing {
                    Self.close(pair)
                    state.open[pair.index] = nil
                    state.pool.giveBack(pair.port)
                }
                state.closing.removeAll()
            }
        }

        private struct SystemError: Error {
            var number: Int32
        }

        private func open(_ port: UInt16, _ index: Int) -> Result<Pair, SystemError> {
            let media = cs_open(cs_endpoint(self.address.withPort(port)))
            guard media >= 0 else { return .failure(SystemError(number: -media)) }
            let control = cs_open(cs_endpoint(self.address.withPort(port + 1)))
            guard control >= 0 else {
                cs_close(media)
                return .failure(SystemError(number: -control))
            }
            for (descriptor, isControl) in [(media, false), (control, true)] {
                let key = Self.key(descriptor, index, isControl: isControl)
                let error = cs_epoll_add(self.epoll, descriptor, key, true)
                guard error == 0 else {
                    cs_close(media)
                    cs_close(control)
                    return .failure(SystemError(number: -error))
                }
            }
            return .success(Pair(index: index, port: port, media: media, control: control))
        }

        private static func close(_ pair: Pair) {
            cs_close(pair.media)
            cs_close(pair.control)
        }

        /// All that the media thread must know of a socket, so that it need not look it up.
        private static func key(_ descriptor: Int32, _ index: Int, isControl: Bool) -> UInt64 {
            UInt64(UInt32(bitPattern: descriptor)) << 32 | UInt64(UInt32(truncatingIfNeeded: index)) << 1
                | (isControl ? 1 : 0)
        }

        /// What ``key(_:_:isControl:)`` put together.
        static func parts(of key: UInt64) -> (descriptor: Int32, index: Int, isControl: Bool) {
            (Int32(truncatingIfNeeded: key >> 32), Int((key & 0xFFFF_FFFF) >> 1), key & 1 != 0)
        }
    }

    extension cs_endpoint {
        init(_ endpoint: Endpoint) {
            self.init(
                high: UInt64(truncatingIfNeeded: endpoint.address >> 64),
                low: UInt64(truncatingIfNeeded: endpoint.address),
                port: endpoint.port, is_ipv6: endpoint.family == .ipv6)
        }

        var endpoint: Endpoint {
            self.is_ipv6
                ? Endpoint(ipv6: UInt128(self.high) << 64 | UInt128(self.low), port: self.port)
                : Endpoint(ipv4: UInt32(truncatingIfNeeded: self.low), port: self.port)
        }
    }
#endif
