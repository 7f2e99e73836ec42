import Foundation
import Journal
import KnowledgeBase
import TestSupport

/// A folder of cards that a test writes.
struct CardFolder {
    let folder = TemporaryFolder()
    var path: String { folder.path }

    func write(_ name: String, _ text: String) throws { try write(name, Array(text.utf8)) }

    func write(_ name: String, _ bytes: [UInt8]) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: folder.file(name)))
    }

    /// A card that says what the register says, and no more.
    static let empty = """
        code: S0001
        content: registry-only
        title: {kk: "Әскерден босату", ru: "Освобождение от призыва"}
        sphere: defence
        owner: MD
        """

    /// A card that says something in both languages.
    static func card(
        _ code: String = "S0001", fee: String = "Тегін", feeRU: String = "Бесплатно", more: String = ""
    ) -> String {
        """
        code: \(code)
        content: illustrative
        title: {kk: "Әскерден босату", ru: "Освобождение от призыва"}
        sphere: defence
        owner: MD
        documents:
          kk: ["Өтініш", "Жеке куәлік"]
          ru: ["Заявление", "Удостоверение личности"]
        fee: {kk: "\(fee)", ru: "\(feeRU)"}
        \(more)
        """
    }
}

extension World {
    func take(_ folder: CardFolder, over: Bool = false, at moment: String = "2026-03-26 10:00:00") throws
        -> CardImportReport
    {
        try cards.importFolder(folder.path, over: over, by: coordinator, at: try at(moment))
    }

    @discardableResult
    func perform(_ command: CardCommand, on code: String = "S0001") async throws -> CardRecord {
        try await cards.perform(command, on: code, by: coordinator, at: try at("2026-03-27 10:00:00"))
    }

    @discardableResult
    func edit(
        _ yaml: String, of code: String = "S0001", expecting edition: Int, renews: Bool = false
    ) async throws -> CardRecord {
        try await cards.edit(
            code, yaml: Array(yaml.utf8), source: "letter 5", expecting: edition, renews: renews, by: coordinator,
            at: try at("2026-03-27 11:00:00"))
    }
}
