internal import CallCore
internal import RecordingAPI
public import RecordingStorage

/// What a node must know to bring a recording away, kept in the working directory beside its files.
///
/// On disk it is the very body that is posted to the Recording Processor, so that what a restart finds is what would
/// have been told. Files lie in the working directory under their media ids.
public struct UploadRecord: Hashable, Sendable {
    /// The recording's name: that of its files, without an extension.
    public var name: String
    /// The files, the one for playback first.
    public var mediaFiles: [MediaFile]

    /// Describes a finished recording.
    public init(name: String, mediaFiles: [MediaFile]) { (self.name, self.mediaFiles) = (name, mediaFiles) }

    /// Reads a record.
    ///
    /// - Parameter recordName: its name in the working directory.
    /// - Throws: `.corrupt` where it is none.
    public init(parsing bytes: [UInt8], recordName: String) throws(StorageError) {
        guard recordName.hasSuffix(Self.recordSuffix) else {
            throw StorageError(.corrupt, "'\(recordName)' is not the name of an upload record")
        }
        do throws(RecordingAPIError) {
            self.mediaFiles = try MediaFilesPost(parsing: bytes).mediaFiles
        } catch {
            throw StorageError(.corrupt, "the upload record '\(recordName)' cannot be read: \(error.message)")
        }
        self.name = String(recordName.dropLast(Self.recordSuffix.count))
    }

    /// The bytes of the record, and the body of the request.
    public func encoded() -> [UInt8] { MediaFilesPost(self.mediaFiles).encoded() }

    /// The local names of the files, in order.
    public var fileNames: [String] { self.mediaFiles.map(\.mediaID) }

    /// Where the metadata is posted.
    ///
    /// - Source: IVR Profile, `recordingclient.callrec_dest`.
    public var postPath: String {
        let tenant = self.mediaFiles.first?.tenant.rawValue ?? ""
        return "/api/contact-centers/\(Self.escaped(tenant))/recordings"
    }

    static let recordSuffix = ".upload.json"
    static let settledSuffix = ".settled"

    private static func escaped(_ segment: String) -> String {
        let digits = Array("0123456789ABCDEF")
        return segment.utf8.reduce(into: "") { text, byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
                text.unicodeScalars.append(Unicode.Scalar(byte))
            default: text += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
            }
        }
    }
}
