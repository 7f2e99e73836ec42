import Forms
import Languages
import Spreadsheets

/// What is told of a fault, in the three languages: what stands there and what to do.
enum FilingTexts {
    /// A file that is no table.
    static func unreadable(_ error: SpreadsheetError) -> Localized {
        switch error {
        case .encrypted:
            return Localized(
                kk: "Жұмыс кітабы құпиясөзбен жабылған. Құпиясөзсіз сақтап, қайта жіберіңіз.",
                ru: "Книга закрыта паролем. Сохраните ее без пароля и отправьте снова.",
                en: "The workbook is under a password. Save it without one and send it again.")
        case .notATable(let nature):
            let label = nature.label
            return Localized(
                kk: "Бұл — \(label.kk), оны оқу мүмкін емес. Нысанды XLSX немесе CSV түрінде сақтаңыз.",
                ru: "Это \(label.ru), прочитать нельзя. Сохраните форму как XLSX или CSV.",
                en: "This is \(label[.en]) and is not read. Save the form as XLSX or CSV.")
        case .damaged(let part, let reason):
            return Localized(
                kk: "Жұмыс кітабы бүлінген (\(part): \(reason)). Оны қайта сақтаңыз.",
                ru: "Книга повреждена (\(part): \(reason)). Сохраните ее заново.",
                en: "The workbook is damaged (\(part): \(reason)). Save it anew.")
        case .tooLarge(let what, let limit):
            return Localized(
                kk: "Файлда тым көп мәлімет бар (\(what): ең көбі \(limit)). Тек нысанды қалдырыңыз.",
                ru: "В файле слишком много данных (\(what): не более \(limit)). Оставьте в нем только форму.",
                en: "The file holds too much (\(what): at most \(limit)). Leave only the form in it.")
        case .documentType(let part):
            return Localized(
                kk:
                    "Жұмыс кітабында тыйым салынған құжат түрі жарияланған (\(part)). Оны кесте бағдарламасымен қайта сақтаңыз.",
                ru: "В книге объявлен запрещенный тип документа (\(part)). Сохраните ее заново в табличной программе.",
                en:
                    "The workbook declares a document type (\(part)), which is refused. Save it anew with a spreadsheet program."
            )
        case .unreadable(let why):
            return Localized(
                kk: "Файлды оқу мүмкін болмады: \(why).", ru: "Файл не читается: \(why).",
                en: "The file cannot be read: \(why).")
        }
    }

    /// Kazakh letters became question marks.
    static let lettersLost = Localized(
        kk:
            "Файлда қазақ әріптерінің орнында сұрақ белгілері тұр: ол Windows-1251 арқылы өткен. UTF-8 немесе XLSX түрінде сақтаңыз.",
        ru:
            "В файле вместо казахских букв стоят знаки вопроса: он прошел через Windows-1251. Сохраните его в UTF-8 или XLSX.",
        en:
            "Question marks stand in the place of Kazakh letters: the file went through Windows-1251. Save it in UTF-8 or as XLSX."
    )

    /// No form in the file.
    static func noForm(_ wanted: String) -> Localized {
        Localized(
            kk: "Файлда \(wanted) нысаны табылмады: индексі де, атауы да, кестесі де жоқ. Нысанның өзін жіберіңіз.",
            ru:
                "В файле не найдена форма \(wanted): нет ни индекса, ни наименования, ни таблицы. Отправьте саму форму.",
            en:
                "The form \(wanted) is not in the file: neither its index nor its title nor its table. Send the form itself."
        )
    }

    /// A form without its index.
    static func noIndex(_ wanted: String) -> Localized {
        Localized(
            kk: "Нысанның индексі жоқ. «Индекс» жолына \(wanted) деп жазыңыз.",
            ru: "В форме нет индекса. Впишите \(wanted) в строку «Индекс формы».",
            en: "The form has no index. Write \(wanted) in its line.")
    }

    /// Two forms in one file.
    static func twoForms(_ found: String) -> Localized {
        Localized(
            kk: "Файлда бірнеше нысан бар (\(found)). Әр нысанды бөлек файлмен жіберіңіз.",
            ru: "В файле несколько форм (\(found)). Отправьте каждую форму отдельным файлом.",
            en: "The file holds several forms (\(found)). Send each in a file of its own.")
    }

    /// The index of one form and the title or the table of another.
    static func indexAndTitle(_ index: String, _ other: String) -> Localized {
        Localized(
            kk: "Индексі \(index), ал атауы немесе кестесі \(other) нысанынікі. Қайсысы екенін тексеріңіз.",
            ru: "Индекс — \(index), а наименование или таблица — формы \(other). Проверьте, какая это форма.",
            en: "The index is \(index), but the title or the table is that of \(other). See which form it is.")
    }

    /// An index that is not the one that was asked for.
    static func index(_ index: FormIndex, wanted: String, meant: String?) -> Localized {
        let found = index.text
        if index.skeleton == FormIndex.skeleton(wanted), let pair = index.difference(from: wanted) {
            let (letter, code) = ("\(pair.found)", hex(pair.found))
            let (right, rightCode) = ("\(pair.wanted)", hex(pair.wanted))
            return Localized(
                kk:
                    "Индекс «\(found)» \(wanted) индексіне ұқсайды, бірақ «\(right)» (\(rightCode)) орнында «\(letter)» (\(code)) тұр. \(wanted) деп жазыңыз.",
                ru:
                    "Индекс «\(found)» похож на \(wanted), но вместо «\(right)» (\(rightCode)) стоит «\(letter)» (\(code)). Впишите \(wanted).",
                en:
                    "The index “\(found)” looks like \(wanted), but “\(letter)” (\(code)) stands in the place of “\(right)” (\(rightCode)). Write \(wanted)."
            )
        }
        let seems = meant.map { $0 == wanted ? "" : $0 } ?? ""
        return Localized(
            kk: "Индекс «\(found)», ал \(wanted) керек." + (seems.isEmpty ? "" : " Бұл \(seems) нысанына ұқсайды."),
            ru: "Индекс «\(found)», а нужен \(wanted)." + (seems.isEmpty ? "" : " Похоже на форму \(seems)."),
            en: "The index is “\(found)” where \(wanted) is wanted."
                + (seems.isEmpty ? "" : " It seems to be the form \(seems)."))
    }

    private static func hex(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    /// The line of the period.
    static func period(_ found: String, _ wanted: String) -> Localized {
        found.isEmpty
            ? Localized(
                kk: "Есепті кезең көрсетілмеген. \(wanted) кезеңін жазыңыз.",
                ru: "Отчетный период не указан. Впишите \(wanted).", en: "The period is not told. Write \(wanted).")
            : Localized(
                kk: "Есепті кезең «\(found)», ал есеп \(wanted) үшін тапсырылады.",
                ru: "Отчетный период «\(found)», а отчет подается за \(wanted).",
                en: "The period is “\(found)”, but the filing is for \(wanted).")
    }

    /// A head above a column that names another period.
    static func headPeriod(_ found: String, _ wanted: String) -> Localized {
        Localized(
            kk: "Бағанның үстінде «\(found)» тұр, ал \(wanted) болуы керек.",
            ru: "Над столбцом стоит «\(found)», а должно быть \(wanted).",
            en: "“\(found)” stands above the column where it should be \(wanted).")
    }

    /// A cumulative form whose last filled month is another than that of the filing.
    static func lastMonth(_ month: String) -> Localized {
        Localized(
            kk: "\(month) бағаны бос: есеп осы ай үшін тапсырылады. Осы айдың бағанын толтырыңыз.",
            ru: "Столбец за \(month) пуст, а отчет подается за этот месяц. Заполните его.",
            en: "The column of \(month) is empty, but the filing is for that month. Fill it in.")
    }

    /// Cells beside rows that are not theirs.
    static func shifted(_ found: String) -> Localized {
        Localized(
            kk:
                "Кестенің ұяшықтары өз жолдарынан ығысқан: мұнда «\(found)» тұр. Бағандарды жолдармен салыстырып, орнына қойыңыз.",
            ru: "Ячейки таблицы сдвинуты относительно своих строк: здесь стоит «\(found)». Верните их на место.",
            en: "The cells of the table are shifted against their rows: “\(found)” stands here. Put them back.")
    }

    /// The line of column numbers.
    static let numberLine = Localized(
        kk: "Бағандардың нөмірлері («А 1 2 3 4») дәл жолдардың үстінде, өз бағандарында тұруы керек.",
        ru: "Строка номеров столбцов («А 1 2 3 4») должна стоять прямо над строками, каждый номер — в своем столбце.",
        en: "The line of column numbers (“А 1 2 3 4”) must stand right above the rows, each number in its column.")

    /// A column without its head.
    static func noColumn(_ column: FormColumn) -> Localized {
        let label = column.label[.ru] ?? column.label[.kk] ?? column.code
        return Localized(
            kk:
                "\(column.code)-бағанның тақырыбы табылмады («\(column.label[.kk] ?? label)»). Нысанның тақырыбын қалпына келтіріңіз.",
            ru: "Не найдена шапка столбца \(column.code) («\(label)»). Восстановите шапку формы.",
            en: "The head of column \(column.code) (“\(label)”) is not found. Restore the head of the form.")
    }

    /// The table of the form is not there.
    static let noTable = Localized(
        kk: "Нысанның кестесі табылмады: «№» бағаны жоқ. Нысанның өзін толтырыңыз.",
        ru: "Не найдена таблица формы: нет столбца «№». Заполните саму форму.",
        en: "The table of the form is not found: there is no column “№”. Fill in the form itself.")

    /// A second filing of a period for which one was taken.
    static let secondFiling = Localized(
        kk:
            "Осы кезең үшін есеп қабылданған. Оны Агенттік төртінші тоқсаннан кейін растайтын материалдар бойынша түзетеді (§63); екінші есеп ұсталып тұрады.",
        ru:
            "За этот период отчет уже принят. Его корректирует Агентство по итогам четвертого квартала при наличии подтверждающих материалов (§63); второй отчет удерживается.",
        en:
            "A filing for this period was taken. The Agency corrects it after the fourth quarter, with proof (§63); a second one is held."
    )
}
