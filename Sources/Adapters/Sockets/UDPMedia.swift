#if os(Linux)
    internal import CSockets
    public import RTP

    /// Media over UDP sockets of this machine, taken from the kernel many at a time.
    ///
    /// All sockets are watched by one epoll instance; packets are received into one ring that is used again and again, so
    /// nothing is allocated for a packet. Times of arrival are the kernel's, put onto the host's clock.
    ///
    /// - Complexity: of `wait` and `drain`, a few system calls a socket that has something, however many are open.
    public final class UDPMedia: MediaTransport, @unchecked Sendable {
        // Sendable by the port's promise: all that is not in `sockets` is used by the media thread alone.

        private let sockets: UDPSockets
        private let clock: @Sendable () -> MonotonicTime
        private let gathering: Duration
        private let ring: OpaquePointer
        private let keys: UnsafeMutablePointer<UInt64>
        private var lastVisit: MonotonicTime?

        /// How many sockets one system call tells of.
        private static let keyCount: Int32 = 256
        /// How many times 64 packets one socket may have at one visit, so that a flood at one does not starve the others.
        private static let ringsPerSocket = 16

        /// Opens no port yet. Raises this process's limit of open files so that all of `ports` can be open at one time,
        /// as far as the system allows it.
        ///
        /// - Parameters:
        ///   - address: where ports are opened, and what peers are told; its port does not matter.
        ///   - ports: from which pairs are taken, RTP even and RTCP odd.
        ///   - gathering: how soon after a visit the next one may be: a wait ends no earlier, unless woken. It delays
        ///     packets by as much, and makes a visit worth while where many calls are going on. By default 99 of 100 packets
        ///     of 200 calls are passed on within 2 ms.
        ///   - now: the host's clock, on which arrivals are told. It may be called from any thread.
        /// - Throws: `.unavailable` where `ports` has no pair, `.failed` where the system lends no descriptor.
        public init(
            address: Endpoint, ports: Range<UInt16>, gathering: Duration = .microseconds(1_500),
            now: @escaping @Sendable () -> MonotonicTime
        ) throws(TransportError) {
            self.sockets = try UDPSockets(address: address, ports: ports)
            guard let ring = cs_ring_create() else { throw TransportError(.failed, "no memory for received packets") }
            self.ring = ring
            self.keys = .allocate(capacity: Int(Self.keyCount))
            self.keys.initialize(repeating: 0, count: Int(Self.keyCount))
            (self.gathering, self.clock) = (gathering, now)
        }

        deinit {
            cs_ring_destroy(self.ring)
            self.keys.deallocate()
        }

        /// The time on the host's clock.
        public var now: MonotonicTime { self.clock() }

        /// Opens the pair of ports that has been free the longest.
        ///
        /// - Throws: `.unavailable` where none is free, or all are in use by other programs.
        public func openPort() throws(TransportError) -> any MediaPort {
            UDPPort(try self.sockets.openPair(), of: self.sockets)
        }

        /// Runs the media loop on a thread named `media`.
        ///
        /// Where the system gives no thread the loop runs on a task, rather than not at all.
        public func start(_ body: @escaping @Sendable () -> Void) {
            let context = Unmanaged.passRetained(Loop(body))
            let error = cs_thread_start(
                "media", { context in context.map { Unmanaged<Loop>.fromOpaque($0).takeRetainedValue().body() } },
                context.toOpaque())
            if error != 0 {
                context.release()
                Task.detached { body() }
            }
        }

        /// Blocks until media has arrived, ``wake()`` was called, or `timeout` has passed.
        public func wait(_ timeout: Duration) { self.wait(timeout, gathering: .zero) }

        /// Waits, and lets media gather for at least as long as this transport was told to.
        public func wait(_ timeout: Duration, gathering: Duration) {
            var rest = max(timeout, .zero)
            if let lastVisit {
                let pause = min(max(gathering, self.gathering) - (self.now - lastVisit), rest)
                if pause > .zero {
                    if self.isWoken(within: pause, byMedia: false) { return }
                    rest -= pause
                }
            }
            _ = self.isWoken(within: rest, byMedia: true)
        }

        private func isWoken(within time: Duration, byMedia: Bool) -> Bool {
            guard cs_wait(self.sockets.alarm, byMedia ? self.sockets.epoll : -1, time.nanoseconds) else { return false }
            cs_alarm_clear(self.sockets.alarm)
            return true
        }

        /// Ends a wait that is under way, or the next one.
        public func wake() { cs_alarm_set(self.sockets.alarm) }

        /// Hands over every datagram that has arrived, and closes the ports that were given back.
        ///
        /// Datagrams longer than 2 048 bytes are no media, and are dropped.
        public func drain(_ receive: (_ datagram: Span<UInt8>, _ arrival: MediaArrival) -> Void) {
            self.sockets.closeWhatWasGivenBack()
            let time = self.now
            self.lastVisit = time
            let skew = time.nanoseconds - cs_realtime()
            var ready: Int32
            var rounds = 0
            repeat {
                ready = cs_epoll_take(self.sockets.epoll, self.keys, Self.keyCount)
                for index in 0..<Int(max(ready, 0)) {
                    self.drain(self.keys[index], at: time, skew: skew, receive)
                }
                rounds += 1
                // The kernel tells of the other sockets first when asked again.
            } while ready == Self.keyCount && rounds < 64
        }

        private func drain(
            _ key: UInt64, at time: MonotonicTime, skew: Int64,
            _ receive: (_ datagram: Span<UInt8>, _ arrival: MediaArrival) -> Void
        ) {
            let (descriptor, port, isControl) = UDPSockets.parts(of: key)
            for _ in 0..<Self.ringsPerSocket {
                let count = cs_receive(self.ring, descriptor)
                guard count > 0 else {
                    if count < 0 { cs_epoll_again(self.sockets.epoll, descriptor, key) }
                    return
                }
                for place in 0..<count {
                    let datagram = cs_ring_datagram(self.ring, place)
                    guard datagram.length >= 0 else { continue }
                    let bytes = UnsafeBufferPointer(start: datagram.bytes, count: Int(datagram.length))
                    let arrival = MediaArrival(
                        port: port, isControl: isControl, source: datagram.source.endpoint,
                        time: Self.arrival(datagram.realtime, skew: skew, near: time))
                    receive(bytes.span, arrival)
                }
                // Fewer than there was space for: the socket was empty, and the kernel tells of what comes after that.
                if count < cs_ring_capacity() { return }
            }
            cs_epoll_again(self.sockets.epoll, descriptor, key)
        }

        /// The kernel's time on the host's clock; the time of the visit where somebody has set the date in between.
        private static func arrival(_ realtime: Int64, skew: Int64, near time: MonotonicTime) -> MonotonicTime {
            let arrival = MonotonicTime(nanoseconds: realtime &+ skew)
            return (arrival.nanoseconds &- time.nanoseconds).magnitude < 1_000_000_000 ? arrival : time
        }
    }

    private final class Loop: Sendable {
        let body: @Sendable () -> Void

        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
#endif
