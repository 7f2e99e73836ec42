import GRDB
import Journal

/// A type of events that may carry documents, named by their SHA-256.
package protocol DocumentedEvent: EventContent {
    /// The names of those of its events that may.
    static var documentedNames: [String] { get }

    /// The digests of the files that came with this event.
    var documents: [String] { get }
}

extension DocumentedEvent {
    /// All of them, unless a type says otherwise.
    package static var documentedNames: [String] { names }
}

/// Which case has which files: what a typed event carries as a document, and nothing that only looks like one.
///
/// A file is opened through a case that has it, a step may name a file that its case has, and a file that stands here is
/// never swept away. A digest in a text field of an event is a text.
package struct CaseDocuments: Projection {
    package let name = "caseDocuments"
    package let version = 1
    package let tables = ["caseDocument"]
    private let catalogue: EventCatalogue

    /// The table over the events that a catalogue can read.
    package init(catalogue: EventCatalogue) { self.catalogue = catalogue }

    package func create(in db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE caseDocument (
                  digest TEXT NOT NULL, stream TEXT NOT NULL, PRIMARY KEY (digest, stream)
                ) STRICT, WITHOUT ROWID
                """)
    }

    package func apply(_ event: RecordedEvent, in db: Database) throws {
        guard catalogue.carriesDocuments(event.name),
            let content = try catalogue.read(event).content as? any DocumentedEvent
        else { return }
        for digest in content.documents {
            try db.execute(
                sql: "INSERT INTO caseDocument (digest, stream) VALUES (?, ?) ON CONFLICT DO NOTHING",
                arguments: [digest, event.stream.rawValue])
        }
    }

    /// Whether a case has a file.
    package static func has(_ stream: StreamID, _ digest: String, in db: Database) throws -> Bool {
        try Bool.fetchOne(
            db, sql: "SELECT EXISTS (SELECT 1 FROM caseDocument WHERE digest = ? AND stream = ?)",
            arguments: [digest, stream.rawValue]) ?? false
    }

    /// Those of some files that any case has.
    package static func named(among digests: Set<String>, in db: Database) throws -> Set<String> {
        let statement = try db.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM caseDocument WHERE digest = ?)")
        return try digests.filter { try Bool.fetchOne(statement, arguments: [$0]) ?? false }
    }
}
