import CanonicalJSON
import Foundation
import GRDB

/// The receipts in a receiver's store, for those who hold a journal against them; the store is only read.
package enum AgencyArchive {
    /// A receipt as it was given.
    package struct Copy: Sendable, Hashable {
        /// The receipt's number, for instance "AR-000017".
        package var number: String
        /// The bytes of the receipt.
        package var document: [UInt8]
        /// The signature over them; nil where it was not signed.
        package var signature: [UInt8]?
    }

    /// All receipts of the store at a path, the first first.
    /// - Throws: `DatabaseError` where there is no such store, or where it is none.
    package static func receipts(inStore path: String) throws -> [Copy] {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        let copies = try queue.read { db in
            guard try db.tableExists("reportHead") else { return [Copy]() }
            return try Row.fetchAll(db, sql: "\(AgencyStore.columns) ORDER BY id").map { row in
                let receipt = AgencyStore.receipt(row)
                return Copy(number: receipt.number, document: receipt.json.bytes, signature: receipt.signature)
            }
        }
        try queue.close()
        return copies
    }
}
