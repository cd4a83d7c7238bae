/// A function of the T-Library with its parameters: what a client asks for, and what a server reads out of a message.
///
/// A type is named after its function, for example ``TMakeCall``, and its initializer takes the function's parameters
/// in the function's order, the server's handle left out. Empty lists and nil are not sent.
///
/// - Source: T-Library 7.1, function prototypes. Which attribute carries which parameter is known from logs for the
///   common functions and inferred for the rest.
public protocol TRequest: Hashable, Sendable {
    /// The message that asks for it.
    static var type: TMessageType { get }

    /// Reads the parameters out of a message.
    ///
    /// - Throws: where the message asks for something else, or a mandatory attribute is absent or of another form.
    init(_ message: TMessage) throws(TMessageError)

    /// The message, without a reference id: the session sets that.
    var message: TMessage { get }
}

/// The requests that are known here, each with its type.
public enum TRequests {
    /// One for each type of message.
    public static let all: [any TRequest.Type] = [
        TRegisterAddress.self, TUnregisterAddress.self, TQueryAddress.self, TQueryCall.self, TQueryServer.self,
        TSetInputMask.self, TSetDNDOn.self, TSetDNDOff.self, TSetMessageWaitingOn.self, TSetMessageWaitingOff.self,
        TMakeCall.self, TMakePredictiveCall.self, TAnswerCall.self, TReleaseCall.self, TClearCall.self, THoldCall.self,
        TRetrieveCall.self, TSetMuteOn.self, TSetMuteOff.self, TAlternateCall.self, TReconnectCall.self,
        TRedirectCall.self, TRouteCall.self, TSendDTMF.self, TApplyTreatment.self, TInitiateTransfer.self,
        TMuteTransfer.self, TSingleStepTransfer.self, TInitiateConference.self, TSingleStepConference.self,
        TCompleteTransfer.self, TCompleteConference.self, TMergeCalls.self, TDeleteFromConference.self,
        TAttachUserData.self, TUpdateUserData.self, TDeleteUserData.self, TDeleteAllUserData.self, TAgentLogin.self,
        TAgentLogout.self, TAgentSetReady.self, TAgentSetNotReady.self, TMonitorNextCall.self, TCancelMonitoring.self,
        TPrivateService.self, TSendUserEvent.self,
    ]

    private static let byType = Dictionary(all.map { ($0.type, $0) }, uniquingKeysWith: { first, _ in first })

    /// Reads a request that has been received: `switch` over the result with `case let call as TMakeCall`.
    ///
    /// - Returns: nil where the message is none of the requests that are known here.
    /// - Throws: where a mandatory attribute is absent or of another form.
    public static func read(_ message: TMessage) throws(TMessageError) -> (any TRequest)? {
        guard let type = Self.byType[message.type] else { return nil }
        return try type.init(message)
    }
}
