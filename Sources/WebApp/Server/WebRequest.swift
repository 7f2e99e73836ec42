import Accounts
import Attachments
import ContactCentre
import Foundation
import HTTPTypes
import Hummingbird
import Journal
import Languages

/// A request that has passed the gate, with what a handler needs: who, the fields, and how to answer.
package struct WebRequest: Sendable {
    /// What the site needs from outside.
    package private(set) var environment: WebEnvironment
    let limiters: RouteGate.Limiters
    /// The request.
    package let request: Request
    /// What the middleware found out.
    package let context: WebContext
    /// The body; empty for GET.
    package private(set) var body = ByteBuffer()
    private(set) var sentForm = Form()

    /// Who sends it; nil when nobody is signed in.
    package var user: SignedInUser? { context.session?.active.user }

    /// In whose name it is done.
    /// - Throws: `SiteError` `unauthorized` when nobody is signed in.
    package var authority: Authority {
        get throws {
            guard let user else { throw SiteError(.unauthorized, "Sign in first.") }
            return user.authority
        }
    }

    /// The form with files, on a route that takes them; nil where the form carried none.
    var multipart: MultipartForm?

    /// The files that came under the name of a field: kept by now, or with the act (`keeping`).
    package func files(_ name: String) -> [Attachment] { multipart?.files[name] ?? [] }

    /// Whether the sender brought a file of this digest himself, a short while ago: nobody names what others brought.
    func brought(_ digest: String) -> Bool {
        guard let sender = user?.authority.actor.rawValue else { return false }
        return environment.centre.attachments.isFrom(sender, digest)
    }

    /// Keeps the files of a field where the act that names them succeeds; otherwise nothing of them is left.
    @discardableResult
    func keeping<Value>(_ name: String, for sender: Actor, while act: () async throws -> Value) async throws -> Value {
        let arrived = multipart?.arrived[name] ?? []
        return try await environment.centre.attachments.keep(arrived, for: sender.rawValue) { _ in try await act() }
    }

    /// The file of a field, on a route that keeps none; it is gone once the answer is given.
    func spooledFile(_ name: String) -> (path: String, name: String)? {
        multipart?.spooled[name].map { ($0.file.path, $0.name) }
    }

    /// Why a file of a field was not kept, in the reader's language; nil where nothing is wrong.
    package func fileProblem(_ name: String) -> String? {
        multipart?.problems[name].map { problem in
            environment.texts.text(TextKey(family: "fileProblem", member: problem.rawValue), context.language)
        }
    }

    /// The fields of the form.
    package var form: Form { multipart?.fields ?? sentForm }

    /// Takes the body that was sent, and its fields where it is a form.
    /// - Throws: `SiteError` that names the fields which are no text.
    mutating func take(_ body: ByteBuffer) throws {
        self.body = body
        let type = request.headers[.contentType] ?? ""
        guard type.hasPrefix("application/x-www-form-urlencoded") else { return }
        sentForm = Form(urlEncoded: String(buffer: body))
        guard sentForm.unreadable.isEmpty else {
            let names = sentForm.unreadable.prefix(5).joined(separator: ", ")
            throw SiteError(.badRequest, "These fields of the form are no text in UTF-8: \(names).")
        }
    }

    /// The request with its clock stopped: all that a handler does happens at one moment, however often it asks.
    var atOneMoment: WebRequest {
        let now = environment.now()
        var site = self
        site.environment.now = { now }
        return site
    }

    /// A parameter of the address, decoded.
    /// - Throws: `SiteError` `notFound` where it is missing or no text.
    package func parameter(_ name: String) throws -> String {
        guard let text = context.parameters.get(name)?.removingPercentEncoding else {
            throw SiteError(.notFound, "There is nothing at this address.")
        }
        return text
    }

    /// A value of the query, decoded; nil where it is missing or empty.
    package func query(_ name: String) -> String? {
        let text = request.uri.queryParameters[Substring(name)]?.replacing("+", with: " ") ?? ""
        return text.isEmpty ? nil : String(text)
    }

    /// The secret behind the tokens of the forms drawn for this reader: the session, or before it the guest cookie.
    var formSecret: SessionToken? {
        context.session?.token ?? request.cookies[FormToken.guestCookie].flatMap { SessionToken($0.value) }
    }

    /// What the browser shows of an earlier sign-in.
    var device: SessionToken? {
        request.cookies[environment.configuration.deviceCookie].flatMap { SessionToken($0.value) }
    }

    // MARK: Answers

    /// The page, drawn for this reader.
    package func page(_ page: some Page, status: HTTPResponse.Status = .ok) -> Response {
        var guest: SessionToken?
        if formSecret == nil { guest = SessionToken(randomBytes: environment.randomBytes) }
        let notice = Preferences.notice(of: request)
        let view = view(formToken: (formSecret ?? guest).map(FormToken.make), notice: notice)
        var response = Response.html(Layout.draw(page, view), status: status)
        if let guest { response.setSiteCookie(FormToken.guestCookie, guest.text, nil, environment) }
        if notice != nil { response.setSiteCookie(Preferences.noticeCookie, "", 0, environment) }
        return response
    }

    /// To another page after something was done, with a word about it.
    package func redirect(to path: SitePath, notice: Notice? = nil) -> Response {
        redirect(to: path.path, notice: notice)
    }

    func redirect(to path: String, notice: Notice? = nil) -> Response {
        var response = Response.seeOther(path)
        if let notice { response.setSiteCookie(Preferences.noticeCookie, notice.rawValue, 60, environment) }
        return response
    }

    /// The reader, for words of an answer that is no page yet.
    var reader: View { view(formToken: nil, notice: nil) }

    /// What a part of a page is drawn with; its links lead back to where its form came from.
    var fragmentView: View {
        view(formToken: formSecret.map(FormToken.make), notice: nil, path: LocalPath(form["back"])?.string)
    }

    private func view(formToken: String?, notice: Notice?, path: String? = nil) -> View {
        View(
            language: context.language, user: user, path: path ?? Preferences.backPath(for: request),
            formToken: formToken, theme: Preferences.theme(of: request), notice: notice,
            isDemo: environment.centre.settings.isDemo ?? false, call: context.call, now: environment.now(),
            newKey: { [environment] in FormKey.random(environment.randomBytes) }, texts: environment.texts,
            assets: environment.assets, zone: environment.zone)
    }
}

extension Response {
    /// Sets a cookie of the site: not for scripts, not for other sites, over https only where we are.
    /// - Parameter seconds: how long it lasts; nil until the browser is closed, 0 to delete it.
    mutating func setSiteCookie(_ name: String, _ value: String, _ seconds: Int?, _ environment: WebEnvironment) {
        setCookie(
            Cookie(
                name: name, value: value, maxAge: seconds, path: "/", secure: environment.configuration.isSecure,
                httpOnly: true, sameSite: .lax))
    }
}
