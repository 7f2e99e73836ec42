import Languages
import Markup
import WorkingDays

extension HTML {
    /// Why a date is what it is: day zero, each day counted, each day passed over and by what law.
    package mutating func proofTable(_ due: DueDate, _ view: View) {
        let proof = due.proof
        let columns = [
            Column(view.t("proof.date")), Column(view.t("proof.weekday")), Column(view.t("proof.outcome")),
            Column(view.t("proof.reason")),
        ]
        let days = [ProofDay(dayZero: proof.dayZero)] + proof.entries.map(ProofDay.init)
        dataTable(caption: view.t("proof.caption"), columns: columns, rows: days) { row, html, day in
            row.cell(&html) { $0.date(day.date, view) }
            row.cell(&html, view.dates.weekday(day.date))
            row.cell(&html) { html in
                html.span(.class("proof-outcome \(day.className)"), text: day.outcome(view))
            }
            row.cell(&html) { html in html.reason(of: day, view) }
        }
        if due.isProvisional {
            p(.class("note")) { html in
                html.badge(.provisional, view)
                html.text(" " + view.t("proof.provisional"))
            }
        }
    }

    private mutating func reason(of day: ProofDay, _ view: View) {
        guard let entry = day.entry, let reason = entry.reason else { return }
        guard let exception = entry.exception else {
            text(view.name("proofReason", reason))
            return
        }
        text(view.name("proofReason", reason) + ": ")
        let name = Localized(kk: exception.nameKK, ru: exception.nameRU)
        let language: Language = view.language == .kk ? .kk : .ru
        span(.lang(language), text: name[language])
        small(.class("basis"), .lang(language), text: Localized(kk: exception.basisKK, ru: exception.basisRU)[language])
    }
}

/// One line of a proof.
private struct ProofDay {
    let date: CivilDate
    let entry: Proof.Entry?

    init(dayZero: CivilDate) {
        date = dayZero
        entry = nil
    }

    init(_ entry: Proof.Entry) {
        date = entry.date
        self.entry = entry
    }

    var className: String {
        switch entry?.outcome {
        case nil: "is-zero"
        case .counted: "is-counted"
        case .skipped, .rolled: "is-skipped"
        case .reached: "is-reached"
        }
    }

    func outcome(_ view: View) -> String {
        switch entry?.outcome {
        case nil: view.t("proof.dayZero")
        case .counted(let number): view.t("proof.counted", ["number": "\(number)"])
        case .skipped: view.t("proof.skipped")
        case .rolled: view.t("proof.rolled")
        case .reached: view.t("proof.reached")
        }
    }
}
