import CXlsxWriter
import Foundation
import WorkingDays

/// One workbook on its way to a file, by libxlsxwriter. What the library holds lives no longer than `write`.
final class WorkbookWriter {
    private let book: UnsafeMutablePointer<lxw_workbook>
    private let path: String
    private var isClosed = false
    private var formats: [WorkbookStyle: UnsafeMutablePointer<lxw_format>] = [:]

    init(_ workbook: Workbook, path: String) throws(WorkbookError) {
        self.path = path
        var options = lxw_workbook_options()
        let folder = strdup(FileManager.default.temporaryDirectory.path)
        defer { free(folder) }
        options.tmpdir = folder
        guard let book = workbook_new_opt(path, &options) else {
            throw .refused(what: "the workbook", reason: "no memory")
        }
        self.book = book
        // The library copies the folder and the properties.
        var properties = lxw_doc_properties()
        let (title, author) = (strdup(WorkbookText.cell(workbook.title, limit: 255)), strdup("Bailanys"))
        defer {
            free(title)
            free(author)
        }
        properties.title = title
        properties.author = author
        properties.created = Self.seconds(workbook.day)
        try check(workbook_set_properties(book, &properties), "its properties")
        try check(workbook_set_custom_property_string(book, "Language", workbook.language), "its language")
    }

    deinit { if !isClosed { lxw_workbook_free(book) } }

    /// Writes all sheets and closes the file.
    func write(_ workbook: Workbook) throws(WorkbookError) {
        var names: [String: String] = [:]
        var taken: Set<String> = []
        var sheets: [UnsafeMutablePointer<lxw_worksheet>] = []
        for sheet in workbook.sheets {
            let name = WorkbookText.name(sheet.name, among: taken)
            taken.insert(name.lowercased())
            if names[sheet.name] == nil { names[sheet.name] = name }
            guard let added = workbook_add_worksheet(book, name) else {
                throw .refused(what: "the sheet “\(name)”", reason: "its name is not allowed")
            }
            sheets.append(added)
        }
        for (sheet, pointer) in zip(workbook.sheets, sheets) {
            try put(sheet, into: pointer, names: names)
        }
        isClosed = true
        let status = workbook_close(book)
        guard status == LXW_NO_ERROR else {
            throw .unwritable(path: path, reason: String(cString: lxw_strerror(status)))
        }
    }

    func check(_ status: lxw_error, _ what: String) throws(WorkbookError) {
        guard status == LXW_NO_ERROR else { throw .refused(what: what, reason: String(cString: lxw_strerror(status))) }
    }

    /// The format of a style, made once.
    func format(_ style: WorkbookStyle) -> UnsafeMutablePointer<lxw_format>? {
        if let known = formats[style] { return known }
        guard let format = workbook_add_format(book) else { return nil }
        format_set_font_size(format, style.size)
        if style.isBold { format_set_bold(format) }
        if style.isItalic { format_set_italic(format) }
        if style.isWrapped { format_set_text_wrap(format) }
        if !style.isLocked { format_set_unlocked(format) }
        if style.hasBorder {
            format_set_border(format, UInt8(LXW_BORDER_THIN.rawValue))
            format_set_border_color(format, 0xA0A0A0)
        }
        if let fill = style.fill { format_set_bg_color(format, fill) }
        if let ink = style.ink { format_set_font_color(format, ink) }
        switch style.alignment {
        case .usual: break
        case .left: format_set_align(format, UInt8(LXW_ALIGN_LEFT.rawValue))
        case .centre: format_set_align(format, UInt8(LXW_ALIGN_CENTER.rawValue))
        case .right: format_set_align(format, UInt8(LXW_ALIGN_RIGHT.rawValue))
        }
        format_set_align(
            format, UInt8((style.isTop ? LXW_ALIGN_VERTICAL_TOP : LXW_ALIGN_VERTICAL_CENTER).rawValue))
        if let code = style.shape.code { format_set_num_format(format, code) }
        formats[style] = format
        return format
    }

    /// Noon of a day as seconds since 1970, so that it is the same day in every zone of the country.
    private static func seconds(_ day: CivilDate) -> time_t { time_t(day.dayNumber) * 86_400 + 43_200 }

    /// The number of a day as workbooks count: 1 March 1900 is 61.
    static func days(_ day: CivilDate) -> Int { day.dayNumber + 25_569 }
}
