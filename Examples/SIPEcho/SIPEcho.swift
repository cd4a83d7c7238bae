import ArgumentParser
import CallRecordingNIO
import Foundation
import SIP

/// A user agent to try peers against: it takes every call, or makes some, over UDP and TCP. No sound is sent.
@main struct SIPEcho: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sip-echo",
        abstract: "Takes every SIP call, or makes some, over UDP and TCP.",
        discussion: """
            The user part of the URI that is called says what is done: `ringing` is never answered, `busy` is refused, \
            `early` gets a description before the answer, `reinvite` a new offer and then BYE, `hangup` BYE; all others \
            are answered, and follow the caller. A REFER is followed by a call. REGISTER and OPTIONS are answered by 200.
            """)

    @Option(help: "The address and port to listen at.") var listen = "127.0.0.1:5060"
    @Option(help: "Call this URI, with a numeric host; its transport parameter says how.") var call: String?
    @Option(help: "How many calls to make, one after the other.") var count = 1
    @Flag(help: "Make a new offer in each call.") var reinvite = false
    @Flag(help: "Take each call back while it rings.") var cancel = false
    @Option(help: "Whom calls are from, and whose password is asked for.") var user = "echo"
    @Option(help: "Answers challenges; with a realm, challenges INVITE and REGISTER.") var password: String?
    @Option(help: "The realm of our own challenges.") var realm: String?

    func run() async throws {
        let parts = self.listen.split(separator: ":")
        guard parts.count == 2, let port = UInt16(parts[1]), let endpoint = Endpoint(host: parts[0], port: port) else {
            throw ValidationError("--listen wants ADDRESS:PORT, for example 127.0.0.1:5060")
        }
        let transport = try await SIPTransport.bind(to: endpoint)
        let agent = EchoAgent(transport, user: self.user)
        if let password { await agent.authenticate(password: password, realm: self.realm) }
        let running = Task { try await transport.run { await agent.handle(.received($0, from: $1)) } }
        FileHandle.standardError.write(Data("sip-echo listens at \(transport.localEndpoint)\n".utf8))
        guard let call else { return try await running.value }
        guard let uri = SIPURI(call), let destination = uri.endpoint else {
            throw ValidationError("--call wants a SIP URI with a numeric host, for example sip:a@127.0.0.1:5080")
        }
        let plan = EchoAgent.Plan(offersAgain: self.reinvite, takesBack: self.cancel)
        var failures: [String] = []
        for _ in 0..<self.count {
            if let failure = await agent.call(uri, at: destination, plan) { failures.append(failure) }
        }
        running.cancel()
        try? await running.value
        guard failures.isEmpty else {
            throw ValidationError("\(failures.count) of \(self.count) calls failed: \(failures[0])")
        }
    }
}
