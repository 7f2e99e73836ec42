import Forms
import Languages

extension FilingTexts {
    /// What is wrong with a row as a whole.
    static func row(_ name: FilingFault.Name, _ row: String?, found: String, wanted: String?) -> Localized {
        let (row, wanted) = (row ?? "", wanted ?? "")
        switch name {
        case .rowTwice:
            return Localized(
                kk: "\(row)-жол екі рет тұр («\(found)»). Біреуін алып тастаңыз.",
                ru: "Строка \(row) стоит дважды («\(found)»). Уберите одну.",
                en: "Row \(row) stands twice (“\(found)”). Remove one.")
        case .rowUnknown:
            return Localized(
                kk: "Нысанда «\(found)» жолы жоқ." + (wanted.isEmpty ? "" : " \(wanted) жолы болар."),
                ru: "В форме нет строки «\(found)»." + (wanted.isEmpty ? "" : " Вероятно, это строка \(wanted)."),
                en: "The form has no row “\(found)”." + (wanted.isEmpty ? "" : " It may be row \(wanted)."))
        case .rowLabel:
            return Localized(
                kk:
                    "\(row)-жолдың нөмірі мен атауы бір-біріне сәйкес емес: мұнда «\(found)» тұр, «\(wanted)» болуы керек.",
                ru:
                    "Номер и наименование строки \(row) не соответствуют друг другу: стоит «\(found)», должно быть «\(wanted)».",
                en:
                    "Number and name of row \(row) do not belong together: “\(found)” stands there, “\(wanted)” is wanted."
            )
        default:
            if !found.isEmpty {
                return Localized(
                    kk:
                        "\(row)-жол өз орнында емес немесе нөмірсіз («\(found)»). Нысандағы ретін және нөмірін қалпына келтіріңіз.",
                    ru:
                        "Строка \(row) стоит не на своем месте или без номера («\(found)»). Восстановите порядок и номер.",
                    en:
                        "Row \(row) is not in its place or has lost its number (“\(found)”). Restore its order and number."
                )
            }
            return Localized(
                kk: "\(row)-жол жоқ («\(wanted)»). Нысанның барлық жолы толтырылады: оны қосыңыз.",
                ru: "Нет строки \(row) («\(wanted)»). Заполняются все строки формы: добавьте ее.",
                en: "Row \(row) is missing (“\(wanted)”). Every row of the form is filled in: add it.")
        }
    }

    /// What is wrong with a number, by the rule that it breaks. `place` names the row and the column.
    static func number(_ fault: FormFault, _ place: Localized, wanted: String) -> Localized {
        let found = fault.found
        func told(_ kk: String, _ ru: String, _ en: String) -> Localized {
            Localized(kk: "\(place.kk): " + kk, ru: "\(place.ru): " + ru, en: "\(place[.en]): " + en)
        }
        switch fault.kind {
        case .filled:
            return told(
                "ұяшық бос. Санын, мәлімет болмаса «-» қойыңыз.",
                "ячейка пуста. Впишите число, при отсутствии сведений — «-».",
                "the cell is empty. Write the number, or “-” where there is nothing.")
        case .wholeNumber:
            return told(
                "«\(found)» — сан емес. Тек цифрлармен бүтін сан жазыңыз.",
                "«\(found)» — не число. Впишите целое число цифрами.",
                "“\(found)” is no count. Write a whole number in digits.")
        case .emptyAfter:
            return told(
                "«\(found)» тұр, ал бұл ай әлі болған жоқ. Ұяшықты босатыңыз.",
                "стоит «\(found)», а этот месяц еще не наступил. Очистите ячейку.",
                "“\(found)” stands in a month that is yet to come. Clear the cell.")
        case .notFalling, .notFallingSince:
            return told(
                "\(found) тұр, ал өсімдік қорытынды азаймайды: \(wanted) болуы керек.",
                "стоит \(found), а нарастающий итог не убывает: должно быть \(wanted).",
                "\(found) stands there, but a total since January does not fall: it should be \(wanted).")
        case .sameAsFiled:
            return told(
                "\(found) тұр, ал бұрын \(wanted) деп тапсырылған. Өзгерістің себебін көрсетіңіз.",
                "стоит \(found), а ранее подано \(wanted). Укажите причину изменения.",
                "\(found) stands there, but \(wanted) was filed before. Tell the reason.")
        case .startsAnew:
            return told(
                "\(found) тұр: өткен жылдың қорытындысы жалғасып тұрғандай. Жаңа жылда санау қайта басталады.",
                "стоит \(found): похоже, продолжен итог прошлого года. С января счет начинается заново.",
                "\(found) stands there as if last year's total went on. A new year begins anew.")
        case .linesSum where fault.wanted == "= 0":
            return told(
                "\(found) тұр, бірақ төменде түрлері бойынша жолдар жоқ. Оларды қосыңыз.",
                "стоит \(found), но ниже нет разбивки по видам. Добавьте ее.",
                "\(found) stands there, but there is no breakdown below it. Add it.")
        default:
            return told(
                "\(found) тұр, \(wanted) болуы керек.", "стоит \(found), должно быть \(wanted).",
                "\(found) stands there, it should be \(wanted).")
        }
    }

    /// The words in a language, else in one in which the act has them.
    private static func words(_ words: [Language: String], _ language: Language) -> String? {
        words[language] ?? words[.ru] ?? words[.kk]
    }

    /// A row and a column before a person.
    static func place(_ row: FormRow?, _ code: String, line: String?, _ column: FormColumn?) -> Localized {
        func words(_ language: Language, _ rowWord: String, _ columnWord: String) -> String {
            let number = row?.number ?? row?.label[language] ?? code
            var text = "\(rowWord) \(number)"
            if let line { text += " · \(line)" }
            if let column {
                let under = Self.words(column.under, language).map { $0 + ", " } ?? ""
                text += ", \(columnWord) \(column.code)"
                if let label = Self.words(column.label, language) { text += " (\(under)\(label))" }
            }
            return text
        }
        return Localized(
            kk: words(.kk, "Жол", "баған"), ru: words(.ru, "Строка", "столбец"), en: words(.en, "Row", "column"))
    }
}
