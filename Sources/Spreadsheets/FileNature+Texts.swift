import Languages

extension FileNature {
    /// What it is called before a person.
    package var label: Localized {
        switch self {
        case .empty: Localized(kk: "бос файл", ru: "пустой файл", en: "an empty file")
        case .workbook: Localized(kk: "XLSX жұмыс кітабы", ru: "книга XLSX", en: "an XLSX workbook")
        case .encryptedWorkbook:
            Localized(kk: "құпиясөзі бар жұмыс кітабы", ru: "книга под паролем", en: "a workbook under a password")
        case .oldWorkbook:
            Localized(
                kk: "Excel 97–2003 (.xls) кітабы", ru: "книга Excel 97–2003 (.xls)",
                en: "a workbook of Excel 97-2003 (.xls)")
        case .binaryWorkbook:
            Localized(
                kk: "екілік Excel (.xlsb) кітабы", ru: "двоичная книга Excel (.xlsb)", en: "a binary workbook (.xlsb)")
        case .openDocument:
            Localized(
                kk: "OpenDocument (.ods) кестесі", ru: "таблица OpenDocument (.ods)",
                en: "an OpenDocument spreadsheet (.ods)")
        case .document: Localized(kk: "мәтіндік құжат", ru: "текстовый документ", en: "a text document")
        case .archive: Localized(kk: "мұрағат", ru: "архив", en: "an archive")
        case .pdf: Localized(kk: "PDF құжаты", ru: "документ PDF", en: "a PDF document")
        case .html: Localized(kk: "HTML беті", ru: "страница HTML", en: "a page of HTML")
        case .xml: Localized(kk: "XML файлы", ru: "файл XML", en: "an XML file")
        case .rtf: Localized(kk: "RTF құжаты", ru: "документ RTF", en: "an RTF document")
        case .picture: Localized(kk: "сурет", ru: "изображение", en: "a picture")
        case .text: Localized(kk: "мәтін", ru: "текст", en: "a text")
        case .unknown:
            Localized(kk: "белгісіз түрдегі файл", ru: "файл неизвестного вида", en: "a file of an unknown kind")
        }
    }
}
