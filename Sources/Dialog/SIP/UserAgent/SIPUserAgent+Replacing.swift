// INVITEs that take the place of a session. RFC 3891.

extension SIPUserAgent {
    struct ReplacementRefusal: Error {
        var status: SIPStatus
    }

    /// The session whose place an INVITE is to take.
    ///
    /// - Source: RFC 3891 §3.
    func replacement(by request: SIPMessage) -> Result<SIPSessionID, ReplacementRefusal> {
        guard request.method == .invite, request.fields(SIPHeaderName.replaces.name).count == 1,
            request.field("Join") == nil, let replaces = request[.replaces]
        else { return .failure(ReplacementRefusal(status: .badRequest)) }
        let name = SessionName(callID: replaces.callID, localTag: replaces.toTag)
        guard let id = self.sessionNames[name], let session = self.sessions[id] else {
            return .failure(ReplacementRefusal(status: .callDoesNotExist))
        }
        if let status = session.refusalToBeReplaced(by: replaces) {
            return .failure(ReplacementRefusal(status: status))
        }
        return .success(id)
    }
}

extension SIPSession {
    /// Why another session cannot take the place of this one.
    func refusalToBeReplaced(by replaces: SIPReplaces) -> SIPStatus? {
        let tags = ([self.branch] + self.otherBranches).compactMap { $0.dialog?.remoteTag }
        // A peer of before RFC 3261 has no tag, which is written as 0.
        guard tags.contains(replaces.fromTag) || replaces.fromTag == "0" && tags.contains("") else {
            return .callDoesNotExist
        }
        switch self.phase {
        case .ending, .ended, .cancelling: return .decline
        case .accepted, .established: return replaces.isEarlyOnly ? .busyHere : nil
        case .calling: return nil
        case .fresh, .ringing, .referring: return .callDoesNotExist
        }
    }
}
