// Requests that go out once more, with credentials. RFC 3261 §8.1.3.5, §14.1.

extension SIPSession {
    /// Gives a request that goes out once more its new number.
    ///
    /// - Returns: what it is for now; nil where it is not wanted any more.
    mutating func renumber(_ request: inout SIPMessage, for purpose: Purpose) -> Purpose? {
        if case .cancelling = self.phase { return nil }
        let isFirst = self.dialog == nil
        guard let number = isFirst ? request[.cseq]?.number : self.nextSequence() else { return nil }
        request[.cseq] = SIPCSeq(number, request.method)
        guard case .invite(let old) = purpose else { return purpose }
        if isFirst { (self.firstSequence, self.invite) = (number, request) }
        if case .offering(old, let body) = self.exchange { self.exchange = .offering(sequence: number, body) }
        if self.unheard == purpose { self.unheard = .invite(number) }
        return .invite(number)
    }

    private mutating func nextSequence() -> UInt32? {
        self.dialog?.localSequence += 1
        return self.dialog?.localSequence
    }
}
