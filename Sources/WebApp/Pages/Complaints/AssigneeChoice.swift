import Accounts
import Complaints

/// Whose complaints a list shows, as its address says it: the reader's own, nobody's, or those of a named officer.
enum AssigneeChoice: Hashable, Sendable {
    case mine, nobody
    case officer(Int64)

    /// Reads what an address says; nil where it says nothing of this kind.
    init?(_ text: String) {
        switch text {
        case "me": self = .mine
        case "none": self = .nobody
        default:
            guard let number = Int64(text), number > 0 else { return nil }
            self = .officer(number)
        }
    }

    /// What the address says.
    var text: String {
        switch self {
        case .mine: "me"
        case .nobody: "none"
        case .officer(let number): "\(number)"
        }
    }

    /// In whose hands the complaints of the list are.
    /// - Parameter reader: the number of the reader's account; whoever has none has no complaints.
    func holder(for reader: Int64?) -> ComplaintHolder {
        switch self {
        case .mine: .officer(reader ?? 0)
        case .nobody: .nobody
        case .officer(let number): .officer(number)
        }
    }
}

extension ComplaintOfficers {
    /// What the filter of a list offers.
    func filter(_ view: View) -> [(value: String, label: String)] {
        let own = view.may(.manageComplaints) ? [(value: "me", label: view.t("assignee.mine"))] : []
        return own + [(value: "none", label: view.t("assignee.nobodys"))] + owners
    }
}
