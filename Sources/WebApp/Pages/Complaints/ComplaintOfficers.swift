import Accounts
import Complaints
import ContactCentre
import Markup

/// The officers between whom complaints go, and who of them the reader is.
struct ComplaintOfficers: Sendable {
    /// Everybody who has an account, by its number: who may not do complaints any more may still have some.
    let colleagues: [Int64: Colleague]
    /// The number of the reader's account.
    let reader: Int64?
    /// Who has open complaints; whoever left may be among them, and is to be found until others have them.
    var holders: Set<Int64> = []

    init(_ site: WebRequest) async throws {
        colleagues = Dictionary(
            try await site.environment.accounts.colleagues(who: .manageComplaints).map { ($0.number, $0) },
            uniquingKeysWith: { first, _ in first })
        reader = site.user?.number
    }

    /// What an officer is called; the number of his account where he was erased.
    func name(_ number: Int64) -> String { colleagues[number]?.displayName ?? "№ \(number)" }

    /// Those who may have complaints, by name; two of one name are told apart by what they sign in with.
    var choices: [(value: String, label: String)] { choices { $0.mayAct } }

    /// The same and those who have some still, for the filter of a list.
    var owners: [(value: String, label: String)] {
        let erased = holders.filter { colleagues[$0] == nil }.sorted().map { (value: "\($0)", label: name($0)) }
        return choices { $0.mayAct || holders.contains($0.number) } + erased
    }

    private func choices(where isWanted: (Colleague) -> Bool) -> [(value: String, label: String)] {
        let may = colleagues.values.filter(isWanted)
        let names = Dictionary(grouping: may, by: \.displayName)
        return may.map { one in
            let isAlone = (names[one.displayName]?.count ?? 0) < 2
            return (value: "\(one.number)", label: isAlone ? one.displayName : "\(one.displayName) (\(one.loginName))")
        }.sorted(byText: \.label)
    }

    /// To whom the reader may hand over what somebody has: neither to him nor to himself.
    func others(than holder: Int64? = nil) -> [(value: String, label: String)] {
        choices.filter { $0.value != holder.map { "\($0)" } && $0.value != reader.map { "\($0)" } }
    }
}

extension HTML {
    /// Who has a complaint.
    mutating func holder(_ number: Int64?, _ officers: ComplaintOfficers, _ view: View) {
        guard let number else { return text(view.t("assignee.nobody")) }
        let name = officers.name(number)
        text(number == officers.reader ? view.t("assignee.you", ["name": name]) : name)
    }
}
