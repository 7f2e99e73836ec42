import ContactCentre
import Foundation
import TestSupport
import Testing

@Suite("The data folder and the settings")
struct ContactCentreTests {
    @Test(
        "mail goes in plain to this very machine and to nothing that is only called so",
        arguments: [
            ("smtp://127.0.0.1:25", true), ("smtp://localhost", true), ("smtp://LOCALHOST:2525", true),
            ("smtp://[::1]:25", true), ("smtp://localhost@127.0.0.55:2627", false),
            ("smtp://localhost.evil.example", false),
            ("smtp://127.0.0.1.evil.example:25", false), ("smtp://127.0.0.10", false), ("smtps://localhost", false),
            ("smtp://", false), ("", false),
        ])
    func plainMail(address: String, isHere: Bool) { #expect(Settings.isThisMachine(address) == isHere) }

    @Test("what an earlier edition left open to others is closed when the folder is worked in")
    func rights() throws {
        let folder = TemporaryFolder()
        let path = folder.file("data")
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        for name in ["vault.db", "vault.db-wal", "bailanys.yaml"] {
            _ = FileManager.default.createFile(
                atPath: path + "/" + name, contents: Data(), attributes: [.posixPermissions: 0o644])
        }
        let data = try DataFolder(path: path)
        for name in ["vault.db", "vault.db-wal", "bailanys.yaml"] {
            let rights = try FileManager.default.attributesOfItem(atPath: data.path + "/" + name)[.posixPermissions]
            #expect(rights as? Int == 0o600, "\(name)")
        }
    }
}
