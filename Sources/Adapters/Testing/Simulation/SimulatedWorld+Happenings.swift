import CallCore
import CallRecordingInProcess
import MediaControlPlatform
import ResourceManager
import SIP
import SIPServer
import TLib

extension SimulatedWorld {
    func take(_ happening: Happening) {
        switch happening {
        case .sip(let message, let from, let to): self.deliver(message, from: from, to: to)
        case .serverTimer(let timer): self.perform(self.server.handle(.timerFired(timer), at: self.now))
        case .brokerTimer(let timer): self.perform(self.broker.handle(.timerFired(timer), at: self.now))
        case .mediaServerTimer(let timer): self.perform(self.mediaServer.handle(.timerFired(timer), at: self.now))
        case .phoneTimer(let index, let timer):
            self.perform(self.phones[index].handle(.timerFired(timer), at: self.now), of: index)
        case .clientTimer(let timer): self.perform(self.client.handle(.timerFired(timer), at: self.now))
        case .uploadTimer(let index, let timer): self.upload(index, .timerFired(timer))
        case .toServer(let message):
            self.perform(self.server.handle(.tLibrary(message, from: Place.client), at: self.now))
        case .toClient(let message): self.perform(self.client.handle(.received(message), at: self.now))
        case .step(let act): self.act(act)
        case .media: self.turnMedia()
        case .committed(let batch): self.render(batch)
        case .dial: self.perform(self.phones[0].handle(.call(SimulatedCall.callee), at: self.now), of: 0)
        }
    }

    private func deliver(_ message: SIPMessage, from: Endpoint, to: Endpoint) {
        switch to {
        case Place.server: self.perform(self.server.handle(.sip(message, from: from), at: self.now))
        case Place.broker: self.perform(self.broker.handle(.sip(message, from: from), at: self.now))
        case Place.mediaServer: self.perform(self.mediaServer.handle(.sip(message, from: from), at: self.now))
        default:
            guard let index = Place.phones.firstIndex(of: to) else { return }
            self.perform(self.phones[index].handle(.sip(message, from: from), at: self.now), of: index)
        }
    }

    /// Puts a message on the network, which may lose, double or delay it. What is sent is parsed again, as on a real wire.
    private func send(_ message: SIPMessage, from: Endpoint, to: Endpoint) {
        let copies =
            Double.random(in: 0..<1, using: &self.fates) < self.call.signalling.loss
            ? 0 : Double.random(in: 0..<1, using: &self.fates) < self.call.signalling.duplication ? 2 : 1
        let bytes = message.encoded()
        for _ in 0..<copies {
            let delay = self.call.signalling.delay * Double.random(in: 0.1...1, using: &self.fates)
            guard let arrived = try? SIPMessage(parsing: bytes.span) else { continue }
            self.agenda.enter(.sip(arrived, from: from, to: to), at: self.now + delay)
        }
    }

    func perform(_ effects: [CallControl.Effect]) {
        for effect in effects {
            switch effect {
            case .sendSIP(let message, let peer): self.send(message, from: Place.server, to: peer)
            case .sendTLibrary(let message, _): self.agenda.enter(.toClient(message), at: self.now + .milliseconds(1))
            case .setTimer(let timer, let wait): self.agenda.enter(.serverTimer(timer), at: self.now + wait)
            case .appendHistory(let entry): self.entries.append(entry)
            case .report(let report): self.outcome.reports.append(report)
            case .finished: break
            }
        }
    }

    func perform(_ effects: [ResourceProxy.Effect]) {
        for effect in effects {
            switch effect {
            case .sendSIP(let message, let peer): self.send(message, from: Place.broker, to: peer)
            case .setTimer(let timer, let wait): self.agenda.enter(.brokerTimer(timer), at: self.now + wait)
            case .report(let report): self.outcome.reports.append(report)
            }
        }
    }

    func perform(_ effects: [MediaControl.Effect]) {
        for effect in effects {
            switch effect {
            case .sendSIP(let message, let peer): self.send(message, from: Place.mediaServer, to: peer)
            case .media(let order): self.orders.append(order)
            case .setTimer(let timer, let wait): self.agenda.enter(.mediaServerTimer(timer), at: self.now + wait)
            case .recordingBegan: self.unfinished += 1
            case .recordingRefused: self.unfinished -= 1
            case .report(let report): self.outcome.reports.append(report)
            case .finished: break
            }
        }
    }

    func perform(_ effects: [PhoneMachine.Effect], of index: Int) {
        for effect in effects {
            switch effect {
            case .sendSIP(let message, let peer): self.send(message, from: Place.phones[index], to: peer)
            case .setTimer(let timer, let wait): self.agenda.enter(.phoneTimer(index, timer), at: self.now + wait)
            case .speak(let target):
                self.voices[index].begin(at: self.now)
                self.voices[index].follow(target)
            case .fallSilent: self.voices[index].end()
            case .tell(let report): if report == .ended, index == 0 { self.hasHungUp = true }
            }
        }
    }

    func perform(_ effects: [TClientSession.Effect]) {
        for effect in effects {
            switch effect {
            case .send(let message): self.agenda.enter(.toServer(message), at: self.now + .milliseconds(1))
            case .setTimer(let timer, let wait): self.agenda.enter(.clientTimer(timer), at: self.now + wait)
            case .answered, .failed, .disconnect, .gap: break
            case .event(let message): self.take(message)
            }
        }
    }

    private func take(_ message: TMessage) {
        self.outcome.events.append((self.now, message))
        guard message.type == .eventEstablished, self.connID == nil else { return }
        (self.connID, self.callUUID) = (message[.connID], message[.callUUID])
        for step in self.call.script { self.agenda.enter(.step(step.act), at: self.now + step.after) }
    }

    private func act(_ act: SimulatedCall.Step.Act) {
        switch act {
        case .request(let service, let reason):
            let connID = self.connID
            self.ask(.requestPrivateService) { message in
                message[.privateMsgID] = service
                message[.thisDN] = SimulatedCall.callee
                message[.connID] = connID
                message[.reason] = ["reason": .string(reason)]
            }
        case .hangUp: self.perform(self.phones[0].handle(.hangUp, at: self.now), of: 0)
        }
    }

    func ask(_ type: TMessageType, _ fill: (inout TMessage) -> Void) {
        var message = TMessage(type)
        fill(&message)
        self.lastToken += 1
        self.perform(self.client.handle(.request(message, self.lastToken), at: self.now))
    }
}
