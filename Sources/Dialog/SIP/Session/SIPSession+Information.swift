// INFO, with and without packages. RFC 6086.

extension SIPSession {
    mutating func sendInfo(_ body: SIPBody, _ token: Int, _ package: String?) {
        guard let package else {
            _ = self.sendFirst(.info, body, for: { _ in .info(token: token) })
            return
        }
        guard self.branch.peerPackages.contains(package) else {
            self.outputs.append(.report(.infoAnswered(token: token, .badInfoPackage, nil)))
            return
        }
        _ = self.sendFirst(
            .info, body,
            adding: { message in
                message[.infoPackage] = SIPToken(package)
                message[.contentDisposition] = "Info-Package"
            }, for: { _ in .info(token: token) })
    }

    mutating func receiveInfo(_ request: SIPMessage, _ transaction: SIPTransactionID) {
        if let packages = self.context.capabilities.infoPackages, let package = request[.infoPackage],
            !packages.contains(package.name)
        {
            self.respond(.badInfoPackage, to: transaction, request, adding: { $0.offer(packages: packages) })
            return
        }
        self.openRequests[transaction] = request
        self.outputs.append(.report(.info(transaction, request)))
    }

    mutating func answerInfo(_ transaction: SIPTransactionID, _ status: SIPStatus, _ body: SIPBody?) {
        guard let request = self.openRequests[transaction], request.method == .info, status.isFinal else { return }
        self.respond(status, to: transaction, request, body)
    }

    mutating func receiveInfoResponse(_ response: SIPMessage, _ status: SIPStatus, _ token: Int) {
        guard self.isAlive else { return }
        self.outputs.append(.report(.infoAnswered(token: token, status, response.body)))
        switch status {
        case .callDoesNotExist: self.finish(.unknownToPeer, response)
        case .requestTimeout: self.abandon(.timedOut, response)
        default: break
        }
    }

    /// Names our packages in an answer to who has named his.
    ///
    /// - Source: RFC 6086 §5.2.3.
    func answerPackages(_ request: SIPMessage, _ response: inout SIPMessage) {
        guard request.field(SIPHeaderName.receiveInfo.name) != nil else { return }
        response.offer(packages: self.context.capabilities.infoPackages)
    }
}

extension SIPMessage {
    /// Names the packages that are taken; an empty list says that packages are known. Nil says nothing.
    mutating func offer(packages: [String]?) {
        guard let packages else { return }
        self.setField(SIPHeaderName.receiveInfo.name, to: packages.joined(separator: ", "))
    }
}
