import Casework
import GRDB
import Journal
import Languages
import WorkingDays

/// The tables of the registry: `region`, `regionName`, `body`, `bodyName`, `service`, `responsiblePerson` and
/// `registryImport`, and `registryChange`, where the last change of a body or a service stands in the journal. Dates are ISO
/// texts; nothing known is NULL.
package struct RegistryProjection: Projection {
    package let name = "registry"
    package let version = 3
    package let tables = [
        "registryChange", "registryImport", "responsiblePerson", "service", "bodyName", "body", "regionName", "region",
    ]
    let catalogue: EventCatalogue

    /// The tables over the events that a catalogue can read.
    package init(catalogue: EventCatalogue) { self.catalogue = catalogue }

    package func create(in db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE region (
                  code TEXT NOT NULL PRIMARY KEY, version INTEGER NOT NULL, validFrom TEXT, validTo TEXT,
                  successor TEXT, predecessor TEXT, note TEXT, zone TEXT
                ) STRICT;
                CREATE TABLE regionName (
                  region TEXT NOT NULL, validFrom TEXT, validTo TEXT, kk TEXT NOT NULL, ru TEXT NOT NULL, en TEXT
                ) STRICT;
                CREATE INDEX regionNameByRegion ON regionName (region, validFrom);
                CREATE TABLE body (
                  code TEXT NOT NULL PRIMARY KEY, version INTEGER NOT NULL, kind TEXT NOT NULL, level TEXT, parent TEXT,
                  region TEXT NOT NULL, validFrom TEXT, validTo TEXT, successor TEXT, note TEXT,
                  nameKK TEXT NOT NULL, nameRU TEXT NOT NULL, searchText TEXT NOT NULL
                ) STRICT;
                CREATE INDEX bodyByKind ON body (kind, code);
                CREATE INDEX bodyByParent ON body (parent, code);
                CREATE INDEX bodyByRegion ON body (region, code);
                CREATE TABLE bodyName (
                  body TEXT NOT NULL, validFrom TEXT, validTo TEXT, kk TEXT NOT NULL, ru TEXT NOT NULL, en TEXT
                ) STRICT;
                CREATE INDEX bodyNameByBody ON bodyName (body, validFrom);
                CREATE TABLE service (
                  code TEXT NOT NULL PRIMARY KEY, version INTEGER NOT NULL, registerCode TEXT, egovCode TEXT,
                  nameKK TEXT NOT NULL, nameRU TEXT NOT NULL, owner TEXT NOT NULL, providerKK TEXT NOT NULL,
                  providerRU TEXT NOT NULL, channels TEXT NOT NULL, sphere TEXT NOT NULL, isVerified INTEGER NOT NULL,
                  keywords TEXT NOT NULL, searchText TEXT NOT NULL
                ) STRICT;
                CREATE INDEX serviceByOwner ON service (owner, code);
                CREATE INDEX serviceBySphere ON service (sphere, code);
                CREATE TABLE responsiblePerson (
                  id TEXT NOT NULL PRIMARY KEY, body TEXT NOT NULL, person TEXT NOT NULL, details TEXT NOT NULL,
                  since TEXT NOT NULL, endedOn TEXT, reason TEXT, registeredAt INTEGER NOT NULL, registeredBy TEXT NOT NULL,
                  replacedBy TEXT
                ) STRICT;
                CREATE INDEX responsiblePersonByBody ON responsiblePerson (body, since);
                CREATE TABLE registryImport (
                  version INTEGER NOT NULL PRIMARY KEY, digest TEXT NOT NULL, importedAt INTEGER NOT NULL,
                  actor TEXT NOT NULL, added INTEGER NOT NULL, changed INTEGER NOT NULL, refused INTEGER NOT NULL
                ) STRICT;
                CREATE TABLE registryChange (id INTEGER PRIMARY KEY CHECK (id = 1), position INTEGER NOT NULL) STRICT;
                """)
    }

    package func apply(_ event: RecordedEvent, in db: Database) throws {
        guard RegistryEvent.has(event.name),
            let content = try catalogue.read(event).content as? RegistryEvent
        else { return }
        switch content {
        case .regionRegistered(let region): try put(region, event, db)
        case .regionChanged(let change): try put(change.entry, event, db)
        case .bodyRegistered(let body): try put(body, event, db)
        case .bodyChanged(let change): try put(change.entry, event, db)
        case .bodyClosed(let closed):
            try note(event, db)
            try db.execute(
                sql: "UPDATE body SET version = ?, validTo = ?, successor = ? WHERE code = ?",
                arguments: [event.version, closed.on.description, closed.successor, closed.code])
        case .serviceRegistered(let service): try put(service, event, db)
        case .serviceChanged(let change): try put(change.entry, event, db)
        case .responsiblePersonRegistered(let registered): try put(registered, event, db)
        case .responsiblePersonReleased(let released):
            try end(released.id, on: released.on, released.reason, db)
            try touch(released.body, event, db)
        case .responsiblePersonRevealed(let revealed): try touch(revealed.body, event, db)
        case .registryImported(let imported):
            try db.execute(
                sql: "INSERT INTO registryImport VALUES (?, ?, ?, ?, ?, ?, ?)",
                arguments: [
                    event.version, imported.digest, event.recordedAt.millisecondsSince1970, event.actor.rawValue,
                    imported.added, imported.changed, imported.refused,
                ])
        }
    }

    private func put(_ region: Region, _ event: RecordedEvent, _ db: Database) throws {
        try db.execute(
            sql: "INSERT OR REPLACE INTO region VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            arguments: [
                region.code, event.version, region.validFrom?.description, region.validTo?.description,
                region.successor, region.predecessor, region.note, region.zone,
            ])
        try put(region.names, of: region.code, table: "regionName", column: "region", db)
    }

    private func put(_ body: PublicBody, _ event: RecordedEvent, _ db: Database) throws {
        let names = body.names.flatMap { [$0.name.kk, $0.name.ru, $0.name.en ?? ""] }
        let searchText = SearchFolding.fold(([body.code] + names).joined(separator: " "))
        try db.execute(
            sql: "INSERT OR REPLACE INTO body VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            arguments: [
                body.code, event.version, body.kind.rawValue, body.level?.rawValue, body.parent, body.region,
                body.validFrom?.description, body.validTo?.description, body.successor, body.note, body.name.kk,
                body.name.ru, searchText,
            ])
        try note(event, db)
        try put(body.names, of: body.code, table: "bodyName", column: "body", db)
    }

    private func put(_ names: [DatedName], of code: String, table: String, column: String, _ db: Database) throws {
        try db.execute(sql: "DELETE FROM \(table) WHERE \(column) = ?", arguments: [code])
        let statement = try db.cachedStatement(sql: "INSERT INTO \(table) VALUES (?, ?, ?, ?, ?, ?)")
        for name in names {
            try statement.execute(arguments: [
                code, name.from?.description, name.through?.description, name.name.kk, name.name.ru, name.name.en,
            ])
        }
    }

    private func put(_ service: PublicService, _ event: RecordedEvent, _ db: Database) throws {
        let words =
            [
                service.code, service.registerCode ?? "", service.egovCode ?? "", service.name.kk, service.name.ru,
                service.name.en ?? "",
            ] + service.keywords
        try db.execute(
            sql: "INSERT OR REPLACE INTO service VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            arguments: [
                service.code, event.version, service.registerCode, service.egovCode, service.name.kk, service.name.ru,
                service.owner, service.provider.kk, service.provider.ru,
                service.channels.map(\.rawValue).joined(separator: ";"), service.sphere, service.isVerified,
                service.keywords.joined(separator: ";"), SearchFolding.fold(words.joined(separator: " ")),
            ])
        try note(event, db)
    }

    /// Notes that bodies or services read otherwise from here on.
    private func note(_ event: RecordedEvent, _ db: Database) throws {
        try db.cachedStatement(sql: "INSERT OR REPLACE INTO registryChange VALUES (1, ?)")
            .execute(arguments: [event.position])
    }

    private func put(_ registered: ResponsiblePersonRegistered, _ event: RecordedEvent, _ db: Database) throws {
        for earlier in registered.replaces {
            try end(earlier, on: registered.since, .replaced, db)
            try db.execute(
                sql: "UPDATE responsiblePerson SET replacedBy = ? WHERE id = ? AND replacedBy IS NULL",
                arguments: [registered.id, earlier])
        }
        try db.execute(
            sql: "INSERT INTO responsiblePerson VALUES (?, ?, ?, ?, ?, NULL, NULL, ?, ?, NULL)",
            arguments: [
                registered.id, registered.body, registered.sealed.person, registered.sealed.details,
                registered.since.description, event.recordedAt.millisecondsSince1970, event.actor.rawValue,
            ])
        try touch(registered.body, event, db)
    }

    private func end(_ id: String, on date: CivilDate, _ reason: ReleaseReason, _ db: Database) throws {
        try db.execute(
            sql: "UPDATE responsiblePerson SET endedOn = ?, reason = ? WHERE id = ? AND endedOn IS NULL",
            arguments: [date.description, reason.rawValue, id])
    }

    private func touch(_ body: String, _ event: RecordedEvent, _ db: Database) throws {
        try db.execute(sql: "UPDATE body SET version = ? WHERE code = ?", arguments: [event.version, body])
    }
}
