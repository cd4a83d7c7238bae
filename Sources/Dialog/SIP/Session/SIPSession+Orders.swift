extension SIPSession {
    /// What a box can ask of a session. An order that the present state does not allow changes nothing.
    public enum Order: Hashable, Sendable {
        /// Calls somebody. Only for a session from `makeSession()`, once.
        case invite(SIPInvitation)
        /// Answers the call for the time being: 180, 183 and their like. Where provisional responses are reliable, each
        /// waits until the one before it was confirmed, and a description in one is our answer for good (our offer,
        /// where the INVITE had none).
        case progress(SIPStatus, SIPBody?)
        /// Takes the call; the body is our answer, or our offer where the INVITE had none. It is left out where the two
        /// sides have agreed before. Where something is still to be agreed on, the call is taken after that.
        case accept(SIPBody?)
        /// Refuses or redirects the call. The fields go with the answer: Contact with a 3xx, Retry-After, Require with
        /// 421.
        case reject(SIPStatus, fields: [SIPHeaderField] = [])
        /// Sends a re-INVITE with our offer; nil asks the peer for its own. Waits its turn where another is on its way.
        case offer(SIPBody?)
        /// Sends our offer by UPDATE, also before the call is taken, where both sides have agreed by then. A peer that
        /// takes no UPDATE is sent a re-INVITE as soon as it may be. Nil offers nothing: it tells our Contact, and is a
        /// sign of life.
        case update(SIPBody?)
        /// Answers the peer's offer: in the 200 to its re-INVITE, UPDATE or PRACK, in our PRACK where its provisional
        /// response had the offer, or in our ACK where its 2xx had. Where its re-INVITE had none, this is our offer. Of
        /// several offers of a forked call, it answers the first.
        case answer(SIPBody)
        /// Refuses the peer's offer; the session goes on as it was. 504 where somebody would have to be asked before an
        /// UPDATE can be answered.
        case refuseOffer(SIPStatus)
        /// Sends INFO. Several are sent one after the other. With a package, it is sent only to a peer that takes that
        /// package; otherwise it is reported as answered by 469.
        case info(SIPBody, token: Int, package: String? = nil)
        /// Answers the peer's INFO.
        case answerInfo(SIPTransactionID, SIPStatus, SIPBody?)
        /// Asks the peer of the call to turn to somebody else. From a session of `makeSession()` that has no call, asks
        /// whom the invitation names, without any call.
        case refer(SIPReferral, token: Int, to: SIPInvitation? = nil)
        /// Takes the peer's REFER: 202, and where it wants to know, the news that we are trying.
        case acceptReferral(SIPTransactionID)
        /// Refuses the peer's REFER.
        case refuseReferral(SIPTransactionID, SIPStatus)
        /// Tells who sent a REFER that we took what has become of it; a final status is the last news. Also after the
        /// call has ended.
        case notify(SIPTransactionID, SIPStatus)
        /// Ends the session: BYE, CANCEL or a final refusal, whichever fits.
        case end
    }

    /// What a session tells its box.
    public enum Report: Hashable, Sendable {
        /// Somebody calls; 100 has been sent.
        case invited(SIPMessage)
        /// Somebody calls to take the place of the peer of another session. Where it is taken, that session is ended.
        /// Whether the caller may do so is for the box to judge, for example by Referred-By.
        case invitedToReplace(SIPSessionID, SIPMessage)
        /// The peer has answered for the time being. Where the INVITE had no offer and a reliable response has one, it
        /// is to be answered by `.answer`. Of a forked call, the tag of To says which branch it is.
        case progress(SIPMessage)
        /// The peer has taken our call. Its ACK is sent, unless the 2xx has an offer: then `.answer` sends it. Without
        /// a body, what was agreed on before stands.
        case established(SIPMessage)
        /// The peer's ACK has come; it has a body where it answers our offer.
        case confirmed(SIPMessage)
        /// Our call was refused, redirected (the Contacts of a 3xx say where to), or not answered (408, no message).
        /// The session is over.
        case rejected(SIPStatus, SIPMessage?)
        /// The peer's re-INVITE, UPDATE or PRACK has come with an offer; a re-INVITE without a body asks for ours.
        case offered(SIPMessage)
        /// The peer took its offer back before it was answered; nothing has changed.
        case offerWithdrawn(SIPMessage)
        /// Our offer was taken; where it was a re-INVITE without one, this body is one, to be answered by `.answer`.
        case answered(SIPMessage)
        /// The peer's offer is settled: its ACK has come, or our 200 to its UPDATE or PRACK was sent. Of a PRACK that
        /// confirms a description of ours, it has the answer where that was an offer.
        case acknowledged(SIPMessage)
        /// Our offer was refused; nothing has changed. 491 is not reported but tried again.
        case offerRefused(SIPStatus)
        /// The session was refreshed by a re-INVITE of ours, and the peer has answered otherwise than before.
        case refreshed(SIPMessage)
        /// The peer's INFO has come and waits for `.answerInfo`.
        case info(SIPTransactionID, SIPMessage)
        /// Our INFO was answered.
        case infoAnswered(token: Int, SIPStatus, SIPBody?)
        /// The peer asks us to turn to somebody else (Refer-To), and waits for `.acceptReferral` or `.refuseReferral`.
        case referred(SIPTransactionID, SIPMessage)
        /// Our REFER was answered. After a 2xx news will come, unless none was wanted and the peer agrees.
        case referralAnswered(token: Int, SIPStatus)
        /// What has become of our REFER, and whether there will be more news.
        case notified(token: Int, SIPStatus, isLast: Bool)
        /// The session is over. News of a REFER may still come, or be sent.
        case ended(SIPEndReason, SIPMessage?)
    }

    /// A timer of a session.
    enum Timer: Hashable, Sendable {
        /// Retransmission of our 2xx; the number is that of the INVITE.
        case retransmit(UInt32)
        /// Our 2xx has not been acknowledged.
        case unacknowledged(UInt32)
        /// Retransmission of our reliable provisional response; the number is its RSeq.
        case provisional(UInt32)
        /// Our reliable provisional response has not been confirmed.
        case unconfirmed(UInt32)
        /// An offer that met the peer's is tried again.
        case glare(UInt32)
        /// A CANCEL was not followed by an answer.
        case cancelled
        /// The session must be refreshed; the number is that of the round.
        case refresh(Int)
        /// The session was not refreshed.
        case expired(Int)
        /// Nobody has told what has become of a REFER of ours with this number, since so many news.
        case silent(UInt32, Int)
        /// A REFER of the peer has come to no end, since so many news.
        case unsettled(SIPTransactionID, Int)
        /// Nothing of the session can still be in the network.
        case forgotten
    }
}
