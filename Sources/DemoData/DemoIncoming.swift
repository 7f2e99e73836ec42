import Languages

/// Words of citizens that wait for an officer, each with its label; the people and what they tell are invented.
package struct DemoIncoming: Sendable {
    /// The words.
    package let text: String
    /// By which way they came: `forum`, `mail`, `phone`, `office`.
    package let channel: String
    /// The language of the person.
    package let language: Language
    /// How many minutes ago they came.
    package let minutes: Int
    /// Who wrote.
    package let name: String
    /// His telephone.
    package let phone: String

    /// All of them; the first ones are registered already, as they were proposed.
    package static let all: [DemoIncoming] = [
        russian("В ЦОНе Павлодара оператор нагрубила и не приняла документы на удостоверение.", "phone", 300),
        kazakh("Шымкенттегі ХҚКО-да паспортты үш аптадан бері бермей жатыр, мерзімі өтіп кетті.", "forum", 280),
        russian("На портале egov не могу подать заявление на адресную справку, вторую неделю ошибка.", "mail", 250),
        kazakh("Қарағандыдағы ХҚКО қызметкері айқайлап, өтінішімді алмай қойды.", "phone", 200),
        russian("Третью неделю не выдают водительское удостоверение в ЦОНе Петропавловска, срок вышел.", "forum", 170),
        russian(
            "Отказали в назначении пособия на рождение ребёнка, причину не объяснили. Актобе, отдел занятости.", "mail",
            150),
        kazakh("Электрондық кезекте үш сағат күттім, ХҚКО-да бір ғана терезе жұмыс істейді. Астана.", "forum", 120),
        russian("Спасибо сотрудникам ЦОНа Уральска, справку сделали за десять минут!", "phone", 90),
        kazakh("Баланы балабақшаға кезекке қалай қоямын, қандай құжат керек?", "phone", 75),
        russian(
            "Отец тяжело болен, завтра операция, а в ЦОНе Семея не принимают документы на инвалидность: система не работает.",
            "phone", 60),
        russian("Сосед сверху затопил квартиру, КСК ничего не делает.", "mail", 40),
        kazakh("Көлікті тіркегенде стандартта жоқ қосымша құжат сұрады, Тараз қаласының ХҚКО-сы.", "forum", 20),
    ]

    private static func russian(_ text: String, _ channel: String, _ minutes: Int) -> DemoIncoming {
        make(text, channel, .ru, minutes)
    }

    private static func kazakh(_ text: String, _ channel: String, _ minutes: Int) -> DemoIncoming {
        make(text, channel, .kk, minutes)
    }

    private static func make(
        _ text: String, _ channel: String, _ language: Language, _ minutes: Int
    ) -> DemoIncoming {
        let person = DemoPerson(
            number: 90_000 + minutes, seed: 1414, language: language, region: Localized(kk: "Астана", ru: "Астана"))
        return DemoIncoming(
            text: "\(text) (\(DemoTexts.label(language)))", channel: channel, language: language, minutes: minutes,
            name: person.name, phone: person.phone)
    }
}
