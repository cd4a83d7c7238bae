import ArgumentParser
import CallRecording
import Foundation

/// Records a call between two softphones through the whole system, in one process, and checks the file.
@main
struct CallHarness: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "./Examples/run",
        abstract: "Records a call between two softphones, from SIP to the playable file, and checks the sound.",
        discussion: """
            A customer (7002) calls an agent (7001). A T-Library client asks for the recording, pauses it while the \
            customer says a card number, resumes and stops it. The call takes half a minute. The exit code is 0 only if \
            the stored file was read back and holds the right party in the right channel, at the right time, and silence \
            in the pause.
            """)

    enum Trigger: String, ExpressibleByArgument, CaseIterable {
        case client, always
    }

    enum Format: String, CaseIterable {
        case mp3Mono = "mp3-8"
        case mp3 = "mp3-16"
        case mp3Wide = "mp3-32"
        case wav
    }

    @Option(help: "Who asks for the recording: 'client' (a T-Library client) or 'always' (the DN option record=true).")
    var record = Trigger.client

    @Option(
        help:
            "Files to make, one or two of mp3-8 (mono), mp3-16, mp3-32 (stereo) and wav (G.711); the second is for analytics."
    )
    var formats = "mp3-16,wav"

    @Option(help: "The folder that keeps recordings, metadata and call history from run to run.")
    var store = "./recordings"

    @Option(help: "Port of the page and the web services; 0 for any.")
    var port: UInt16 = 8080

    @Flag(help: "Let both parties hear a beep every few seconds, and check that they do.")
    var beep = false

    @Flag(help: "Keep the page up after the call, until Ctrl-C.")
    var serve = false

    func validate() throws {
        _ = try self.chosenFormats()
    }

    func chosenFormats() throws -> [Format] {
        let formats = try self.formats.split(separator: ",").map { name in
            guard let format = Format(rawValue: String(name)) else {
                throw ValidationError(
                    "--formats knows \(Format.allCases.map(\.rawValue).joined(separator: ", ")); not '\(name)'")
            }
            return format
        }
        guard (1...2).contains(formats.count) else { throw ValidationError("--formats takes one or two formats") }
        guard Set(formats.map { $0 == .wav }).count == formats.count else {
            throw ValidationError("--formats takes one MP3 format and wav: each kind of file is made once")
        }
        return formats
    }

    func profile() throws -> IVRProfile {
        let formats = try self.chosenFormats()
        let mp3 = formats.first { $0 != .wav }
        let types = formats.map { $0 == .wav ? "audio/wav" : "audio/mp3" }
        return IVRProfile(
            type: types[0], type2: types.count > 1 ? types[1] : nil,
            bitRate: mp3 == .mp3Mono ? 8_000 : mp3 == .mp3Wide ? 32_000 : 16_000, channels: mp3 == .mp3Mono ? 1 : 2,
            prompts: self.beep ? RecordingPrompts(beep: RecordingBeep(silence: .seconds(5))) : .none)
    }

    func run() async throws {
        let view = LiveView()
        do {
            let stage = try await HarnessStage.build(
                store: self.store, port: self.port, profile: try self.profile(), recordAlways: self.record == .always,
                view: view)
            let passed = try await stage.perform(askedByClient: self.record == .client, serve: self.serve)
            if !passed { throw ExitCode(1) }
        } catch let error as ExitCode {
            throw error
        } catch {
            view.line("✘ \(error)")
            throw ExitCode(1)
        }
    }
}
