import Blocking
import CardBlanks
import Hummingbird
import KnowledgeBase
import Languages
import Spreadsheets
import Workbooks
import WorkingDays

/// The workbook of a card's form as a download, and a filled one as it comes back; nothing of the file is kept.
enum CardBlankFile {
    /// Why a file was not read into the form.
    enum Problem: Error {
        /// No file came.
        case missing
        /// It is no table.
        case unreadable(SpreadsheetError)
        /// It is no form of a card.
        case noForm
        /// It is the form of another card.
        case otherCard(String)

        func words(_ view: View) -> String {
            switch self {
            case .missing: view.t("cardBlank.noFile")
            case .unreadable: view.t("cardBlank.unreadable")
            case .noForm: view.t("cardBlank.noForm")
            case .otherCard(let code): view.t("cardBlank.otherCard", ["code": code])
            }
        }
    }

    /// The workbook with what is known filled in.
    static func response(
        _ form: CardForm, of code: String, edition: Int, _ fields: [CardFormField], _ site: WebRequest
    ) async throws -> Response {
        let words = CardBlankTexts.words(site.environment.texts)
        let today = site.environment.zone.civilDate(of: site.environment.now())
        let bytes = try await Blocking.long.run {
            try CardBlank(form, of: code, edition: edition, fields: fields, words, on: today).workbook.bytes()
        }
        return Response(
            status: .ok,
            headers: [
                .contentType: Workbook.mediaType,
                .contentDisposition:
                    "attachment; filename=\"\(code.filter { $0.isASCII && ($0.isLetter || $0.isNumber) }).xlsx\"",
            ], body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// The filled workbook that came with the form.
    /// - Throws: `Problem`.
    static func read(_ site: WebRequest, _ code: String) async throws -> CardBlankReading {
        guard let file = site.spooledFile("file") else { throw Problem.missing }
        let words = CardBlankTexts.words(site.environment.texts)
        let reading: CardBlankReading
        do {
            reading = try await Blocking.long.run { try CardBlankReading(ByteSource(path: file.path), words) }
        } catch let error as SpreadsheetError {
            throw Problem.unreadable(error)
        }
        guard reading.isForm else { throw Problem.noForm }
        if let other = reading.code, other != code { throw Problem.otherCard(other) }
        return reading
    }
}
