import HTTPTypes

/// Header fields that the library has no names for.
extension HTTPField.Name {
    /// The id under which the log has the request.
    static let requestID = HTTPField.Name(literal: "X-Request-Id")
    /// The addresses through which a request came, noted by proxies.
    static let forwardedFor = HTTPField.Name(literal: "X-Forwarded-For")
    /// Whether the page that sent the request belongs to this site, in the browser's words.
    static let fetchSite = HTTPField.Name(literal: "Sec-Fetch-Site")
    /// The key by which a command is safe to repeat.
    static let idempotencyKey = HTTPField.Name(literal: "Idempotency-Key")
    /// How long parts of the work took.
    static let serverTiming = HTTPField.Name(literal: "Server-Timing")
    /// The form token, where a script sends the form.
    static let formToken = HTTPField.Name(literal: "X-Form-Token")

    /// Sent by our scripts where a part of a page is wanted instead of the whole.
    static let fragment = HTTPField.Name(literal: "X-Fragment")

    /// A name written in the program; the literals above are tokens, so the second name is never used.
    private init(literal: StaticString) { self = HTTPField.Name(literal.description) ?? .via }
}
