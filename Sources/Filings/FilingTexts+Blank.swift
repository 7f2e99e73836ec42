import Forms
import Languages

/// The words of a blank that are not the form's.
extension FilingTexts {
    /// The name of the sheet that says how the blank is filled in.
    static let aboutSheet = Localized(kk: "Қалай толтыру керек", ru: "Как заполнить", en: "How to fill it in")
    /// The name of the hidden sheet with the names that are offered.
    static let offeredSheet = Localized(kk: "Қызметтер", ru: "Услуги", en: "Services")
    /// The head of the column of names, where the page of the act with it is lost.
    static let nameHead = Localized(kk: "Көрсеткіштердің атауы", ru: "Наименование показателя", en: "Name")
    /// In the place of a heading whose page is lost.
    static let lostHeading = Localized(
        kk: "(тақырыбы біздегі көшірмеде жоқ бетте)", ru: "(заголовок на странице, которой нет в нашей копии)",
        en: "(its heading is on a page that our copy lacks)")
    /// Above lines that are parts of a row.
    static let amongThem = Localized(kk: "соның ішінде:", ru: "в том числе:", en: "among them:")

    /// What is told to somebody who types no count.
    static let notACount = Localized(
        kk: "0-ден басталатын бүтін сан жазыңыз, ал мәлімет болмаса «-» белгісін қойыңыз.",
        ru: "Впишите целое число от 0, а если сведений нет – знак «-».",
        en: "Write a whole number from 0 up, or “-” where there is nothing to tell.")
    /// What is told to somebody who types no day.
    static let notADay = Localized(
        kk: "Есепті кезең басталғаннан кейінгі күнді жазыңыз.", ru: "Впишите дату не раньше начала отчетного периода.",
        en: "Write a day that is not before the period.")

    /// How a blank is filled in, paragraph by paragraph; the first is the heading.
    static func about(_ form: StatutoryForm, _ body: FilingBlank.Body, _ period: String) -> [Localized] {
        let index = form.index ?? form.code
        var about = [
            Localized(
                kk: "\(index) нысаны, \(period), \(body.name.kk) (\(body.code))",
                ru: "Форма \(index), \(period), \(body.name.ru) (\(body.code))"),
            Localized(
                kk:
                    "Ашық сары ұяшықтарды толтырыңыз: 0-ден басталатын бүтін сан, мәлімет болмаса – «-». Бос ұяшық қалмауы керек. Қалған ұяшықтар жабық, бірақ құпиясөзі жоқ.",
                ru:
                    "Заполните светло-желтые ячейки: целое число от 0, а если сведений нет – «-». Пустых ячеек быть не должно. Остальные ячейки закрыты, но пароля нет."
            ),
            Localized(
                kk:
                    "Жолдың астындағы ашық сары атаулар – сол жолдың бөліктері (қызметтер, көздер, түрлер). Пайдаланылмаған жолдарды бос қалдырыңыз: олар оқылмайды. Жетпесе, ортасынан жол қосыңыз.",
                ru:
                    "Светло-желтые наименования под строкой – ее части (услуги, источники, виды). Неиспользованные строки оставьте пустыми: они не читаются. Если их не хватает, вставьте строку между ними."
            ),
            Localized(
                kk: "Бағандарды, тақырыптарды және жол нөмірлерін өзгертпеңіз: нысан солар бойынша оқылады.",
                ru: "Не меняйте столбцы, шапку и номера строк: по ним форма читается."),
        ]
        if form.rows.contains(where: { $0.source != .table }) {
            about.append(
                Localized(
                    kk:
                        "Көлбеу жазылған жолдардың сөздері актінің бізде бар көшірмесінде түгел жоқ: олар ережелерден, түсіндірмеден немесе туыс нысаннан оқылған. Толық мәтін болса, соның сөздері дұрыс.",
                    ru:
                        "Слова строк, набранных курсивом, не сохранились целиком в имеющейся у нас копии акта: они прочитаны по правилам, пояснению или родственной форме. Если у вас есть полный текст, верны его слова."
                ))
        }
        about.append(
            Localized(
                kk:
                    "Нысан \(form.language == .kk ? "қазақ" : "орыс") тілінде бекітілген; екінші тілдегі сөздер – біздің аудармамыз.",
                ru:
                    "Форма утверждена на \(form.language == .kk ? "казахском" : "русском") языке; слова на втором языке – наш перевод."
            ))
        return about
    }
}
