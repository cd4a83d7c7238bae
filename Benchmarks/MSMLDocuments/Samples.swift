import MSML

/// A document that is measured.
struct Sample {
    var name: String
    var bytes: [UInt8]

    /// What SIP Server sends, the same with its prefix declared, and a dialog that plays, collects and records.
    static let all = [
        Sample(name: "recorder", bytes: Self.recorder.encoded()),
        Sample(name: "recorder, gvp declared", bytes: Self.declaredRecorder.encoded()),
        Sample(name: "dialog", bytes: Self.dialog.encoded()),
    ]

    private static let recorder = MSMLRequest.startRecording(
        in: "024V994RFGFQNEKK3CSH5B5AES00GJ4L_record",
        parameters: [
            GVPParameter("id", "01FES9JKSOFQLEKK3CSH5B5AES00JV1U_2020-12-03_19-46-27"),
            GVPParameter("recordDN", "7800000"), GVPParameter("sipsAppName", "sip_agent_1_b"),
            GVPParameter("ani", "7800000"), GVPParameter("dnis", "15105550123"),
            GVPParameter("dateTime", "2020-12-03T19:46:27Z"),
            GVPParameter("callUuid", "01FES9JKSOFQLEKK3CSH5B5AES00JV1U"), GVPParameter("connId", "0dbf030a414af3af"),
            GVPParameter("agentId", "agent1@example.com"),
        ], joining: ["1047DED2-0000-694E-DA93-FC5AE3B77D54", "1047DED2-0000-680C-B4C3-DDCFD8BCD5B2"])

    private static var declaredRecorder: MSMLRequest {
        var request = Self.recorder
        request.attributes.append(XMLAttribute("xmlns:gvp", "urn:example:gvp"))
        return request
    }

    private static var dialog: MSMLRequest {
        let end = MSMLPrimitive.send(MSMLSend("terminate", to: "group"))
        let play = MSMLPlay(
            [
                .audio("file:///prompts/welcome.wav"), .audio("http://media.example.com/prompts/menu.wav"),
                .variable("date", subtype: "mdy", "20260601"), .speech("Please say who you are.", language: "en"),
            ], barge: true, onExit: [.send(MSMLSend("starttimer", to: "vad"))])
        var collect = MSMLCollect(
            ["1", "2", "3", "#"].map { .pattern($0, [.send(MSMLSend("terminate", to: "play"))]) },
            others: [MSMLHandler("detect", [.send(MSMLSend("terminate", to: "play"))]), MSMLHandler("noinput", [end])])
        (collect[.firstDigitTimer], collect[.interDigitTimer], collect[.iterate]) = (
            .seconds(10), .seconds(4), .forever
        )
        var conditions = [("voice", 10), ("silence", 3_000), ("tsilence", 5_000)].map { name, length in
            var handler = MSMLHandler(name, [.send(MSMLSend("resume", to: "record"))])
            handler[.length] = .milliseconds(length)
            return handler
        }
        conditions.append(MSMLHandler("tvoice"))
        let record = MSMLRecord(
            to: "file:///records/4711.wav", format: "audio/wav;codecs=pcmu", maxTime: .seconds(60), onExit: [end])
        let group = MSMLGroup(
            "parallel",
            [.play(play), .collect(collect), .detectVoice(MSMLVoiceDetector(conditions)), .record(record)],
            onExit: [.send(MSMLSend("done", to: "source", names: ["record.len", "record.end", "dtmf.digits"]))])
        return MSMLRequest([
            .dialogStart(
                MSMLDialogStart(on: .connection("1047DED2-0000-694E-DA93-FC5AE3B77D54"), body: [.group(group)]))
        ])
    }

    /// Reads the document, and then every field that its elements have.
    func readAll() throws -> Int {
        guard case .request(let request) = try MSMLDocument(parsing: self.bytes.span) else { return 0 }
        return request.elements.reduce(0) { $0 + Self.read($1) }
    }

    private static func read(_ order: MSMLRequest.Element) -> Int {
        switch order {
        case .createConference(let order):
            let names = order.name?.utf8.count ?? 0
            let parameters = order.recorder?.parameters.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count } ?? 0
            let selectors = order.videoLayout?.selectors.reduce(0) { $0 + ($1[.method]?.utf8.count ?? 0) } ?? 0
            return names + parameters + selectors + (order.terminates == false ? 1 : 0)
                + (order.audioMix == nil ? 0 : 1) + (order.deleteWhen == nil ? 1 : 0) + (order.mark == nil ? 1 : 0)
        case .join(let join):
            let streams = join.streams.reduce(0) { $0 + $1.media.utf8.count + ($1.direction == nil ? 1 : 0) }
            return (join.connection?.name.utf8.count ?? 0) + (join.conference?.name.utf8.count ?? 0) + streams
        case .dialogStart(let dialog):
            return dialog.target.name.utf8.count + dialog.type.rawValue.utf8.count
                + dialog.body.reduce(0) { $0 + Self.read($1) }
        default: return 0
        }
    }

    private static func read(_ primitive: MSMLPrimitive) -> Int {
        switch primitive {
        case .group(let group):
            return (group[.topology]?.utf8.count ?? 0) + group.contents.reduce(0) { $0 + Self.read($1) }
                + Self.read(group.onExit)
        case .play(let play):
            let media = play.media.reduce(0) { sum, item in
                sum + item.kind.rawValue.utf8.count + (item[.uri]?.utf8.count ?? 0) + (item[.value]?.utf8.count ?? 0)
            }
            return media + (play[.barge] == true ? 1 : 0) + Self.read(play.onExit)
        case .collect(let collect):
            let times = [collect[.firstDigitTimer], collect[.interDigitTimer]].compactMap(\.self)
            return times.count + (collect[.iterate] == .forever ? 1 : 0)
                + collect.patterns.reduce(0) { $0 + ($1[.digits]?.utf8.count ?? 0) + Self.read($1) }
                + Self.read(collect.onDetect) + Self.read(collect.onNoInput)
        case .detectVoice(let detector):
            return detector.conditions.reduce(0) { $0 + ($1[.length] == nil ? 0 : 1) + Self.read($1) }
        case .record(let record):
            return (record[.destination]?.utf8.count ?? 0) + (record[.format]?.utf8.count ?? 0)
                + (record[.maxTime] == nil ? 0 : 1) + Self.read(record.onExit)
        case .send(let send):
            return send.event.utf8.count + send.target.utf8.count + (send[.names]?.names.count ?? 0)
        default: return 0
        }
    }

    private static func read(_ handler: MSMLHandler?) -> Int {
        handler?.actions.reduce(0) { $0 + Self.read($1) } ?? 0
    }
}
