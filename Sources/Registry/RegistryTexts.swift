import Languages

/// What the kinds of the registry are called on screen and in reports, in the terms of the acts (GLOSSARY.md).
extension BodyKind {
    /// One body of this kind.
    package var label: Localized {
        switch self {
        case .central:
            Localized(
                kk: "орталық мемлекеттік орган", ru: "центральный государственный орган", en: "central state body")
        case .local:
            Localized(kk: "жергілікті атқарушы орган", ru: "местный исполнительный орган", en: "local executive body")
        case .psc:
            Localized(
                kk: "халыққа қызмет көрсету орталығы", ru: "центр обслуживания населения", en: "public service centre")
        case .provider: Localized(kk: "көрсетілетін қызметті беруші", ru: "услугодатель", en: "provider")
        case .agency:
            Localized(
                kk: "мемлекеттік қызметтер көрсету сапасын бағалау және бақылау жөніндегі уәкілетті орган",
                ru: "уполномоченный орган по оценке и контролю за качеством оказания государственных услуг",
                en: "Agency")
        case .agencyTerritorial:
            Localized(
                kk:
                    "мемлекеттік қызметтер көрсету сапасын бағалау және бақылау жөніндегі уәкілетті органның аумақтық органы",
                ru:
                    "территориальный орган уполномоченного органа по оценке и контролю за качеством оказания государственных услуг",
                en: "territorial body of the Agency")
        case .itBody:
            Localized(
                kk: "ақпараттандыру саласындағы уәкілетті орган", ru: "уполномоченный орган в сфере информатизации",
                en: "IT body")
        case .ucc: Localized(kk: "Бірыңғай байланыс орталығы", ru: "Единый контакт-центр", en: "Unified Contact Centre")
        }
    }

    /// All bodies of this kind, as the heading of a group.
    package var groupLabel: Localized {
        switch self {
        case .central:
            Localized(
                kk: "Орталық мемлекеттік органдар", ru: "Центральные государственные органы", en: "Central state bodies"
            )
        case .local:
            Localized(
                kk: "Жергілікті атқарушы органдар", ru: "Местные исполнительные органы", en: "Local executive bodies")
        case .psc:
            Localized(
                kk: "Халыққа қызмет көрсету орталықтары", ru: "Центры обслуживания населения",
                en: "Public service centres")
        case .provider: Localized(kk: "Көрсетілетін қызметті берушілер", ru: "Услугодатели", en: "Providers")
        case .agency:
            Localized(
                kk: "Мемлекеттік қызметтер көрсету сапасын бағалау және бақылау жөніндегі уәкілетті орган",
                ru: "Уполномоченный орган по оценке и контролю за качеством оказания государственных услуг",
                en: "The Agency")
        case .agencyTerritorial:
            Localized(
                kk: "Уәкілетті органның аумақтық органдары", ru: "Территориальные органы уполномоченного органа",
                en: "Territorial bodies of the Agency")
        case .itBody:
            Localized(
                kk: "Ақпараттандыру саласындағы уәкілетті органдар", ru: "Уполномоченные органы в сфере информатизации",
                en: "IT bodies")
        case .ucc: Localized(kk: "Бірыңғай байланыс орталығы", ru: "Единый контакт-центр", en: "Unified Contact Centre")
        }
    }
}

extension LocalLevel {
    /// A body of this level.
    package var label: Localized {
        switch self {
        case .region:
            Localized(
                kk: "облыс, республикалық маңызы бар қала", ru: "область, город республиканского значения",
                en: "region, city of republican significance")
        case .district:
            Localized(
                kk: "аудан, облыстық маңызы бар қала", ru: "район, город областного значения",
                en: "district, city of regional significance")
        case .rural:
            Localized(
                kk: "ауылдық округ, кент, ауыл", ru: "сельский округ, поселок, село", en: "rural district, village")
        }
    }
}

extension ServiceChannel {
    /// The channel as a card names it.
    package var label: Localized {
        switch self {
        case .portal:
            Localized(
                kk: "«электрондық үкімет» веб-порталы", ru: "веб-портал «электронного правительства»",
                en: "e-government portal")
        case .psc:
            Localized(
                kk: "«Азаматтарға арналған үкімет» мемлекеттік корпорациясы",
                ru: "Государственная корпорация «Правительство для граждан»", en: "State Corporation")
        case .office:
            Localized(
                kk: "көрсетілетін қызметті берушінің кеңсесі", ru: "канцелярия услугодателя", en: "provider's office")
        case .licensing:
            Localized(
                kk: "«Е-лицензиялау» порталы", ru: "портал «Е-лицензирование»", en: "portal of licences and permits")
        case .consulate:
            Localized(
                kk: "шет елдегі мекеме", ru: "загранучреждение", en: "consulate or embassy")
        case .mobile: Localized(kk: "мобильді қосымша", ru: "мобильное приложение", en: "mobile application")
        case .bank: Localized(kk: "екінші деңгейдегі банк", ru: "банк второго уровня", en: "bank")
        case .mail: Localized(kk: "пошта", ru: "почта", en: "post")
        case .proactive: Localized(kk: "проактивті түрде", ru: "проактивно", en: "proactively")
        }
    }
}
