private import CallCore
internal import RecordingAPI
internal import RecordingStorage

/// A job as it is kept in the working directory.
struct JobRecord: Codable, Hashable {
    /// Names of jobs' files begin with this.
    static let prefix = "processing-"

    /// Present for the sake of later forms.
    var version = 1
    /// The files of one call.
    var post: MediaFilesPost
    /// How many publishers have accepted.
    var published = 0

    /// The name of the job's file: the same files described in the same way always have the same name, so that a post
    /// that comes twice is one job.
    var name: String {
        let content = self.post.encoded()
        var digits = ""
        for seed: UInt64 in [0xCBF2_9CE4_8422_2325, 0x9E37_79B9_7F4A_7C15] {
            var hash = seed
            for byte in content { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
            var tokens = TokenGenerator(seed: hash)
            digits += tokens.token()
        }
        return "\(Self.prefix)\(digits).json"
    }

    /// One job for each call of a post, in the order of the post.
    static func records(of post: MediaFilesPost) -> [JobRecord] {
        var order: [CallUUID] = []
        var files: [CallUUID: [MediaFile]] = [:]
        for file in post.mediaFiles {
            if files[file.callUUID] == nil { order.append(file.callUUID) }
            files[file.callUUID, default: []].append(file)
        }
        return order.map { JobRecord(post: MediaFilesPost(files[$0] ?? [])) }
    }
}
