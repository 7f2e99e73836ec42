import Accounts

/// The parts of the site that the navigation leads to, in its order.
package enum NavigationSection: String, CaseIterable, Hashable, Sendable {
    case home

    /// Where it leads.
    package var path: SitePath {
        switch self {
        case .home: .home
        }
    }

    /// What the reader must be allowed to see it; nil for everybody who is signed in.
    package var permission: Permission? {
        switch self {
        case .home: nil
        }
    }

    /// What it is called.
    package var label: TextKey {
        switch self {
        case .home: "nav.home"
        }
    }

    /// What is drawn beside it.
    package var icon: Icon {
        switch self {
        case .home: .home
        }
    }
}
