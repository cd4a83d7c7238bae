import CallRecording
import Yams

/// What stands in the configuration file of a recording node.
struct NodeConfiguration {
    var address = "127.0.0.1"
    var sipPort: UInt16 = 5060
    var resourceManagerPort: UInt16 = 5070
    var mediaServerPort: UInt16 = 5080
    var tLibraryPort: UInt16 = 3000
    var webPort: UInt16 = 8080
    var mediaPorts: Range<UInt16> = 20_000..<24_000
    var store = "./recordings"
    var logLevel = "info"
    var mediaServers: [MediaResource] = []
    var switchConfiguration = SwitchConfiguration()

    /// Reads a configuration file.
    ///
    /// - Throws: `ConfigurationError` with the line and what is wrong there.
    init(yaml text: String) throws(ConfigurationError) {
        let root: Node
        do {
            guard let node = try compose(yaml: text) else { throw ConfigurationError("the file is empty", line: 1) }
            root = node
        } catch let error as ConfigurationError {
            throw error
        } catch YamlError.scanner(_, let problem, let mark, _), YamlError.parser(_, let problem, let mark, _),
            YamlError.composer(_, let problem, let mark, _)
        {
            throw ConfigurationError("this is not YAML: \(problem)", line: mark.line)
        } catch YamlError.duplicatedKeysInMapping(let keys, let context) {
            throw ConfigurationError(
                "\(keys.map { "'\($0)'" }.joined(separator: ", ")) stands twice in one mapping", line: context.mark.line
            )
        } catch {
            throw ConfigurationError("this is not YAML: \(error)")
        }
        let file = try YAMLReader(
            root, "the file",
            keys: [
                "tenant", "tenant-dbid", "application", "address", "ports", "store", "dns", "agents", "ivr-profile",
                "recording-filename", "media-servers", "log-level",
            ])
        try self.readNode(file)
        try self.readSwitch(file)
    }

    private mutating func readNode(_ file: YAMLReader) throws(ConfigurationError) {
        self.store = try file.text("store") ?? self.store
        let levels = ["debug", "info", "warning", "error"]
        self.logLevel =
            try file.choice("log-level", Dictionary(uniqueKeysWithValues: levels.map { ($0, $0) })) ?? "info"
        if let address = try file.text("address"), let node = file.node("address") {
            guard Endpoint(host: address, port: 0)?.isUnspecified == false else {
                throw file.wrong("address", "a numeric address that phones can reach, such as 127.0.0.1", node)
            }
            self.address = address
        }
        if let node = file.node("ports") {
            let ports = try YAMLReader(
                node, "ports", keys: ["sip", "resource-manager", "media-server", "t-library", "web", "media"])
            self.sipPort = try ports.port("sip", default: self.sipPort)
            self.resourceManagerPort = try ports.port("resource-manager", default: self.resourceManagerPort)
            self.mediaServerPort = try ports.port("media-server", default: self.mediaServerPort)
            self.tLibraryPort = try ports.port("t-library", default: self.tLibraryPort)
            self.webPort = try ports.port("web", default: self.webPort)
            if let text = try ports.text("media"), let node = ports.node("media") {
                let ends = text.split(separator: "-").map { UInt16($0) }
                guard ends.count == 2, let first = ends[0], let last = ends[1], first > 0, last > first + 3 else {
                    throw ports.wrong("media", "a range of ports such as 20000-23999", node)
                }
                self.mediaPorts = first..<last
            }
        }
        for item in try file.list("media-servers") {
            let server = try YAMLReader(item, "a media server", keys: ["name", "address"])
            let text = try server.text(required: "address")
            let parts = text.split(separator: ":")
            guard parts.count == 2, let port = UInt16(parts[1]), let endpoint = Endpoint(host: parts[0], port: port)
            else {
                throw server.wrong(
                    "address", "an address and port such as 127.0.0.1:5080", server.node("address") ?? item)
            }
            self.mediaServers.append(MediaResource(name: try server.text("name") ?? text, endpoint: endpoint))
        }
    }

    private mutating func readSwitch(_ file: YAMLReader) throws(ConfigurationError) {
        if let tenant = try file.text("tenant") { self.switchConfiguration.tenant = TenantName(rawValue: tenant) }
        self.switchConfiguration.tenantDBID = try file.number("tenant-dbid", in: 1...1_000_000_000) ?? 1
        if let name = try file.text("application") { self.switchConfiguration.applicationName = name }
        if let name = try file.text("recording-filename") { self.switchConfiguration.recordingFilename = name }
        for item in try file.list("agents") {
            let agent = try YAMLReader(item, "an agent", keys: ["id", "first-name", "last-name"])
            let id = AgentID(rawValue: try agent.text(required: "id"))
            self.switchConfiguration.agents[id] = Agent(
                id: id, firstName: try agent.text("first-name") ?? "", lastName: try agent.text("last-name") ?? "")
        }
        for item in try file.list("dns") { try self.readDN(item) }
        guard !self.switchConfiguration.dns.isEmpty else {
            throw ConfigurationError("'dns' must list at least one DN, or no phone can register")
        }
        if let node = file.node("ivr-profile") { try self.readProfile(node) }
    }

    private mutating func readDN(_ item: Node) throws(ConfigurationError) {
        let entry = try YAMLReader(item, "a DN", keys: ["number", "type", "record", "contact", "agent"])
        let number = DN(try entry.text(required: "number"))
        guard self.switchConfiguration.dns[number] == nil else {
            throw ConfigurationError("the DN \(number) stands twice", line: item.mark?.line)
        }
        let types = Dictionary(uniqueKeysWithValues: DNType.allCases.map { ($0.rawValue, $0) })
        var options = DNOptions(
            type: try entry.choice("type", types) ?? .extension, record: try entry.flag("record") ?? false)
        if let agent = try entry.text("agent") {
            options.agent = AgentID(rawValue: agent)
            guard self.switchConfiguration.agents[AgentID(rawValue: agent)] != nil else {
                throw ConfigurationError(
                    "the DN \(number) names the agent '\(agent)', who is not listed under 'agents'",
                    line: entry.node("agent")?.mark?.line)
            }
        }
        if let contact = try entry.text("contact"), let node = entry.node("contact") {
            let parts = contact.split(separator: ":")
            guard parts.count == 2, let port = UInt16(parts[1]), let endpoint = Endpoint(host: parts[0], port: port)
            else {
                throw entry.wrong("contact", "an address and port such as 10.0.0.9:5060", node)
            }
            options.contact = endpoint
        }
        self.switchConfiguration.dns[number] = options
    }

    private mutating func readProfile(_ node: Node) throws(ConfigurationError) {
        let entry = try YAMLReader(
            node, "ivr-profile",
            keys: ["name", "type", "type2", "bit-rate", "channels", "beep", "announcement", "parameters"])
        var profile = IVRProfile(type2: nil)
        if let name = try entry.text("name") { profile.name = name }
        profile.type = try entry.choice("type", ["audio/mp3": "audio/mp3", "audio/wav": "audio/wav"]) ?? profile.type
        profile.type2 = try entry.choice("type2", ["audio/mp3": "audio/mp3", "audio/wav": "audio/wav"])
        profile.bitRate =
            try entry.choice("bit-rate", ["8000": 8_000, "16000": 16_000, "32000": 32_000]) ?? profile.bitRate
        profile.channels = try entry.number("channels", in: 1...2) ?? profile.channels
        guard (profile.bitRate == 8_000) == (profile.channels == 1) || profile.type != "audio/mp3" else {
            throw ConfigurationError(
                "MP3 is made with 8000 bit/s and 1 channel, or 16000 or 32000 bit/s and 2 channels",
                line: entry.node("bit-rate")?.mark?.line ?? node.mark?.line)
        }
        profile.prompts = RecordingPrompts(
            beep: try entry.node("beep").map { node throws(ConfigurationError) in try Self.beep(node) },
            announcement: try entry.node("announcement").map { node throws(ConfigurationError) in
                try Self.announcement(node)
            })
        if let node = entry.node("parameters"), case .mapping(let mapping) = node {
            for (key, value) in mapping {
                if let key = key.scalar?.string, let value = value.scalar?.string { profile.parameters[key] = value }
            }
        }
        self.switchConfiguration.profile = profile
    }
}

// MARK: - What the parties hear

extension NodeConfiguration {
    private static let listeners: [String: PromptListeners] = [
        "both": .both, "record-dn": .recordDN, "other-dn": .otherDN,
    ]

    private static func beep(_ node: Node) throws(ConfigurationError) -> RecordingBeep {
        let entry = try YAMLReader(node, "beep", keys: ["sound", "silence", "listeners"])
        var beep = RecordingBeep()
        if let sound = try entry.text("sound") { beep.sound = .file(sound) }
        if let seconds = try entry.number("silence", in: 2...3_600) { beep.silence = .seconds(seconds) }
        beep.listeners = try entry.choice("listeners", Self.listeners) ?? beep.listeners
        return beep
    }

    private static func announcement(_ node: Node) throws(ConfigurationError) -> RecordingAnnouncement {
        let entry = try YAMLReader(node, "announcement", keys: ["sound", "listeners", "consent"])
        return RecordingAnnouncement(
            sound: .file(try entry.text(required: "sound")),
            listeners: try entry.choice("listeners", Self.listeners) ?? .both,
            asksConsent: try entry.flag("consent") ?? false)
    }
}
