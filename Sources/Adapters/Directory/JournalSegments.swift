import CaptureJournal
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The files of a journal: which there are, what is in them, and the one that is written.
///
/// Everything but ``path``, ``earlierSegments()``, ``records(of:)`` and ``learn(_:of:)`` is called by the journal's thread
/// only.
final class JournalSegments: Sendable {
    let path: String

    private struct State: Sendable {
        /// Recordings in each segment; nil for one of an earlier run that has not been looked at.
        var contents: [String: Set<RecordingNumber>?] = [:]
        var current: String?
        var descriptor: Int32 = -1
        var byteCount = 0
        var sealer: SegmentSealer?
        var nextNumber = 1
        var earlier: Set<String> = []
        /// Locked as long as it is open.
        var folder: Int32 = -1
    }

    private let segmentByteCount: Int
    private let seal: JournalSeal?
    private let state: Mutex<State>

    init(path: String, seal: JournalSeal?, segmentByteCount: Int) throws(JournalError) {
        if mkdir(path, 0o700) != 0, errno != EEXIST { throw Self.error("cannot make the folder", path) }
        var state = State()
        state.folder = try Self.lock(path)
        for name in try Self.names(in: path) {
            state.contents[name] = .some(nil)
            state.earlier.insert(name)
            state.nextNumber = max(state.nextNumber, (Int(name.dropLast(Self.suffix.count)) ?? 0) + 1)
        }
        (self.path, self.seal, self.segmentByteCount) = (path, seal, segmentByteCount)
        self.state = Mutex(state)
    }

    deinit { self.close() }

    /// The segments of earlier runs that are still there, oldest first.
    func earlierSegments() throws(JournalError) -> [String] {
        let earlier = self.state.withLock { $0.earlier }
        return try Self.names(in: self.path).filter { earlier.contains($0) }
    }

    /// The records of a segment, opened where it is sealed; none where it has been removed meanwhile.
    ///
    /// - Throws: `.sealed` where it cannot be opened; `.failed` where it cannot be read.
    func records(of name: String) throws(JournalError) -> [UInt8] {
        let bytes = try self.read(name)
        guard JournalSeal.isSealed(bytes) else {
            // Whatever begins otherwise was sealed before its first bytes were damaged, or is none of ours.
            guard bytes.isEmpty || bytes[0] == UInt8(ascii: "R") || self.seal == nil else {
                throw JournalError(.sealed, "\(self.path)/\(name): its first bytes are damaged; it stays there")
            }
            return bytes
        }
        guard let seal = self.seal else {
            throw JournalError(
                .sealed, "\(self.path)/\(name) is sealed, and this journal was opened without a key; it stays there")
        }
        do throws(JournalError) {
            return try seal.open(bytes)
        } catch {
            throw JournalError(error.code, "\(self.path)/\(name) stays there: \(error.message)")
        }
    }

    /// Notes which recordings are in a segment of an earlier run, so that the journal's thread need not look.
    func learn(_ numbers: Set<RecordingNumber>, of name: String) {
        self.state.withLock { state in
            if state.contents[name] == .some(nil) { state.contents[name] = numbers }
        }
    }

    /// The bytes of a segment; none where it has been removed meanwhile.
    private func read(_ name: String) throws(JournalError) -> [UInt8] {
        let file = "\(self.path)/\(name)"
        let descriptor = open(file, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return [] }
            throw Self.error("cannot open", file)
        }
        defer { _ = Self.closeDescriptor(descriptor) }
        let length = lseek(descriptor, 0, SEEK_END)
        guard length >= 0, lseek(descriptor, 0, SEEK_SET) == 0 else { throw Self.error("cannot read", file) }
        var failed = false
        let bytes = [UInt8](unsafeUninitializedCapacity: Int(length)) { buffer, count in
            while count < buffer.count {
                let step = Self.readBytes(
                    descriptor, UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[count...])
                )
                if step < 0, errno == EINTR { continue }
                if step < 0 { failed = true }
                if step <= 0 { break }
                count += step
            }
        }
        if failed { throw Self.error("cannot read", file) }
        return bytes
    }

    /// Writes whole records and returns when they are on the disk.
    func commit(_ batch: [UInt8]) -> Result<Void, JournalError> {
        self.state.withLock { state in
            do throws(JournalError) {
                if state.descriptor < 0 || state.byteCount >= self.segmentByteCount { try self.begin(&state) }
                let bytes = try Self.bytes(of: batch, &state)
                do throws(JournalError) {
                    try self.write(bytes, to: state.descriptor)
                    guard Self.syncData(state.descriptor) == 0 else { throw Self.error("cannot sync", self.path) }
                } catch {
                    // Half a batch in the middle of a segment would be damage.
                    if ftruncate(state.descriptor, off_t(state.byteCount)) != 0
                        || lseek(state.descriptor, off_t(state.byteCount), SEEK_SET) < 0
                    {
                        Self.end(&state)
                    }
                    throw error
                }
                state.byteCount += bytes.count
                if let current = state.current {
                    let numbers = (state.contents[current] ?? nil) ?? []
                    state.contents[current] = numbers.union(JournalReader.recordings(in: batch.span))
                }
                return .success(())
            } catch {
                return .failure(error)
            }
        }
    }

    private static func bytes(of batch: [UInt8], _ state: inout State) throws(JournalError) -> [UInt8] {
        guard let header = state.sealer?.header else { return batch }
        let start = state.byteCount == 0 ? header : []
        return start + (try state.sealer?.seal(batch, at: state.byteCount + start.count) ?? [])
    }

    /// How many bytes the file system has left for this process; as many as can be told where it does not say.
    func freeByteCount() -> Int64 {
        var status = statvfs()
        guard statvfs(self.path, &status) == 0 else { return .max }
        return Int64(
            clamping: UInt64(status.f_bavail).multipliedReportingOverflow(by: UInt64(status.f_frsize)).partialValue)
    }

    /// Removes the segments all of whose recordings have been released.
    ///
    /// - Returns: the released recordings of which no segment is left.
    func remove(released: Set<RecordingNumber>) -> Set<RecordingNumber> {
        self.state.withLock { state in
            for (name, known) in state.contents where name != state.current || state.byteCount > 0 {
                let numbers = known ?? self.numbers(in: name, &state)
                guard let numbers, numbers.isSubset(of: released) else { continue }
                if name == state.current { Self.end(&state) }
                guard unlink("\(self.path)/\(name)") == 0 || errno == ENOENT else { continue }
                state.contents[name] = nil
                state.earlier.remove(name)
            }
            let left = state.contents.values.reduce(into: Set<RecordingNumber>()) { $0.formUnion($1 ?? []) }
            let hasUnknown = state.contents.values.contains { $0 == nil }
            return hasUnknown ? [] : released.subtracting(left)
        }
    }

    /// The recordings that an earlier run has released and of which segments may be left.
    func releasedEarlier() -> Set<RecordingNumber> {
        let bytes = (try? self.read(Self.releasedName)) ?? []
        return Set(
            stride(from: 0, to: bytes.count - bytes.count % 8, by: 8).map { start in
                RecordingNumber(rawValue: bytes[start..<start + 8].reduce(0) { $0 << 8 | UInt64($1) })
            })
    }

    /// Keeps which recordings have been released, so that the next run does not make them again.
    ///
    /// Where that cannot be kept they are made again after a crash, as if they had never been released.
    func note(released: Set<RecordingNumber>) {
        let file = "\(self.path)/\(Self.releasedName)"
        guard !released.isEmpty else {
            unlink(file)
            return
        }
        let bytes = released.sorted().flatMap { number in
            (0..<8).reversed().map { UInt8(truncatingIfNeeded: number.rawValue >> UInt64(8 * $0)) }
        }
        let descriptor = open(file + ".new", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return }
        let isWritten = (try? self.write(bytes, to: descriptor)) != nil && Self.syncData(descriptor) == 0
        _ = Self.closeDescriptor(descriptor)
        if isWritten { rename(file + ".new", file) }
    }

    /// Ends the segment that is written, and lets others use the folder.
    func close() {
        self.state.withLock { state in
            Self.end(&state)
            if state.folder >= 0 { _ = Self.closeDescriptor(state.folder) }
            state.folder = -1
        }
    }

    private static func end(_ state: inout State) {
        if state.descriptor >= 0 { _ = self.closeDescriptor(state.descriptor) }
        (state.descriptor, state.current, state.sealer) = (-1, nil, nil)
    }

    /// The recordings in a segment of an earlier run; nil where they cannot be told.
    private func numbers(in name: String, _ state: inout State) -> Set<RecordingNumber>? {
        do throws(JournalError) {
            let numbers = JournalReader.allRecordings(in: try self.records(of: name))
            state.contents[name] = numbers
            return numbers
        } catch {
            // A segment that does not open stays, and does not keep what is known of others.
            if error.code == .sealed { state.contents[name] = nil }
            return nil
        }
    }

    private func begin(_ state: inout State) throws(JournalError) {
        Self.end(&state)
        let digits = String(state.nextNumber)
        let name = String(repeating: "0", count: max(0, 10 - digits.count)) + digits + Self.suffix
        let file = "\(self.path)/\(name)"
        let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.error("cannot make", file) }
        // The name must outlive a crash as well as the bytes.
        let folder = open(self.path, O_RDONLY | O_CLOEXEC)
        guard folder >= 0, fsync(folder) == 0 else {
            if folder >= 0 { _ = Self.closeDescriptor(folder) }
            _ = Self.closeDescriptor(descriptor)
            unlink(file)
            throw Self.error("cannot sync the folder", self.path)
        }
        _ = Self.closeDescriptor(folder)
        state.nextNumber += 1
        (state.descriptor, state.current, state.byteCount) = (descriptor, name, 0)
        state.contents[name] = .some([])
        // The system's random bytes: no two segments have the same key.
        state.sealer = self.seal?.begin(
            salt: (0..<JournalSeal.saltByteCount).map { _ in UInt8.random(in: 0 ... .max) })
    }

    private func write(_ batch: [UInt8], to descriptor: Int32) throws(JournalError) {
        let failed = batch.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let step = Self.writeBytes(descriptor, UnsafeRawBufferPointer(rebasing: rest))
                if step < 0, errno == EINTR { continue }
                if step <= 0 { return true }
                rest = rest.dropFirst(step)
            }
            return false
        }
        if failed { throw Self.error("cannot write to the journal in", self.path) }
    }

    /// Opens a folder for this journal alone. A journal that has just been closed may still be writing its last batch, so
    /// it is given a while.
    private static func lock(_ path: String) throws(JournalError) -> Int32 {
        let folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw self.error("cannot open the folder", path) }
        for attempt in 0...Self.lockAttempts {
            if flock(folder, LOCK_EX | LOCK_NB) == 0 { return folder }
            guard errno == EWOULDBLOCK || errno == EINTR else { break }
            if attempt < Self.lockAttempts { usleep(20_000) }
        }
        let isInUse = errno == EWOULDBLOCK
        defer { _ = self.closeDescriptor(folder) }
        guard isInUse else { throw self.error("cannot lock the folder", path) }
        throw JournalError(
            .inUse,
            "the journal in \(path) is used by another process, or by another journal of this one: two would remove what "
                + "the other still needs. Stop the other, or give this one a folder of its own")
    }

    private static let lockAttempts = 100
    private static let suffix = ".journal"
    private static let releasedName = "released"

    private static func names(in path: String) throws(JournalError) -> [String] {
        guard let folder = opendir(path) else { throw self.error("cannot read the folder", path) }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name.hasSuffix(self.suffix) { names.append(name) }
        }
        return names.sorted()
    }

    private static func error(_ what: String, _ path: String) -> JournalError {
        let number = errno
        let reason = String(cString: strerror(number))
        let isFull = number == ENOSPC || number == EDQUOT
        return JournalError(isFull ? .full : .failed, "\(what) \(path): \(reason)")
    }
}

// The C functions whose names are those of methods above.
extension JournalSegments {
    private static func closeDescriptor(_ descriptor: Int32) -> Int32 {
        #if canImport(Glibc)
            Glibc.close(descriptor)
        #elseif canImport(Musl)
            Musl.close(descriptor)
        #else
            Darwin.close(descriptor)
        #endif
    }

    private static func readBytes(_ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
        #if canImport(Glibc)
            Glibc.read(descriptor, buffer.baseAddress, buffer.count)
        #elseif canImport(Musl)
            Musl.read(descriptor, buffer.baseAddress, buffer.count)
        #else
            Darwin.read(descriptor, buffer.baseAddress, buffer.count)
        #endif
    }

    private static func writeBytes(_ descriptor: Int32, _ buffer: UnsafeRawBufferPointer) -> Int {
        #if canImport(Glibc)
            Glibc.write(descriptor, buffer.baseAddress, buffer.count)
        #elseif canImport(Musl)
            Musl.write(descriptor, buffer.baseAddress, buffer.count)
        #else
            Darwin.write(descriptor, buffer.baseAddress, buffer.count)
        #endif
    }

    private static func syncData(_ descriptor: Int32) -> Int32 {
        #if canImport(Darwin)
            fcntl(descriptor, F_FULLFSYNC)
        #else
            fdatasync(descriptor)
        #endif
    }
}
