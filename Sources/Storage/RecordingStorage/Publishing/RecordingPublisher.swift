/// Where a finished recording is made known: the web services first, then the analytics that listen. Open: conform as you
/// like.
///
/// Called at least once a recording; the same recording again must change nothing.
public protocol RecordingPublisher: Sendable {
    /// Makes a recording known, and returns when the receiver has taken it.
    func publish(_ recording: Recording) async throws(StorageError)
}
