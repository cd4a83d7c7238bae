// modules: CallCore CallXML MSML
// inputs: 500000
// seeds: Tests/Fixtures/msml Tests/Fixtures/msml/rfc5707
import CallCore
import CallXML
import MSML

/// What was read and written is read as the same; no document traps the typed readers.
func fuzz(_ bytes: [UInt8]) {
    if let document = try? MSMLDocument(parsing: bytes.span) {
        let written = document.encoded()
        if let again = try? MSMLDocument(parsing: written.span) {
            expect(again == document, "Read as another document")
        } else {
            expect(false, "Not read again")
        }
        if case .request(let request) = document { for order in request.elements { read(order) } }
        if case .event(let event) = document { _ = event.failure }
        if case .result(let result) = document { _ = (result.audits.map(\.id), result.conferenceIDs, result.dialogIDs) }
    }
    if let element = try? XMLElement(parsing: bytes.span) {
        let written = element.document()
        guard let again = try? XMLElement(parsing: written.span) else { return expect(false, "Not read again") }
        expect(again == element, "Read as another element")
    }
}

private func read(_ order: MSMLRequest.Element) {
    switch order {
    case .createConference(let order):
        _ = (order.deleteWhen, order.audioMix?.nLoudest, order.audioMix?.reportingInterval, order.recorder?.parameters)
        for selector in order.videoLayout?.selectors ?? [] { _ = (selector[.switchingInterval], selector.regions) }
    case .join(let order), .modifyStream(let order), .unjoin(let order):
        _ = (order.connection, order.conference, order.streams.map { $0.gain?[.amount] })
    case .dialogStart(let dialog):
        try? dialog.check()
        for primitive in dialog.body { read(primitive) }
    case .send(let send): _ = send.object.hasIllegalWildcard
    default: break
    }
}

private func read(_ primitive: MSMLPrimitive) {
    switch primitive {
    case .play(let play): _ = (play.media.map { ($0[.iterate], $0.parts) }, play[.offset], play[.skip])
    case .record(let record): _ = (record[.maxTime], record[.preSpeech], record.prompt, record.tones)
    case .collect(let collect): _ = (collect[.interDigitTimer], collect.patterns.map { ($0[.digits], $0.actions) })
    case .generateDTMF(let digits): _ = (digits.duration, digits[.level])
    case .generateTones(let tones): _ = tones.tones.map { ($0[.duration]?.msml, $0.parts.map { $0[.frequency] }) }
    case .group(let group): for primitive in group.contents { read(primitive) }
    case .transform(let transform): _ = (transform[.amount], transform[.targetLevel])
    case .exit(let exit), .disconnect(let exit): _ = exit[.names]
    default: break
    }
}
