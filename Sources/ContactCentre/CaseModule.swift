import Accounts
import Casework
import Journal

/// One business of the contact centre: what can happen in it, the tables that follow it, and its kinds of case.
package struct CaseModule: Sendable {
    /// A kind of case, as everything above the modules sees it.
    package struct Kind: Sendable {
        /// The first part of the names of its streams.
        package let name: String
        /// What can happen to it.
        package let events: any EventContent.Type
        /// Who may read it.
        package let read: Permission
        /// Who decides what the law leaves to a person: an outcome that a change of the calendar has put in doubt.
        package let act: Permission
        /// Who may get its documents; nil where it has none of its own.
        package let documents: Permission?
        /// Whether its page tells its events one by one, so that each has its wording.
        package let isTold: Bool

        /// A kind of case; where nothing else is said, its readers get its documents and its page tells what happened.
        init(
            _ name: String, _ events: any EventContent.Type, read: Permission, act: Permission, documents: Permission?,
            isTold: Bool = true
        ) {
            self.name = name
            self.events = events
            self.read = read
            self.act = act
            self.documents = documents
            self.isTold = isTold
        }
    }

    /// Its kinds of case.
    package let kinds: [Kind]
    /// What else can happen in it.
    let otherEvents: [any EventContent.Type]
    /// Its tables.
    let projections: @Sendable (EventCatalogue) -> [any Projection]

    init(
        _ kinds: [Kind] = [], others: [any EventContent.Type] = [],
        _ projections: @escaping @Sendable (EventCatalogue) -> [any Projection]
    ) {
        self.kinds = kinds
        otherEvents = others
        self.projections = projections
    }

    /// All that can happen in it, each type once.
    var events: [any EventContent.Type] {
        kinds.map(\.events).reduce(into: otherEvents) { types, type in
            if !types.contains(where: { $0 == type }) { types.append(type) }
        }
    }
}
