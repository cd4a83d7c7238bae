internal import CallCore
internal import MSML
internal import SIP

// MARK: - MSML dialogs: announcements and music for one party

extension MediaControl {
    /// - Source: RFC 5707 §9.6.1.
    mutating func start(_ order: MSMLDialogStart, _ script: inout MSMLScript) throws(MSMLRefusal) {
        let (program, actions) = try order.program(from: self.configuration.sounds)
        guard order.target.kind != .conference else {
            throw MSMLRefusal(.unsupportedElement, "a dialog on a conference: only connections are played to")
        }
        let leg = try self.leg(order.target)
        let others = self.dialogs.values.filter { $0.leg == leg }
        guard others.count < PlayDialog.limit else {
            throw MSMLRefusal(.limitExceeded, "\(order.target) has \(others.count) dialogs")
        }
        let id = MSMLObjectID(
            .connection, self.legs[leg]?.tag ?? order.target.name, dialog: order.name ?? self.tokens.token())
        guard !others.contains(where: { $0.id == id }) else { throw MSMLRefusal(.objectNameInUse, "\(id)") }
        self.promptCount += 1
        let number = PromptNumber(rawValue: self.promptCount)
        self.dialogs[number] = PlayDialog(id: id, leg: leg, client: script.leg.id, actions: actions)
        self.effects.append(.media(.play(number, program, to: leg)))
        if order.name == nil { script.madeDialogs.append(id) }
    }

    /// Its events follow when the media plane has stopped.
    ///
    /// - Source: RFC 5707 §9.6.2.
    mutating func end(_ order: MSMLDialogEnd) throws(MSMLRefusal) {
        let meant = self.dialogs.filter { _, dialog in
            dialog.id.name == order.id.name && (dialog.id.dialog == order.id.dialog || order.id.dialog == "*")
        }
        guard !meant.isEmpty else { throw MSMLRefusal(.objectDoesNotExist, "\(order.id)") }
        for number in meant.keys.sorted(by: { $0.rawValue < $1.rawValue }) {
            self.effects.append(.media(.stopPlaying(number)))
        }
    }

    mutating func promptEnded(_ number: PromptNumber, _ end: PromptEnd, played: Duration, at now: MonotonicTime) {
        guard let dialog = self.dialogs.removeValue(forKey: number), let client = self.legs[dialog.client] else {
            return
        }
        for event in dialog.events(end, played: played) {
            let body = SIPBody(type: MSML.mediaType, bytes: event.encoded())
            self.tell(.order(client.session, .info(body, token: 0)), at: now)
        }
    }
}
