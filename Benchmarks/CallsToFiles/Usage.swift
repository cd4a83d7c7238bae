import Foundation

/// What this process has used.
struct Usage {
    /// - Unit: seconds of CPU, in the program and in the kernel.
    var total: Double
    /// - Unit: seconds of CPU, in the kernel.
    var kernel: Double

    static var now: Usage {
        var usage = rusage()
        getrusage(RUSAGE_SELF.asWho, &usage)
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1_000_000 }
        let kernel = seconds(usage.ru_stime)
        return Usage(total: seconds(usage.ru_utime) + kernel, kernel: kernel)
    }

    static func - (left: Usage, right: Usage) -> Usage {
        Usage(total: left.total - right.total, kernel: left.kernel - right.kernel)
    }

    /// The most memory that was resident since ``forgetPeak()``; 0 where the system does not say.
    ///
    /// - Unit: bytes.
    static var peakBytes: Int { self.status("VmHWM:") }

    /// - Unit: bytes.
    static var residentBytes: Int { self.status("VmRSS:") }

    static func forgetPeak() { try? "5".write(toFile: "/proc/self/clear_refs", atomically: false, encoding: .utf8) }

    /// Two sockets a party are more files than a process may open by default.
    static func raiseDescriptorLimit(to count: Int) throws {
        var limit = rlimit()
        guard getrlimit(RLIMIT_NOFILE.asResource, &limit) == 0, limit.rlim_cur < rlim_t(count) else { return }
        limit.rlim_cur = min(rlim_t(count), limit.rlim_max)
        setrlimit(RLIMIT_NOFILE.asResource, &limit)
    }

    private static func status(_ name: String) -> Int {
        let lines = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8))?.split(separator: "\n") ?? []
        guard let line = lines.first(where: { $0.hasPrefix(name) }) else { return 0 }
        return line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) }.map { $0 * 1_024 } ?? 0
    }
}

#if canImport(Glibc)
    extension __rusage_who {
        var asWho: __rusage_who_t { __rusage_who_t(self.rawValue) }
    }

    extension __rlimit_resource {
        var asResource: __rlimit_resource_t { __rlimit_resource_t(self.rawValue) }
    }
#else
    extension Int32 {
        var asWho: Int32 { self }
        var asResource: Int32 { self }
    }
#endif
