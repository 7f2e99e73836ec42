import Journal
import Postgres

/// Why a database cannot hold a journal.
package enum PostgresSchemaError: Error, Hashable, CustomStringConvertible {
    /// Its texts are not UTF-8.
    case encoding(String)
    /// A later edition of the program made its tables.
    case newerEdition
    /// Its server does not wait for its disk.
    case careless(String)

    package var description: String {
        switch self {
        case .encoding(let name): "The database keeps texts as \(name): make one with ENCODING 'UTF8'."
        case .newerEdition: "The journal on the server was made by a later edition of Bailanys: run that edition."
        case .careless(let setting):
            "The PostgreSQL server has \(setting) and would lose what it acknowledged: set it right, or take another server."
        }
    }
}

/// The tables of a journal on a server, in the schema `bailanys`.
enum PostgresSchema {
    private static let edition: Int64 = 1

    /// Makes them where they are missing, once however many nodes begin together.
    static func make(at address: PostgresAddress, _ limits: PostgresAuthority.Limits) throws {
        do {
            var connection = try PostgresConnection(to: address, patience: limits.commit, each: limits.connecting)
            try check(&connection)
            try connection.command("BEGIN")
            try connection.run("SELECT pg_advisory_xact_lock($1)", [.int(1_414_797)])
            let isThere = try connection.run("SELECT to_regclass('bailanys.head') IS NOT NULL").bool(0, 0)
            if !isThere { try connection.command(tables) }
            let found = try connection.run("SELECT edition FROM bailanys.head").int(0, 0)
            try connection.command("COMMIT")
            guard found <= edition else { throw PostgresSchemaError.newerEdition }
        } catch let error as PostgresError {
            throw JournalError.unavailable(reason: "\(error)")
        }
    }

    private static func check(_ connection: inout PostgresConnection) throws {
        let settings = try connection.run(
            """
            SELECT current_setting('server_encoding'), current_setting('fsync'), current_setting('full_page_writes')
            """)
        let encoding = try settings.text(0, 0)
        guard encoding == "UTF8" else { throw PostgresSchemaError.encoding(encoding) }
        guard try settings.text(0, 1) == "on" else { throw PostgresSchemaError.careless("fsync off") }
        guard try settings.text(0, 2) == "on" else { throw PostgresSchemaError.careless("full_page_writes off") }
    }

    private static let tables = """
        CREATE SCHEMA IF NOT EXISTS bailanys;
        CREATE TABLE bailanys.head (
          one boolean PRIMARY KEY DEFAULT true CHECK (one), edition bigint NOT NULL, journal bytea NOT NULL,
          position bigint NOT NULL, hash bytea NOT NULL CHECK (length(hash) = 32), beside bigint NOT NULL,
          fence bigint NOT NULL);
        INSERT INTO bailanys.head
          SELECT true, \(edition), uuid_send(gen_random_uuid()), 0, decode(repeat('00', 32), 'hex'), 0, 0;
        CREATE TABLE bailanys.event (
          position bigint PRIMARY KEY CHECK (position > 0), stream text COLLATE "C" NOT NULL,
          version integer NOT NULL CHECK (version > 0), name text COLLATE "C" NOT NULL, occurred_at bigint NOT NULL,
          recorded_at bigint NOT NULL, actor text COLLATE "C" NOT NULL, payload bytea NOT NULL,
          previous_hash bytea NOT NULL CHECK (length(previous_hash) = 32),
          hash bytea NOT NULL CHECK (length(hash) = 32), UNIQUE (stream, version));
        CREATE TABLE bailanys.beside (
          "table" text COLLATE "C" NOT NULL, key text COLLATE "C" NOT NULL, ordinal bigint NOT NULL UNIQUE, content bytea,
          PRIMARY KEY ("table", key));
        CREATE TABLE bailanys.lease (
          one boolean PRIMARY KEY DEFAULT true CHECK (one), fence bigint NOT NULL, holder text NOT NULL,
          until timestamptz NOT NULL);
        INSERT INTO bailanys.lease VALUES (true, 0, '', '-infinity');
        CREATE FUNCTION bailanys.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
          BEGIN RAISE EXCEPTION 'an event of the journal is never changed and never deleted' USING ERRCODE = 'BW001'; END $$;
        CREATE TRIGGER event_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON bailanys.event
          FOR EACH STATEMENT EXECUTE FUNCTION bailanys.refuse();
        CREATE TRIGGER head_is_never_deleted BEFORE DELETE OR TRUNCATE ON bailanys.head
          FOR EACH STATEMENT EXECUTE FUNCTION bailanys.refuse();
        """
}
