import Synchronization

/// The last `GSIP_RECORD` that the T-Library client was told.
final class RecordingStateWatch: Sendable {
    private let state = Mutex("")

    func set(_ text: String) { self.state.withLock { $0 = text } }

    /// How the state looks in the moving line.
    var sign: String {
        switch self.state.withLock({ $0 }) {
        case "ON": "● REC   "
        case "PAUSED": "‖ PAUSED"
        case "OFF": "■ OFF   "
        default: "  -     "
        }
    }
}
