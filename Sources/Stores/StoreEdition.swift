import GRDB

extension DatabaseMigrator {
    /// Brings a store up to this edition; one that a later edition wrote is left as it is.
    /// - Parameters:
    ///   - store: open and not used yet.
    ///   - path: where it lies, for the words of a refusal.
    /// - Throws: `LaterStore`; `DatabaseError`.
    package func bring(_ store: some DatabaseWriter, at path: String) throws {
        if try store.read(hasBeenSuperseded) { throw LaterStore(path: path) }
        try migrate(store)
    }
}

/// A store that a later edition of the program wrote: this one does not know what stands in it.
package struct LaterStore: Error, Equatable, CustomStringConvertible {
    /// Where it lies.
    package let path: String

    /// A refusal for the store at `path`.
    package init(path: String) { self.path = path }

    package var description: String {
        "“\(path)” was written by a later edition of Bailanys: start that edition, or restore the backup of before it was installed. Nothing was changed."
    }
}
