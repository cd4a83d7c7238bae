extension SIPSession {
    /// What a box can ask of a session. An order that the present state does not allow changes nothing.
    public enum Order: Hashable, Sendable {
        /// Calls somebody. Only for a session from `makeSession()`, once.
        case invite(SIPInvitation)
        /// Answers the call for the time being: 180, 183 and their like.
        case progress(SIPStatus, SIPBody?)
        /// Takes the call; the body is our answer, or our offer where the INVITE had none.
        case accept(SIPBody?)
        /// Refuses the call.
        case reject(SIPStatus)
        /// Sends a re-INVITE with our offer; nil asks the peer for its own. Waits its turn where another is on its way.
        case offer(SIPBody?)
        /// Answers the peer's offer: in the 200 to its re-INVITE or UPDATE, or in our ACK where its 2xx had the
        /// offer. Where its re-INVITE had none, this is our offer.
        case answer(SIPBody)
        /// Refuses the peer's offer; the session goes on as it was.
        case refuseOffer(SIPStatus)
        /// Sends INFO. Several are sent one after the other.
        case info(SIPBody, token: Int)
        /// Answers the peer's INFO.
        case answerInfo(SIPTransactionID, SIPStatus, SIPBody?)
        /// Ends the session: BYE, CANCEL or a final refusal, whichever fits.
        case end
    }

    /// What a session tells its box.
    public enum Report: Hashable, Sendable {
        /// Somebody calls; 100 has been sent.
        case invited(SIPMessage)
        /// The peer has answered for the time being.
        case progress(SIPMessage)
        /// The peer has taken our call. Its ACK is sent, unless the 2xx has an offer: then `.answer` sends it.
        case established(SIPMessage)
        /// The peer's ACK has come; it has a body where it answers our offer.
        case confirmed(SIPMessage)
        /// Our call was refused, or not answered (408, no message). The session is over.
        case rejected(SIPStatus, SIPMessage?)
        /// The peer's re-INVITE or UPDATE has come; without a body it asks for our offer.
        case offered(SIPMessage)
        /// The peer took its offer back before it was answered; nothing has changed.
        case offerWithdrawn(SIPMessage)
        /// Our re-INVITE was taken; where it had no offer, this body is one, to be answered by `.answer`.
        case answered(SIPMessage)
        /// The peer's offer is settled: its ACK has come (of an UPDATE, which has none, our 200 was sent).
        case acknowledged(SIPMessage)
        /// Our re-INVITE was refused; nothing has changed. 491 is not reported but tried again.
        case offerRefused(SIPStatus)
        /// The peer's INFO has come and waits for `.answerInfo`.
        case info(SIPTransactionID, SIPMessage)
        /// Our INFO was answered.
        case infoAnswered(token: Int, SIPStatus, SIPBody?)
        /// The session is over.
        case ended(SIPEndReason, SIPMessage?)
    }

    /// A timer of a session.
    enum Timer: Hashable, Sendable {
        /// Retransmission of our 2xx; the number is that of the INVITE.
        case retransmit(UInt32)
        /// Our 2xx has not been acknowledged.
        case unacknowledged(UInt32)
        /// A re-INVITE that met the peer's is tried again.
        case glare(UInt32)
        /// A CANCEL was not followed by an answer.
        case cancelled
        /// Nothing of the session can still be in the network.
        case forgotten
    }
}
