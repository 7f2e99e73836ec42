import Forms
import Languages

/// The words of a marked workbook.
extension FilingTexts {
    /// The name of the sheet with the list.
    static let listSheet = Localized(kk: "Тексеру", ru: "Проверка", en: "Check")
    /// What the list is.
    static let listTitle = Localized(
        kk: "тапсырылған есептің тексеру нәтижесі", ru: "результат проверки представленного отчета",
        en: "what the check of the filing found")
    /// The name of the sheet that a text becomes.
    static let textSheet = Localized(kk: "Мәтін", ru: "Текст", en: "Text")
    /// The heads of the list.
    static let listHeads = [
        Localized(kk: "Түрі", ru: "Вид", en: "Kind"), Localized(kk: "Парақ", ru: "Лист", en: "Sheet"),
        Localized(kk: "Ұяшық", ru: "Ячейка", en: "Cell"),
        Localized(kk: "Жол · [баған]", ru: "Строка · [столбец]", en: "Row · [column]"),
        Localized(kk: "Тұрғаны", ru: "Стоит", en: "Found"), Localized(kk: "Керегі", ru: "Нужно", en: "Wanted"),
        Localized(kk: "Түсіндірме", ru: "Пояснение", en: "What is told"),
    ]
    /// Above the repairs.
    static let repairsHead = Localized(
        kk: "Барлық ережелер орындалуы үшін жеткілікті ең аз өзгерістер",
        ru: "Наименьшие изменения, после которых все правила выполняются",
        en: "The fewest changes after which all rules hold")

    /// What follows of a fault or a doubt, in one word.
    static func level(_ level: FormRule.Level) -> Localized {
        switch level {
        case .fault: Localized(kk: "Қате", ru: "Ошибка", en: "Fault")
        case .doubt: Localized(kk: "Сұрақ", ru: "Вопрос", en: "Doubt")
        }
    }

    /// On what a rule stands.
    static func founded(_ ground: FormRule.Ground) -> Localized {
        switch ground {
        case .text: Localized(kk: "Актінің мәтіні", ru: "Текст акта", en: "The text of the act")
        case .arithmeticNecessity:
            Localized(kk: "Арифметикалық қажеттілік", ru: "Арифметическая необходимость", en: "Arithmetic necessity")
        case .ours: Localized(kk: "Біздің оқуымыз", ru: "Наше прочтение", en: "Our reading")
        }
    }

    /// How many there are, and what follows.
    static func summary(faults: Int, doubts: Int) -> Localized {
        faults == 0
            ? Localized(
                kk: "Қате жоқ, есеп қабылдануы мүмкін. Сұрақ: \(doubts).",
                ru: "Ошибок нет, отчет может быть принят. Вопросов: \(doubts).",
                en: "No fault: the filing may be taken. Doubts: \(doubts).")
            : Localized(
                kk: "Қате: \(faults), сұрақ: \(doubts). Қателер түзетілгенше есеп қабылданбайды.",
                ru: "Ошибок: \(faults), вопросов: \(doubts). Пока ошибки не исправлены, отчет не принимается.",
                en: "Faults: \(faults), doubts: \(doubts). The filing is not taken until the faults are mended.")
    }

    /// What a colour means.
    static func legend(_ level: CellMarks.Level) -> Localized {
        switch level {
        case .fault:
            Localized(
                kk: "Қате: есеп қайтарылады. Ұяшықтың ескертпесінде не істеу керегі жазылған.",
                ru: "Ошибка: отчет возвращается. Что делать, сказано в примечании к ячейке.",
                en: "Fault: the filing goes back. The note of the cell says what to do.")
        case .doubt:
            Localized(
                kk: "Сұрақ: есеп қабылданады, бірақ түсіндіру керек болады.",
                ru: "Вопрос: отчет принимается, но понадобится пояснение.",
                en: "Doubt: the filing is taken, but has to be explained.")
        case .repair:
            Localized(
                kk: "Осы ұяшықты өзгерту жеткілікті болар еді; дұрысын тек өзіңіз білесіз.",
                ru: "Достаточно было бы изменить эту ячейку; что верно, знаете только вы.",
                en: "A change of this cell would do; what is right only you know.")
        }
    }

    /// The change of a cell that would do, with those of other cells that belong to it.
    static func repair(_ change: String, with others: [String]) -> Localized {
        let others = others.joined(separator: "; ")
        return others.isEmpty
            ? Localized(
                kk: "Мынадай өзгеріс жеткілікті: \(change)", ru: "Достаточно изменить: \(change)",
                en: "\(change) would do")
            : Localized(
                kk: "Мынадай өзгеріс жеткілікті: \(change), сонымен бірге \(others)",
                ru: "Достаточно изменить: \(change), а вместе с этим \(others)",
                en: "\(change) would do, together with \(others)")
    }

    /// Sheets that are not in the workbook.
    static func leftOut(_ names: String) -> Localized {
        Localized(
            kk: "Көшірілмеген парақтар (тым үлкен): \(names).", ru: "Не перенесены листы (слишком велики): \(names).",
            en: "Sheets that are not here, being too large: \(names).")
    }
}
