#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Wakes one waiting thread; a signal that was raised while nobody waited is kept.
///
/// Sendable because the mutex inside guards the flag, and the pointers never change.
final class JournalSignal: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var isRaised = false

    init() {
        pthread_mutex_init(self.mutex, nil)
        pthread_cond_init(self.condition, nil)
    }

    deinit {
        pthread_cond_destroy(self.condition)
        pthread_mutex_destroy(self.mutex)
        self.condition.deallocate()
        self.mutex.deallocate()
    }

    /// Wakes who waits, or who waits next.
    func raise() {
        pthread_mutex_lock(self.mutex)
        self.isRaised = true
        pthread_cond_signal(self.condition)
        pthread_mutex_unlock(self.mutex)
    }

    /// Blocks the thread until the signal is raised, and lowers it; a second at most.
    func wait() {
        var deadline = timespec()
        clock_gettime(CLOCK_REALTIME, &deadline)
        deadline.tv_sec += 1
        pthread_mutex_lock(self.mutex)
        while !self.isRaised {
            if pthread_cond_timedwait(self.condition, self.mutex, &deadline) != 0 { break }
        }
        self.isRaised = false
        pthread_mutex_unlock(self.mutex)
    }
}
