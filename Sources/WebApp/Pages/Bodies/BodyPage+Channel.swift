import Accounts
import Casework
import ContactCentre
import Correspondence
import Hummingbird
import Journal
import Markup
import Registry
import WorkingDays

/// How complaints reach the body: the address of its office, and the token of its own system.
extension BodyPage {
    private static func form(_ code: String, _ channel: BodyChannel, _ view: View) -> StepForm {
        StepForm(
            step: "email", path: .bodyChannel(.value(code)),
            fields: [
                StepField(
                    name: "email", kind: .line(type: "email"), label: view.t("channel.email"),
                    hint: view.t("channel.emailHint"), isRequired: false, preset: channel.email ?? ""),
                StepField(
                    name: "webhook", kind: .line(type: "url"), label: view.t("channel.webhook"),
                    hint: view.t("channel.webhookHint"), isRequired: false, preset: channel.webhook ?? ""),
            ], submit: view.t("channel.save"))
    }

    func channel(into html: inout HTML, _ view: View) {
        let channel = overview.channel
        html.panel(view.t("channel.title"), id: "channel") { html in
            html.stepForm(sentChannel ?? Self.form(record.code, channel, view), view)
            html.h3(text: view.t("channel.system"))
            if let token {
                html.alert(.success, title: view.t("channel.tokenOnce")) { html in
                    html.p { $0.element("code", [], text: token) }
                    if let secret {
                        html.p(text: view.t("channel.secret"))
                        html.p { $0.element("code", [], text: secret) }
                    }
                }
            }
            html.p(
                text: channel.tokenAt.map { view.t("channel.tokenSince", ["date": view.dates.short($0)]) }
                    ?? view.t("channel.noToken"))
            html.div(.class("buttons")) { html in
                press("issue", "channel.issue", into: &html, view)
                if channel.tokenAt != nil { press("withdraw", "channel.withdraw", into: &html, view) }
            }
        }
    }

    private func press(_ step: String, _ label: TextKey, into html: inout HTML, _ view: View) {
        html.postForm(to: .bodyChannel(.value(record.code)), view) { html in
            html.input(.type("hidden"), .name("step"), .value(step))
            html.button(.type("submit"), .class("button"), text: view.t(label))
        }
    }

    /// Sets the address, or makes or withdraws the token: `POST /bodies/{code}/channel`.
    static func setChannel(_ site: WebRequest) async throws -> Response {
        var page = try await page(site)
        let (code, desk) = (page.record.code, site.environment.centre.bodyLinks)
        let (actor, now) = (try site.authority.actor, site.environment.now())
        switch site.form["step"] {
        case "issue":
            let key = try site.formKey(of: actor)
            // A second sending of the form has nothing to show: the token is kept nowhere.
            if let key, try await site.environment.centre.journal.isDone(key) {
                return site.redirect(to: .body(.value(code)), notice: .stepDone)
            }
            let secret = site.environment.randomBytes(32)
            let token = try await desk.issueToken(to: code, secret: secret, by: actor, at: now, once: key)
            page = try await self.page(site)
            page.token = token
            page.secret = desk.webhookSecret(of: code)
            return site.secretPage(page)
        case "withdraw":
            try await desk.withdrawToken(of: code, reason: "withdrawn on the page", by: actor, at: now)
            return site.redirect(to: .body(.value(code)), notice: .stepRecorded)
        default:
            var reader = StepReader(form(code, page.overview.channel, site.reader), site)
            do {
                let (email, webhook) = (reader.optional("email"), reader.optional("webhook"))
                if reader.isRight {
                    try await desk.setChannel(
                        of: code, email: email, webhook: webhook, by: actor, at: now, once: try reader.key)
                    return site.redirect(to: .body(.value(code)), notice: .stepRecorded)
                }
            } catch {
                try reader.take(error)
            }
            page.sentChannel = reader.form
            return site.page(page, status: reader.status)
        }
    }
}
