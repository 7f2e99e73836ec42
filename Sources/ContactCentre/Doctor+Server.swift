import Foundation
import GRDB
import Journal
import PostgresJournal
import Stores

extension Doctor {
    /// The server of the journal, where it is on one; nothing where it is the folder's own file.
    func server() -> [Finding] {
        // Settings that cannot be read are a finding of their own.
        guard let address = (try? Settings.read(data + "/bailanys.yaml"))?.journal else { return [] }
        do {
            let authority = try PostgresAuthority(address)
            let session = try authority.look()
            defer { session.end() }
            let head = session.begun.head
            var found: [Finding] = [
                .ok(
                    "server",
                    "The journal is on \(authority.name), at event \(head.position); \(try worker(authority)).")
            ]
            let standbys = try authority.standbys()
            found.append(
                standbys == 0
                    ? .warning(
                        "server", "No standby confirms what \(authority.name) commits: its disk is the only one.",
                        "Set synchronous_standby_names (docs/cluster.md).")
                    : .ok("server", "\(standbys) standbys confirm each commit."))
            return found
        } catch {
            return [
                .fault(
                    "server", "The journal's server does not answer: \(error)",
                    "Look at the PostgreSQL servers, the network and “journal” in the settings.")
            ]
        }
    }

    private func worker(_ authority: PostgresAuthority) throws -> String {
        let holder = try authority.holder()
        return holder.isEmpty ? "no node has worked yet" : "the node that works, or did last, is \(holder)"
    }
}
