import Accounts
import Contacts
import Hummingbird
import Languages
import Logging

/// What is known of a request while it passes through the middleware.
package struct WebContext: RequestContext {
    /// What Hummingbird keeps of the request.
    package var coreContext: CoreRequestContextStorage
    /// The address of the client or of the proxy before it.
    package let peer: String
    /// What becomes known of the request, for the log.
    package let trace = RequestTrace()
    /// The language of the interface.
    package var language: Language = .kk
    /// The session and the secret that opened it; nil when nobody is signed in.
    package var session: (token: SessionToken, active: ActiveSession)?

    /// The call that the reader of a page is recording; nil where he records none.
    package var call: ContactRecord?

    /// Whom attempts and requests without a session are counted by.
    var customer: String { trace.client?.customer ?? peer }

    /// The context of a request.
    package init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        peer = source.channel.remoteAddress?.ipAddress ?? "unknown"
    }
}
