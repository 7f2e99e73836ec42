import Accounts
import Complaints
import Markup

/// What can be done to several complaints of the list at once; each is decided for itself, as on its own page.
enum BulkAct: String, CaseIterable, Sendable {
    /// Into the reader's own hands.
    case take
    /// Into another officer's.
    case handOver
    /// Another mail to the body that must answer.
    case remind
    /// The term longer, for one reason.
    case extend
    /// To one body, for one reason.
    case transfer

    /// How many rows at most.
    static let most = 100

    /// The step of the page of one complaint that it is; reminding is a press of the panel of its way.
    var step: ComplaintStep? {
        switch self {
        case .take: .take
        case .handOver: .handOver
        case .remind: nil
        case .extend: .extend
        case .transfer: .transfer
        }
    }

    /// Whether something must be said besides the rows.
    var asks: Bool { self == .handOver || self == .extend || self == .transfer }
}

/// A row that was ticked: which complaint, and who had it when its reader looked.
struct BulkRow: Hashable, Sendable {
    let number: String
    let seen: ComplaintHolder

    /// A row of the list.
    init(_ record: ComplaintRecord) {
        number = record.id
        seen = ComplaintHolder(record.assignee)
    }

    /// Reads what a box says: `2026-000123`, or `2026-000123/7` where the account 7 had it; nil where it is none of ours.
    init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard let first = parts.first, ComplaintNumber(first) != nil, first.count <= 20, parts.count <= 2 else {
            return nil
        }
        number = String(first)
        guard parts.count == 2 else {
            seen = .nobody
            return
        }
        guard let account = Int64(parts[1]) else { return nil }
        seen = .officer(account)
    }

    /// What its box says.
    var text: String { seen.number.map { "\(number)/\($0)" } ?? number }
}

extension HTML {
    /// The form of the rows that are ticked below it; the boxes belong to it by its name, so that it needs no script.
    mutating func bulkBar(_ view: View) {
        postForm(to: .complaintsBulk, view, .id("bulk-form"), .class("bulk-bar")) { html in
            html.input(.type("hidden"), .name("back"), .value(view.path))
            html.div(.class("choice"), Attribute("hidden", flag: true)) { html in
                html.input(.type("checkbox"), .id("bulk-all"), Attribute("data-choose-all", flag: true))
                html.label(.for("bulk-all"), text: view.t("bulk.all"))
            }
            html.span(.class("hint"), text: view.t("bulk.chosen"))
            for act in BulkAct.allCases {
                html.button(
                    .type("submit"), .class("button is-small"), .name("act"), .value(act.rawValue),
                    text: view.name("bulkAct", act) + (act.asks ? "…" : ""))
            }
        }
    }

    /// The box of a row.
    mutating func bulkBox(_ record: ComplaintRecord, _ view: View) {
        input(
            .type("checkbox"), .class("row-box"), .name("row"), .value(BulkRow(record).text),
            Attribute("form", "bulk-form"), .ariaLabel(view.t("bulk.choose", ["number": record.id])))
    }
}
