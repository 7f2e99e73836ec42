import Languages

/// A column of the list that a body gives; a text table may name it by its code, by its words in either language of the acts.
package enum BodyListColumn: String, CaseIterable, Hashable, Sendable {
    case own, forum, number
    case filedOn = "filed_on"
    case countedOn = "counted_on"
    case service, kind, source
    case answeredOn = "answered_on"
    case iin

    /// Whether a list without it, or a line without a value in it, goes back.
    package var isRequired: Bool { self == .own || self == .filedOn }

    /// Whether it holds a day.
    var isDay: Bool { self == .filedOn || self == .countedOn || self == .answeredOn }

    /// Its head.
    package var words: Localized {
        switch self {
        case .own: Localized(kk: "Органдағы нөмірі", ru: "Номер в органе", en: "Number of the body")
        case .forum: Localized(kk: "Форумдағы нөмірі", ru: "Номер на форуме", en: "Number on the forum")
        case .number: Localized(kk: "1414-тегі нөмірі", ru: "Номер в 1414", en: "Number at 1414")
        case .filedOn: Localized(kk: "Берілген күні", ru: "День подачи", en: "Day of filing")
        case .countedOn: Localized(kk: "Есепке алынған күні", ru: "День учета", en: "Day of counting")
        case .service: Localized(kk: "Қызмет", ru: "Услуга", en: "Service")
        case .kind: Localized(kk: "Түрі", ru: "Вид", en: "Kind")
        case .source: Localized(kk: "Көзі", ru: "Источник", en: "Source")
        case .answeredOn: Localized(kk: "Жауап күні", ru: "День ответа", en: "Day of the answer")
        case .iin: Localized(kk: "ЖСН", ru: "ИИН", en: "IIN")
        }
    }

    /// What stands in it, for whoever fills it in.
    package var help: Localized {
        switch self {
        case .own:
            Localized(
                kk: "Кіріс нөмірі; міндетті, қайталанбайды. Аты-жөнсіз.",
                ru: "Входящий номер; обязателен, не повторяется. Без имен.")
        case .forum:
            Localized(
                kk: "Форумнан келген болса, оның нөмірі.", ru: "Если жалоба пришла с форума, ее номер там.")
        case .number:
            Localized(kk: "1414 берген нөмір: 2026-000123.", ru: "Номер, который дал 1414: 2026-000123.")
        case .filedOn:
            Localized(kk: "Міндетті: 31.03.2026.", ru: "Обязателен: 31.03.2026.")
        case .countedOn:
            Localized(
                kk: "Есепте басқа күнмен ескерілсе ғана.", ru: "Только если в отчете учтена другим днем.")
        case .service:
            Localized(kk: "Коды немесе толық атауы.", ru: "Код или полное наименование.")
        case .kind, .source:
            Localized(kk: "Тізімнен таңдаңыз.", ru: "Выберите из списка.")
        case .answeredOn:
            Localized(kk: "Жауап берілсе.", ru: "Если ответ дан.")
        case .iin:
            Localized(
                kk: "12 цифр, мәтін ретінде. Тек салыстыруға қажет: сол сәтте кілтті санға айналады, ЖСН сақталмайды.",
                ru:
                    "12 цифр, как текст. Нужен только для сверки: сразу превращается в ключевое число, сам ИИН не хранится."
            )
        }
    }

    /// The column that a head names; nil for any other words.
    init?(head: String) {
        let folded = Self.fold(head)
        guard !folded.isEmpty, let column = Self.byHead[folded] else { return nil }
        self = column
    }

    private static let byHead: [String: BodyListColumn] = {
        var heads: [String: BodyListColumn] = [:]
        for column in allCases {
            for head in [column.rawValue, column.words.kk, column.words.ru, column.words.en ?? ""] {
                heads[fold(head)] = column
            }
        }
        return heads
    }()

    /// Words as they are compared: letters and digits in small letters.
    static func fold(_ text: String) -> String {
        String(text.lowercased().filter { $0.isLetter || $0.isNumber }).replacing("ё", with: "е")
    }
}

/// The words of the lists from which kind and source are chosen; what is typed may be the code or either word.
enum BodyListWords {
    static let kinds: [(code: String, words: Localized)] = [
        ("order", Localized(kk: "көрсету тәртібі", ru: "порядок оказания")),
        ("standard", Localized(kk: "стандартты сақтамау", ru: "несоблюдение стандарта")),
        (
            "employees",
            Localized(kk: "қызметкерлердің әрекеті (әрекетсіздігі)", ru: "действия (бездействие) работников")
        ),
        ("other", Localized(kk: "өзге", ru: "иное")),
    ]
    static let sources: [(code: String, words: Localized)] = [
        ("forum", Localized(kk: "форум", ru: "форум")), ("centre", Localized(kk: "1414", ru: "1414")),
        ("portal", Localized(kk: "портал немесе басқа ақпараттық жүйе", ru: "портал или иная система")),
        ("office", Localized(kk: "органның кеңсесі", ru: "канцелярия органа")),
        ("mail", Localized(kk: "пошта", ru: "почта")), ("other", Localized(kk: "өзге арна", ru: "иной канал")),
    ]

    /// The code of what was typed; nil where it is none of the list.
    static func code(_ text: String, among list: [(code: String, words: Localized)]) -> String? {
        let folded = BodyListColumn.fold(text)
        return list.first { entry in
            [entry.code, entry.words.kk, entry.words.ru].contains { BodyListColumn.fold($0) == folded }
        }?.code
    }
}
