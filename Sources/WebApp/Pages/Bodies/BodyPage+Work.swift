import Accounts
import Casework
import Correspondence
import Journal
import Languages
import Markup
import Onboarding
import Registry
import Rulebook
import WorkingDays

extension BodyPage {
    // MARK: Dates

    func dates(into html: inout HTML, _ view: View) {
        html.panel(view.t("body.dates"), id: "dates") { html in
            guard !overview.dates.isEmpty else { return html.p(.class("note"), text: view.t("body.noDates")) }
            let columns = [
                Column(view.t("clocks.due")), Column(view.t("clocks.duty")), Column(view.t("requests.service")),
            ]
            html.dataTable(caption: view.t("body.dates"), columns: columns, rows: overview.dates) { row, html, clock in
                row.cell(&html) { html in
                    html.badge(clock.state(on: view.today), view)
                    html.text(" ")
                    html.dueDate(clock, view)
                }
                row.cell(&html) { html in
                    html.text(titles[clock.rule]?[view.language] ?? clock.rule)
                    html.p(.class("hint"), text: view.name("owner", clock.owner))
                }
                row.cell(&html) { html in
                    guard let service = clock.service else {
                        guard let path = clock.casePath(view) else { return html.text(clock.stream.id) }
                        return html.a(.class("plain-link"), .href(path.path), text: clock.stream.id)
                    }
                    html.serviceName(service, overview.serviceNames[service], view)
                }
            }
        }
    }

    // MARK: Requests

    func requests(into html: inout HTML, _ view: View) {
        html.panel(view.t("nav.requests"), id: "requests") { html in
            guard !overview.requests.isEmpty else { return html.p(.class("note"), text: view.t("requests.none")) }
            let columns = [
                Column(view.t("requests.service")), Column(view.t("requests.state")), Column(view.t("clocks.due")),
            ]
            html.dataTable(caption: view.t("nav.requests"), columns: columns, rows: overview.requests) {
                row, html, request in
                row.cell(&html) { html in
                    let name = overview.serviceNames[request.service] ?? Localized(kk: request.service, ru: "")
                    html.a(.class("plain-link"), .href(SitePath.request(.value(request.id)).path)) {
                        $0.localized(name, view)
                    }
                    html.p(.class("hint"), text: request.id)
                }
                row.cell(&html) { $0.stateTag(request.state, view) }
                row.cell(&html) { html in
                    guard let clock = overview.nextDue[request.id] else {
                        if let live = request.days[.live] { html.date(live, view) }
                        return
                    }
                    html.badge(clock.state(on: view.today), view)
                    html.text(" ")
                    html.dueDate(clock, view)
                }
            }
            html.allOf(overview.requestCount, shown: overview.requests.count, SitePath.requests, record.code, view)
        }
    }

    // MARK: Timeliness

    func timeliness(into html: inout HTML, _ view: View) {
        html.panel(view.t("body.timeliness"), id: "timeliness") { html in
            guard !overview.timeliness.isEmpty else {
                return html.p(.class("note"), text: view.t("body.noTimeliness"))
            }
            html.p(.class("note"), text: view.t("statistics.lead", ["n": "\(StatisticsPage.smallestBase)"]))
            let columns = [
                Column(view.t("clocks.duty")), Column(view.t("statistics.met"), isNumeric: true),
                Column(view.t("statistics.breached"), isNumeric: true),
                Column(view.t("body.overdue"), isNumeric: true), Column(view.t("statistics.open"), isNumeric: true),
                Column(view.t("statistics.inTime"), isNumeric: true),
            ]
            html.dataTable(caption: view.t("body.timeliness"), columns: columns, rows: overview.timeliness) {
                row, html, line in
                func address(_ list: ClocksPage.List) -> String {
                    SitePath.clocks.with(["list": list.rawValue, "body": record.code, "rule": line.rule])
                }
                row.cell(&html) { html in
                    html.text(titles[line.rule]?[view.language] ?? line.rule)
                    guard !line.isTermOfLaw else { return }
                    html.p(
                        .class("hint"),
                        text: view.t("body.target", ["n": NumberText.whole(line.late + line.overdue)]))
                }
                row.number(&html, line.met, address: address(.met), view)
                if line.isTermOfLaw {
                    row.number(&html, line.late, address: address(.late), view)
                    row.number(&html, line.overdue, address: address(.breached), isBad: true, view)
                } else {
                    // The law gave no term: there is nothing that the body could have breached.
                    row.cell(&html, "–")
                    row.number(&html, line.overdue, address: address(.missed), view)
                }
                row.number(&html, line.running, address: address(.open), view)
                row.cell(&html) { html in
                    guard line.isTermOfLaw else { return html.text("–") }
                    // Overdue terms are decided: they were not kept.
                    let decided = line.met + line.late + line.overdue
                    html.text(StatisticsPage.share(line.met, of: decided))
                    html.p(.class("hint"), text: view.t("statistics.base", ["n": NumberText.whole(decided)]))
                }
            }
        }
    }

    // MARK: Violations

    /// What of the body stands in the ledger, by month.
    func violations(into html: inout HTML, _ view: View) {
        guard !overview.violations.counts.isEmpty, view.may(.readReports) else { return }
        html.panel(view.t("violations.title"), id: "violations") { html in
            html.violationMonths(overview.violations, body: record.code, view)
            html.p(.class("panel-more")) { html in
                html.a(.href(SitePath.violations.with(["body": record.code])), text: view.t("violations.whole"))
            }
        }
    }

    // MARK: Services

    func services(into html: inout HTML, _ view: View) {
        html.panel(view.t("body.services"), id: "services") { html in
            guard !overview.services.isEmpty else { return html.p(.class("note"), text: view.t("body.noServices")) }
            var columns = [Column(view.t("requests.service")), Column(view.t("body.card"))]
            if view.may(.readStatistics) {
                columns.append(
                    Column(
                        view.t("body.contacts", ["days": "\(BodyOverview.contactDays)"]), isNumeric: true))
            }
            html.dataTable(caption: view.t("body.services"), columns: columns, rows: overview.services) {
                row, html, line in
                row.cell(&html) { html in
                    if line.card == nil {
                        html.localized(line.service.name, view)
                    } else {
                        html.serviceName(line.service.code, line.service.name, view)
                    }
                    html.p(.class("hint"), text: line.service.code)
                }
                row.cell(&html) { html in
                    guard let state = line.card else { return html.span(.class("zero"), text: "–") }
                    html.tag(view.name("cardState", state))
                }
                guard view.may(.readStatistics) else { return }
                row.number(
                    &html, line.contacts,
                    address: SitePath.contacts.with([
                        "service": line.service.code,
                        "from": view.today.adding(days: 1 - BodyOverview.contactDays).description,
                        "through": view.today.description,
                    ]), view)
            }
        }
    }

    // MARK: Who answers

    func persons(into html: inout HTML, _ view: View) {
        html.panel(view.t("request.person"), id: "persons") { html in
            guard !overview.persons.isEmpty else { return html.p(.class("note"), text: view.t("body.noPerson")) }
            html.ul(.class("links")) { html in
                for person in overview.persons { html.li { html in line(of: person, into: &html, view) } }
            }
            if let sent, !overview.persons.contains(where: { "left-\($0.id)" == sent.step && $0.endedOn == nil }) {
                html.overtakenStep(sent, title: view.t("body.left"), view)
            }
            if revealed != nil { return html.p(.class("note"), text: view.t("complaint.revealedNote")) }
            guard view.may(.manageRequests) else { return }
            html.postForm(to: .bodyReveal(.value(record.code)), view, .class("form")) { html in
                html.textField(
                    Field(
                        "purpose", label: view.t("complaint.purpose"), hint: view.t("complaint.purposeHint"),
                        error: purposeProblem), view, .autocomplete("off"))
                html.div(.class("buttons")) { html in
                    html.button(.type("submit"), .class("button"), text: view.t("complaint.reveal"))
                }
            }
        }
    }

    private func line(of person: ResponsiblePerson, into html: inout HTML, _ view: View) {
        if let opened = revealed?[person.id] {
            html.p { $0.strong(text: opened?.name ?? view.t("body.erased")) }
            if let opened {
                html.p(text: opened.position)
                html.p(text: [opened.phone, opened.email].filter { !$0.isEmpty }.joined(separator: " · "))
            }
        } else {
            html.p(text: view.t("complaints.masked"))
        }
        html.p(.class("hint")) { html in
            html.text(view.t("body.from", ["date": DateText.short(person.since)]))
            if let end = person.endedOn {
                html.text(" " + view.t("body.until", ["date": DateText.short(end)]))
                if let reason = person.reason { html.text(" · " + view.name("releaseReason", reason)) }
            } else {
                html.text(" ")
                html.tag(view.t("body.now"))
            }
        }
        if person.endedOn == nil, view.may(.manageRequests) { leaving(person, into: &html, view) }
    }

    // MARK: Refusals and other short cases

    func refusals(into html: inout HTML, _ view: View) {
        html.panel(view.t("body.refusals"), id: "refusals") { html in
            html.p(
                text: view.t(
                    "body.refusalsMonth",
                    [
                        "month": view.dates.month(CivilMonth(view.today)), "n": "\(overview.refusals.count)",
                        "limit": repeatedly.map(String.init) ?? "–",
                    ]))
            html.dutyList(overview.refusals, view)
        }
        let others = overview.duties.filter { duty in !overview.refusals.contains(duty) }
        guard !others.isEmpty else { return }
        html.panel(view.t("request.duties"), id: "duties") { html in
            html.dutyList(Array(others.prefix(BodyOverview.shown)), view)
            if others.count > BodyOverview.shown {
                html.p(.class("note"), text: "\(BodyOverview.shown) / \(NumberText.whole(others.count))")
            }
        }
    }

    // MARK: Letters and links

    func correspondence(into html: inout HTML, _ view: View) {
        html.panel(view.t("nav.letters"), id: "letters") { html in
            guard !overview.letters.isEmpty else { return html.p(.class("note"), text: view.t("letters.none")) }
            html.ul(.class("links")) { html in
                for letter in overview.letters {
                    html.li { html in
                        let language: Language = view.language == .kk ? .kk : .ru
                        html.a(
                            .href(SitePath.letter(.value(letter.id)).path), .lang(language),
                            text: language == .kk ? letter.subject.kk : letter.subject.ru)
                        html.p(
                            .class("hint"),
                            text: [
                                view.name("letterStage", letter.stage), letter.outgoing.map { "№ \($0)" },
                                letter.date.map { DateText.short($0) },
                            ].compactMap { $0 }.joined(separator: " · "))
                    }
                }
            }
            html.allOf(overview.letterCount, shown: overview.letters.count, SitePath.letters, record.code, view)
        }
        guard !overview.links.isEmpty, view.may(.manageRequests) else { return }
        html.panel(view.t("bodyLinks.title"), id: "links") { html in
            html.ul(.class("links")) { html in
                for link in overview.links {
                    html.li { html in
                        html.a(
                            .href(SitePath.bodyLinks.with(["request": link.request])),
                            text: view.t("request.title", ["number": link.request]))
                        let isOpen = link.isOpen(at: view.now)
                        html.p(.class("hint")) { html in
                            html.text(
                                view.t(
                                    link.revokedAt != nil
                                        ? "bodyLinks.revoked" : isOpen ? "bodyLinks.open" : "bodyLinks.over"))
                            html.text(" · " + view.t("bodyLinks.until") + " " + view.dates.short(link.expiresAt))
                            html.text(
                                " · " + view.t("bodyLinks.opened") + ": "
                                    + (link.openedAt.map(view.dates.short) ?? view.t("bodyLinks.never")))
                        }
                    }
                }
            }
        }
    }
}

extension HTML {
    /// The way from the rows that a page shows to the whole list.
    fileprivate mutating func allOf(_ total: Int, shown: Int, _ list: SitePath, _ body: String, _ view: View) {
        guard total > shown else { return }
        p(.class("panel-more")) { html in
            html.a(.href(list.with(["body": body])), text: view.t("list.wholeOf", ["n": NumberText.whole(total)]))
        }
    }

    /// Short cases, one below the other.
    fileprivate mutating func dutyList(_ duties: [DutyRecord], _ view: View) {
        guard !duties.isEmpty else { return }
        ul(.class("links")) { html in
            for duty in duties {
                html.li { html in
                    html.a(
                        .href(SitePath.duty(.value(duty.kind), .value(duty.stream.id)).path),
                        text: DutyName(rawValue: duty.kind).map { view.name("duty", $0) } ?? duty.kind)
                    html.p(.class("hint")) { html in
                        if let day = CivilDate(duty.begunOn) { html.date(day, view) }
                        html.text(" · " + view.standing(of: duty))
                        if let end = duty.endedOn.flatMap({ CivilDate($0) }) {
                            html.text(" ")
                            html.date(end, view)
                        }
                    }
                    html.p(.class("quote"), text: duty.text)
                }
            }
        }
    }
}
