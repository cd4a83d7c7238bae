import SIP

extension TortureMessage {
    static let all = Self.valid + Self.invalid + Self.semantic + Self.internetProtocol6

    /// RFC 4475 §3.1.1: well formed, however odd.
    private static let valid = [
        TortureMessage("rfc4475/wsinv", .refused(.callDoesNotExist), "well formed; To has a tag that nobody gave"),
        TortureMessage("rfc4475/intmeth", .refused(.notImplemented), "an endpoint answers 501"),
        TortureMessage("rfc4475/esc01", .accepted, "well formed"),
        TortureMessage("rfc4475/escnull", .accepted, "well formed; two contacts"),
        TortureMessage("rfc4475/esc02", .refused(.notImplemented), "an endpoint answers 501"),
        TortureMessage("rfc4475/lwsdisp", .accepted, "should be taken as well formed"),
        TortureMessage("rfc4475/longreq", .accepted, "well formed"),
        TortureMessage("rfc4475/dblreq", .accepted, "the REGISTER is taken and what follows it ignored"),
        TortureMessage("rfc4475/semiuri", .accepted, "well formed"),
        TortureMessage("rfc4475/transports", .accepted, "well formed"),
        TortureMessage("rfc4475/mpart01", .refused(.methodNotAllowed), "well formed; MESSAGE is none of our methods"),
        TortureMessage("rfc4475/unreason", .dropped, "well formed; a response to no request of ours"),
        TortureMessage("rfc4475/noreason", .dropped, "well formed; a response to no request of ours"),
    ]

    /// RFC 4475 §3.1.2 and §3.2.
    private static let invalid = [
        TortureMessage("rfc4475/badinv01", .refused(.badRequest), "should be answered by 400"),
        TortureMessage("rfc4475/clerr", .refused(.badRequest), "over UDP: should be answered by 400"),
        TortureMessage("rfc4475/ncl", .refused(.badRequest), "should be answered by an error"),
        TortureMessage("rfc4475/scalar02", .refused(.badRequest), "should be answered by 400 for its CSeq"),
        TortureMessage("rfc4475/scalarlg", .dropped, "is discarded"),
        TortureMessage("rfc4475/quotbal", .refused(.badRequest), "should be answered by 400"),
        TortureMessage("rfc4475/ltgtruri", .refused(.badRequest), "it is always reasonable to answer 400"),
        TortureMessage("rfc4475/lwsruri", .refused(.badRequest), "should be answered by 400"),
        TortureMessage("rfc4475/lwsstart", .accepted, "may be taken; passed on it must not have the blanks"),
        TortureMessage("rfc4475/trws", .accepted, "may be taken; passed on it must not have the blanks"),
        TortureMessage("rfc4475/escruri", .refused(.badRequest), "may be answered by 400"),
        TortureMessage("rfc4475/baddate", .accepted, "who does not need Date should take it"),
        TortureMessage("rfc4475/regbadct", .refused(.badRequest), "it is reasonable to answer 400"),
        TortureMessage("rfc4475/badaspec", .accepted, "who is liberal ignores the blanks"),
        TortureMessage("rfc4475/baddn", .refused(.badRequest), "it is always reasonable to answer 400"),
        TortureMessage("rfc4475/badvers", .refused(.versionNotSupported), "should be answered by 505"),
        TortureMessage("rfc4475/mismatch01", .refused(.badRequest), "is answered by 400"),
        TortureMessage("rfc4475/mismatch02", .refused(.notImplemented), "should be answered by 501"),
        TortureMessage("rfc4475/bigcode", .dropped, "should be dropped"),
        TortureMessage("rfc4475/badbranch", .accepted, "may be taken by the names of RFC 2543"),
    ]

    /// RFC 4475 §3.3 and §3.4.
    private static let semantic = [
        TortureMessage("rfc4475/insuf", .refused(.badRequest), "ideally answered by 400"),
        TortureMessage("rfc4475/unkscm", .refused(.unsupportedURIScheme), "is answered by 416"),
        TortureMessage("rfc4475/novelsc", .refused(.unsupportedURIScheme), "may be answered by 416"),
        TortureMessage("rfc4475/unksm2", .refused(.badRequest), "a registrar answers 400"),
        TortureMessage("rfc4475/bext01", .refused(.badExtension), "is answered by 420"),
        TortureMessage("rfc4475/invut", .refused(.unsupportedMediaType), "an endpoint answers 415"),
        TortureMessage("rfc4475/regaut01", .accepted, "who asks for no credentials ignores them"),
        TortureMessage("rfc4475/multi01", .refused(.badRequest), "would be answered by 400"),
        TortureMessage("rfc4475/mcl01", .refused(.badRequest), "should be answered by an error"),
        TortureMessage("rfc4475/bcast", .dropped, "an endpoint should discard it"),
        TortureMessage("rfc4475/zeromf", .accepted, "an endpoint takes it"),
        TortureMessage("rfc4475/cparam01", .accepted, "should succeed"),
        TortureMessage("rfc4475/cparam02", .accepted, "should succeed"),
        TortureMessage("rfc4475/regescrt", .accepted, "should succeed"),
        TortureMessage("rfc4475/sdp01", .refused(.notAcceptable), "could be answered by 406"),
        TortureMessage("rfc4475/inv2543", .accepted, "should be taken from an older peer"),
    ]

    /// RFC 5118 §4. Its archive has lone line feeds and three wrong values of Content-Length; ours are right.
    private static let internetProtocol6 = [
        TortureMessage("rfc5118/ipv6-good", .accepted, "well formed"),
        TortureMessage("rfc5118/ipv6-bad", .refused(.badRequest), "should be answered by 400"),
        TortureMessage("rfc5118/port-ambiguous", .accepted, "well formed; the port is part of the address"),
        TortureMessage("rfc5118/port-unambiguous", .accepted, "well formed"),
        TortureMessage(
            "rfc5118/via-received-param-with-delim", .refused(.callDoesNotExist), "must be read; of no dialog of ours"),
        TortureMessage("rfc5118/via-received-param-no-delim", .accepted, "well formed"),
        TortureMessage("rfc5118/ipv6-in-sdp", .accepted, "well formed"),
        TortureMessage("rfc5118/mult-ip-in-header", .refused(.callDoesNotExist), "well formed; of no dialog of ours"),
        TortureMessage("rfc5118/mult-ip-in-sdp", .accepted, "well formed"),
        TortureMessage("rfc5118/ipv4-mapped-ipv6", .accepted, "well formed"),
        TortureMessage("rfc5118/ipv6-bug-abnf-3-colons", .accepted, "the colon too many must be tolerated"),
        TortureMessage("rfc5118/ipv6-correct-abnf-2-colons", .accepted, "well formed"),
    ]
}
