internal import CallAudio
internal import CallCore
internal import MSML

/// An MSML dialog that plays: the object `conn:<tag>/dialog:<name>`.
struct PlayDialog: Sendable {
    let id: MSMLObjectID
    /// Who hears it.
    let leg: LegID
    /// The leg in whose dialog it was started, and in which its events are told.
    let client: LegID
    /// What is told when it is over.
    let actions: [MSMLPrimitive]

    /// More on one connection are refused.
    static let limit = 4
    /// More sounds in one dialog are refused.
    static let soundLimit = 64

    /// The events that tell of the end, in order; the last is that of the dialog itself.
    ///
    /// - Source: RFC 5707 §9.6.1, §9.6.3, §9.6.4, §9.7.1.
    func events(_ end: PromptEnd, played: Duration) -> [MSMLEvent] {
        let values = ["play.amt": "\(played.milliseconds)ms", "play.end": Self.word(end)]
        func told(_ names: MSMLNames?) -> [MSMLEvent.Value] {
            (names?.names ?? []).compactMap { name in values[name].map { MSMLEvent.Value(name, $0) } }
        }
        var events: [MSMLEvent] = []
        for action in self.actions {
            switch action {
            case .send(let send):
                events.append(
                    MSMLEvent(name: MSMLEvent.Name(rawValue: send.event), id: self.id, values: told(send[.names])))
            case .exit(let exit):
                return events + [MSMLEvent(name: .dialogExit, id: self.id, values: told(exit[.names]))]
            default: break
            }
        }
        return events + [MSMLEvent(name: .dialogExit, id: self.id)]
    }

    /// The RFC has `play.complete`, and else the event that ended it; the name for the longest time is that of a recording.
    private static func word(_ end: PromptEnd) -> String {
        switch end {
        case .complete: "play.complete"
        case .longest: "play.complete.maxlength"
        case .stopped, .held, .left: "terminate"
        }
    }
}

extension MSMLDialogStart {
    /// What is played, and what is told afterwards.
    ///
    /// - Throws: where the dialog is anything but one `play` of sounds that are there, with events to the client.
    func program(from sounds: SoundLibrary) throws(MSMLRefusal) -> (PromptProgram, actions: [MSMLPrimitive]) {
        try self.check()
        guard self.type == .moml else { throw MSMLRefusal(.unsupportedLanguage, self.type.rawValue) }
        if self.source != nil { throw MSMLRefusal(.unsupportedAttribute, "src: a dialog is described in place here") }
        guard case .play(let play)? = self.body.first else {
            throw MSMLRefusal(.unsupportedElement, "\(self.body.first?.xml.localName ?? "a dialog without play")")
        }
        let actions = (play.onExit?.actions ?? []) + self.body.dropFirst()
        for action in actions {
            switch action {
            case .send(let send) where send.target.hasPrefix("source") && !send.event.isEmpty: break
            case .exit: break
            default: throw MSMLRefusal(.unsupportedElement, "\(action.xml.localName) behind play")
            }
        }
        return (try play.program(from: sounds), actions)
    }
}

extension MSMLPlay {
    fileprivate func program(from sounds: SoundLibrary) throws(MSMLRefusal) -> PromptProgram {
        if let offset = self[.offset], offset > .zero { throw MSMLRefusal(.unsupportedAttribute, "offset of play") }
        if let initial = self[.initial], initial.lowercased() != "generate" {
            throw MSMLRefusal(.unsupportedAttribute, "initial of play")
        }
        var clips: [SoundClip] = []
        for part in self.media {
            guard part.kind == .audio else {
                throw MSMLRefusal(.unsupportedElement, "\(part.xml.localName): only audio is played here")
            }
            guard let uri = part[.uri] else { throw MSMLRefusal(.missingAttribute, "audio without uri") }
            guard let clip = sounds[uri] else { throw MSMLRefusal(.documentFetchError, uri) }
            guard case .times(let times) = part[.iterate] ?? .times(1) else {
                throw MSMLRefusal(.unsupportedAttribute, "iterate of audio: forever is for play")
            }
            guard times <= PlayDialog.soundLimit - clips.count else {
                throw MSMLRefusal(.limitExceeded, "more than \(PlayDialog.soundLimit) sounds in a dialog")
            }
            clips += [SoundClip](repeating: clip, count: times)
        }
        guard !clips.isEmpty else { throw MSMLRefusal(.missingContent, "play without audio") }
        let iterations: Int? =
            switch self[.iterate] ?? .times(1) {
            case .times(let times): times
            case .forever: nil
            }
        return PromptProgram(
            clips, iterations: iterations, interval: self[.interval] ?? .zero, longest: self[.maxTime],
            replacesTalk: true, endsWithKey: self[.barge] ?? false)
    }
}
