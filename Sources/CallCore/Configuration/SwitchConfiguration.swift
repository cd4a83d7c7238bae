/// What kind of device a DN is.
///
/// - Source: the switch's configuration layer.
public enum DNType: String, Hashable, Sendable, Codable, CaseIterable {
    /// A phone.
    case `extension` = "Extension"
    /// A phone at which agents log in.
    case acdPosition = "ACD Position"
    /// A way to the outside.
    case trunk = "Trunk"
    /// A group of IVR ports.
    case trunkGroup = "Trunk Group"
    /// One IVR port.
    case voiceTreatmentPort = "Voice Treatment Port"
    /// Where strategies route calls.
    case routingPoint = "Routing Point"
}

/// What administrators have set for one DN.
public struct DNOptions: Hashable, Sendable {
    /// What kind of device it is.
    public var type: DNType
    /// Whether every call of this DN is recorded. `[TServer] record`.
    public var record: Bool
    /// Where the device is reached without registering; nil where it must register.
    public var contact: Endpoint?
    /// The agent who works at this DN.
    public var agent: AgentID?
    /// Whether calls to a device that is on a call are refused with 486 rather than left to the device to refuse.
    /// `[TServer] reject-call-incall`.
    public var rejectCallInCall: Bool

    /// Describes a DN.
    public init(
        type: DNType = .extension, record: Bool = false, contact: Endpoint? = nil, agent: AgentID? = nil,
        rejectCallInCall: Bool = false
    ) {
        (self.type, self.record, self.contact, self.agent) = (type, record, contact, agent)
        self.rejectCallInCall = rejectCallInCall
    }
}

/// Who an agent is.
public struct Agent: Hashable, Sendable, Codable {
    /// Log-in name.
    public var id: AgentID
    /// Given name.
    public var firstName: String
    /// Family name.
    public var lastName: String

    /// Describes an agent.
    public init(id: AgentID, firstName: String = "", lastName: String = "") {
        (self.id, self.firstName, self.lastName) = (id, firstName, lastName)
    }
}

/// How calls are recorded: the recording settings of an IVR profile.
///
/// - Source: GIR, IVR Profile "Recording" tab; section `gvp.service-parameters`, keys `recordingclient.…`.
public struct IVRProfile: Hashable, Sendable {
    /// The profile's name; `record` is the one chosen where several could be.
    public var name: String
    /// Media type of the file for playback. `recordingclient.type`.
    public var type: String
    /// Media type of the second file, for analytics; nil for none. `recordingclient.type2`.
    public var type2: String?
    /// - Unit: bit/s. `recordingclient.bitrate`.
    public var bitRate: Int
    /// Channels of the file for playback, 1 or 2. `recordingclient.channels`.
    public var channels: Int
    /// What the parties hear of being recorded.
    public var prompts: RecordingPrompts
    /// What else travels with the metadata, for example `rp.speechminer_uri`.
    public var parameters: [String: String]

    /// Describes a profile; the defaults are 16 kbit/s stereo MP3 and a G.711 WAV for analytics.
    public init(
        name: String = "record", type: String = "audio/mp3", type2: String? = "audio/wav", bitRate: Int = 16_000,
        channels: Int = 2, prompts: RecordingPrompts = .none, parameters: [String: String] = [:]
    ) {
        (self.name, self.type, self.type2, self.bitRate) = (name, type, type2, bitRate)
        (self.channels, self.prompts, self.parameters) = (channels, prompts, parameters)
    }
}

/// What a switch's administrators have set.
public struct SwitchConfiguration: Hashable, Sendable {
    /// Whose switch it is.
    public var tenant: TenantName
    /// The tenant's number in the configuration database. `tenant-dbid`.
    public var tenantDBID: Int
    /// The name by which this SIP Server is known. `sipsAppName`.
    public var applicationName: String
    /// The devices.
    public var dns: [DN: DNOptions]
    /// The agents.
    public var agents: [AgentID: Agent]
    /// How calls are recorded.
    public var profile: IVRProfile
    /// Template of recording names. `[TServer] recording-filename`: `$UUID$`, `$ANI$`, `$DNIS$`, `$AGENTDN$`,
    /// `$AGENTID$`, `$DATE$`, `$TIME$`.
    public var recordingFilename: String

    /// Describes a switch.
    public init(
        tenant: TenantName = "Environment", tenantDBID: Int = 1, applicationName: String = "SIPServer",
        dns: [DN: DNOptions] = [:], agents: [AgentID: Agent] = [:], profile: IVRProfile = IVRProfile(),
        recordingFilename: String = "$UUID$_$DATE$_$TIME$"
    ) {
        (self.tenant, self.tenantDBID, self.applicationName) = (tenant, tenantDBID, applicationName)
        (self.dns, self.agents, self.profile) = (dns, agents, profile)
        self.recordingFilename = recordingFilename
    }
}
