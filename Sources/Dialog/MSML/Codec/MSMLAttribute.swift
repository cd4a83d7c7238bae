/// The name of an attribute, with the type of what it says: `play[.barge]`.
///
/// An open set: an attribute of a host's own, or of another library, is one more static member.
public struct MSMLAttribute<Value: MSMLValue>: Hashable, Sendable {
    /// The name as written.
    public var name: String

    /// Names an attribute.
    public init(_ name: String) { self.name = name }
}

// MARK: - Flags

extension MSMLAttribute<Bool> {
    /// Whether gain is controlled automatically. `gain` of a stream.
    public static var agc: Self { Self("agc") }
    /// Whether a recording goes behind what the file has already. `record`.
    public static var append: Self { Self("append") }
    /// Whether digits end what is played. `play`.
    public static var barge: Self { Self("barge") }
    /// Whether a region shows nothing. `region`.
    public static var blank: Self { Self("blank") }
    /// Whether who is selected disappears from the regions that show him anyway. `selector`.
    public static var blankOthers: Self { Self("blankothers") }
    /// Whether digits from before are forgotten. `play`, `dtmf`, `collect`.
    public static var clearDigitBuffer: Self { Self("cleardb") }
    /// Whether the media pass as they come from the network. `stream`, `monitor`.
    public static var compressed: Self { Self("compressed") }
    /// Whether digits are taken out of a stream. `clamp` of a stream.
    public static var dtmf: Self { Self("dtmf") }
    /// Whether a fax may correct errors. `faxsend`, `faxrcv`.
    public static var errorCorrection: Self { Self("ecm") }
    /// Whether a region shows its last picture. `region`.
    public static var freeze: Self { Self("freeze") }
    /// Whether a stream is shown whatever the region would select. `stream`.
    public static var override: Self { Self("override") }
    /// Whether a stream is always mixed. `stream`.
    public static var preferred: Self { Self("preferred") }
    /// Whether a conference must not be made without what is reserved. `reserve`.
    public static var required: Self { Self("required") }
    /// Whether the timer runs from the start. `dtmf`, `collect`, `vad`, `speech`.
    public static var startTimer: Self { Self("starttimer") }
    /// Whether the members' SIP dialogs end with the conference. `createconference`.
    public static var terminate: Self { Self("term") }
    /// Whether tones other than digits are taken out of a stream. `clamp` of a stream; the schema has `tones`.
    public static var tone: Self { Self("tone") }
}

// MARK: - Numbers

extension MSMLAttribute<Int> {
    /// From which level on somebody speaks. `asn`.
    /// - Unit: dBm0.
    public static var activeSpeakerThreshold: Self { Self("asth") }
    /// How much a tone is weakened. `tone1`, `tone2`.
    /// - Unit: dBm0.
    public static var attenuation: Self { Self("atten") }
    /// `audio`, `video`, `record`.
    /// - Unit: kHz.
    public static var audioSampleRate: Self { Self("audiosamplerate") }
    /// `audio`, `video`, `record`.
    /// - Unit: bits.
    public static var audioSampleSize: Self { Self("audiosamplesize") }
    /// How sure a recogniser must be. `speech`.
    /// - Unit: 1 to 100.
    public static var confidence: Self { Self("confidence") }
    /// How many, of whatever the element is about. `n-loudest`, `resource`.
    public static var count: Self { Self("n") }
    /// `video`, `record`.
    /// - Unit: frames a second.
    public static var frameRate: Self { Self("framerate") }
    /// `tone1`, `tone2`.
    /// - Unit: Hz.
    public static var frequency: Self { Self("freq") }
    /// `video`, `record`.
    /// - Unit: pixels.
    public static var imageHeight: Self { Self("imageheight") }
    /// `video`, `record`.
    /// - Unit: pixels.
    public static var imageWidth: Self { Self("imagewidth") }
    /// How much a step changes the gain. `gain` of a dialog.
    /// - Unit: dB.
    public static var increment: Self { Self("incr") }
    /// The power of generated digits. `dtmfgen`.
    /// - Unit: dBm0.
    public static var level: Self { Self("level") }
    /// `video`, `record`.
    /// - Unit: kbit/s.
    public static var maxBitrate: Self { Self("maxbitrate") }
    /// The most that automatic gain control adds. `agc`, `gain` of a stream.
    /// - Unit: dB.
    public static var maxGain: Self { Self("maxgain") }
    /// `audiomix`.
    /// - Unit: Hz.
    public static var sampleRate: Self { Self("samplerate") }
    /// How readily a recogniser takes sound for speech. `speech`.
    public static var sensitivity: Self { Self("sens") }
    /// To which level automatic gain control brings a stream. `agc`, `gain` of a stream.
    /// - Unit: dBm0.
    public static var targetLevel: Self { Self("tgtlvl") }
}

// MARK: - Times

extension MSMLAttribute<Duration> {
    /// How long a tone lasts, or the silence behind it; zero for ever. `tone`, `silence`.
    public static var duration: Self { Self("duration") }
    /// How long to wait for a key that ends the input. `dtmf`, `collect`.
    public static var extraDigitTimer: Self { Self("edt") }
    /// How long to wait for the first digit; zero for ever. `dtmf`, `collect`.
    public static var firstDigitTimer: Self { Self("fdt") }
    /// How long to wait for the next digit. `dtmf`, `collect`.
    public static var interDigitTimer: Self { Self("idt") }
    /// The pause between two turns. `play`.
    public static var interval: Self { Self("interval") }
    /// How long a condition must last. `voice`, `silence`, `tvoice`, `tsilence` of `vad`.
    public static var length: Self { Self("len") }
    /// From when on a digit is a long one; zero never. `dtmf`, `collect`.
    public static var longDigitDuration: Self { Self("ldd") }
    /// The longest time that something is played or recorded. `play`, `record`.
    public static var maxTime: Self { Self("maxtime") }
    /// Where in the media to begin. `play`.
    public static var offset: Self { Self("offset") }
    /// How long silence may last before it ends a recording; zero for ever. `record`.
    public static var postSpeech: Self { Self("postspeech") }
    /// How long to wait for somebody to speak; zero for ever. `record`.
    public static var preSpeech: Self { Self("prespeech") }
    /// How often active speakers are told at most. `asn`.
    public static var reportingInterval: Self { Self("ri") }
    /// How long the opposite of a condition may last. `voice`, `silence`, `tvoice`, `tsilence` of `vad`.
    public static var separation: Self { Self("sen") }
    /// How far `forward` and `backward` go. `play`.
    public static var skip: Self { Self("skip") }
    /// How long a picture stays at least. `selector`.
    public static var switchingInterval: Self { Self("si") }
}

// MARK: - Other values

extension MSMLAttribute<MSMLIterations> {
    /// How often. `play`, `audio`, `pattern` and more.
    public static var iterate: Self { Self("iterate") }
}

extension MSMLAttribute<MSMLGain> {
    /// `gain`, on a stream and in a dialog.
    public static var amount: Self { Self("amt") }
}

extension MSMLAttribute<MSMLNames> {
    /// The variables that go along. `send` in a dialog, `exit`, `disconnect`.
    public static var names: Self { Self("namelist") }
    /// What is asked for. `audit`.
    public static var states: Self { Self("statelist") }
    /// What goes along. `send` to an object.
    public static var values: Self { Self("valuelist") }
}

extension MSMLAttribute<String> {
    /// Where a recording of the sound goes. `record`.
    public static var audioDestination: Self { Self("audiodest") }
    /// `root`.
    public static var backgroundColor: Self { Self("backgroundcolor") }
    /// `root`.
    public static var backgroundImage: Self { Self("backgroundimage") }
    /// Where a recording goes. `record`.
    public static var destination: Self { Self("dest") }
    /// Digits, or the pattern of them. `dtmfgen`, `pattern`.
    public static var digits: Self { Self("digits") }
    /// In which region or selector a stream is shown. `stream`.
    public static var display: Self { Self("display") }
    /// What happened, or is to happen. `send`.
    public static var event: Self { Self("event") }
    /// The kind of file, or the language of a pattern. `record`, `audio`, `video`, `pattern`.
    public static var format: Self { Self("format") }
    /// The name by which other elements reach this one.
    public static var id: Self { Self("id") }
    /// The state from which an element begins. `play`, `record`, `gate`.
    public static var initial: Self { Self("initial") }
    /// The language of what is played.
    public static var language: Self { Self("xml:lang") }
    /// The distance from the left edge. `region`.
    public static var left: Self { Self("left") }
    /// `selector`, for example `vas`; `confrole` from SIP Server.
    public static var method: Self { Self("method") }
    /// Which region lies above which. `region`.
    public static var priority: Self { Self("priority") }
    /// The size as a fraction of the root's. `region`.
    public static var relativeSize: Self { Self("relativesize") }
    /// `root`, for example `CIF`.
    public static var size: Self { Self("size") }
    /// Whether the speaker sees himself or who spoke before. `selector`.
    public static var speakerSees: Self { Self("speakersees") }
    /// `selector`: `active` or `disabled`.
    public static var status: Self { Self("status") }
    /// A variable's kind in more detail. `var`.
    public static var subtype: Self { Self("subtype") }
    /// Who is to take the event. `send`.
    public static var target: Self { Self("target") }
    /// The key that ends a recording. `record`.
    public static var terminationKey: Self { Self("termkey") }
    /// What stands on a picture. `region`, `visual`.
    public static var title: Self { Self("title") }
    /// The distance from the upper edge. `region`.
    public static var top: Self { Self("top") }
    /// How media flow in a group: `parallel`, `serial` or `fullduplex`.
    public static var topology: Self { Self("topology") }
    /// What kind of thing it is. `var`, `videolayout`, `resource`.
    public static var type: Self { Self("type") }
    /// Where the media are.
    public static var uri: Self { Self("uri") }
    /// What is said. `var`.
    public static var value: Self { Self("value") }
    /// Where a recording of the pictures goes. `record`.
    public static var videoDestination: Self { Self("videodest") }
}
