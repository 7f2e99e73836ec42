import Accounts
import HTTPTypes
import Hummingbird

/// Who may use a route. There is no default: a route says it, or does not compile.
package enum Access: Hashable, Sendable {
    /// Everybody, signed in or not.
    case everyone
    /// Everybody who is signed in.
    case signedIn
    /// Who has this permission.
    case needs(Permission)
}

/// Which requests that change something are believed to come from our own pages.
package enum FormCheck: Hashable, Sendable {
    /// Those that carry the token of the form.
    case token
    /// Those that the browser does not call foreign; for choices that harm nobody, such as the language.
    case origin
}

/// One address and what answers there.
package struct Route: Sendable {
    /// GET, POST, …
    package let method: HTTPRequest.Method
    /// The address.
    package let path: SitePath
    /// Who may use it.
    package let access: Access
    /// How a request that changes something proves where it comes from.
    package let check: FormCheck
    /// The most bytes that the body may have.
    package let bodyLimit: Int
    /// Whether the handler reads the body itself while it arrives.
    package var isStreaming = false
    /// How much a form with files may carry; nil where the route takes none.
    package let uploads: UploadLimits?
    /// The steps of a session before which the route is open; all other routes wait until nothing is left to do.
    package let isOpenBefore: Set<SessionStep>
    /// Asked before the body is read; its answer, where it gives one, is the end.
    ///
    /// A route that is open to everybody and takes files must have one: nobody leaves a byte on the disk unasked.
    let admit: (@Sendable (WebRequest) async throws -> Response?)?
    let handle: @Sendable (WebRequest) async throws -> Response

    /// Whether somebody is asked before the body is read.
    package var isGuarded: Bool { access != .everyone || admit != nil }

    /// A page.
    package static func get(
        _ path: SitePath, _ access: Access, isOpenBefore: Set<SessionStep> = [],
        _ handle: @escaping @Sendable (WebRequest) async throws -> Response
    ) -> Route {
        Route(
            method: .get, path: path, access: access, check: .token, bodyLimit: 0, uploads: nil,
            isOpenBefore: isOpenBefore, admit: nil, handle: handle)
    }

    /// A form that changes something.
    /// - Parameters:
    ///   - bodyLimit: in bytes; forms of texts fit in the default of 256 KiB.
    ///   - uploads: given where the form may carry files; they are in `WebRequest.files` by the time the handler runs.
    ///   - admit: asked before the body is read.
    package static func post(
        _ path: SitePath, _ access: Access, check: FormCheck = .token, bodyLimit: Int = 262_144,
        uploads: UploadLimits? = nil, isOpenBefore: Set<SessionStep> = [],
        admit: (@Sendable (WebRequest) async throws -> Response?)? = nil,
        _ handle: @escaping @Sendable (WebRequest) async throws -> Response
    ) -> Route {
        Route(
            method: .post, path: path, access: access, check: check, bodyLimit: bodyLimit, uploads: uploads,
            isOpenBefore: isOpenBefore, admit: admit, handle: handle)
    }
}
