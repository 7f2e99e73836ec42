import Accounts
import ContactCentre

/// Which kinds of cases somebody may see the clocks of: in the worklist, its numbers, its file, the interface, a feed.
enum PermittedClocks {
    /// The kinds, the first part of their streams.
    static func kinds(for permissions: Set<Permission>) -> Set<String> {
        Set(ContactCentre.kinds.values.filter { permissions.contains($0.read) }.map(\.name))
    }
}
