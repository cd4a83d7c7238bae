public import CallAudio
private import Foundation

extension SoundLibrary {
    /// Reads the WAV files of a folder; each is then called `file:<name>`. A folder that is not there has none.
    ///
    /// - Throws: where a file cannot be read or played; the message says which, and what to make of it.
    public init(directory: String) throws(AudioError) {
        self.init()
        let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
        for name in names.sorted() where name.lowercased().hasSuffix(".wav") {
            let path = directory + "/" + name
            do throws(AudioError) {
                guard let file = FileHandle(forReadingAtPath: path) else {
                    throw AudioError(.failed, "it cannot be opened")
                }
                // One byte more than is read shows that there is more.
                let bytes = (try? file.read(upToCount: SoundClip.maximumFileByteCount + 1)) ?? Data()
                self["file:" + name] = try SoundClip(wav: [UInt8](bytes))
            } catch {
                throw AudioError(error.code, "\(path): \(error.message)")
            }
        }
    }
}
