import Languages

/// An invented person.
struct DemoPerson {
    let name: String
    let iin: String
    let phone: String
    let email: String
    let address: String

    /// The person with a number; the same number is always the same person.
    init(number: Int, seed: UInt64, language: Language, region: Localized) {
        var random = DemoRandom(seed: seed, 2, UInt64(number))
        let isWoman = random.happens(0.55)
        let isKazakh = language == .kk || random.happens(0.45)
        let given = isKazakh ? Self.kazakhNames : Self.russianNames
        let first = random.pick(isWoman ? given.women : given.men)
        if isKazakh {
            let surname = random.pick(Self.kazakhSurnames) + (isWoman ? "а" : "")
            let father = random.pick(Self.kazakhNames.men)
            name = "\(surname) \(first) \(father)\(isWoman ? "қызы" : "ұлы")"
        } else {
            let surname = random.pick(Self.russianSurnames) + (isWoman ? "а" : "")
            name = "\(surname) \(first) \(random.pick(isWoman ? Self.patronymics.women : Self.patronymics.men))"
        }
        let year = 45 + random.below(60)
        iin =
            Self.digits(year % 100, 2) + Self.digits(1 + random.below(12), 2) + Self.digits(1 + random.below(28), 2)
            + "9"
            + Self.digits(number % 100_000, 5)
        phone = "+7 700 0" + Self.digits(random.below(100), 2) + " " + Self.digits(random.below(10_000), 4)
        email = random.happens(0.6) ? "demo\(number)@example.com" : ""
        let house = 1 + random.below(180)
        address =
            switch language {
            case .kk: "\(region.kk), \(random.pick(Self.streets)) көшесі, \(house)-үй"
            default: "\(region.ru), улица \(random.pick(Self.streets)), дом \(house)"
            }
    }

    static func digits(_ number: Int, _ width: Int) -> String {
        let text = String(number)
        return text.utf8.count >= width ? text : String(repeating: "0", count: width - text.utf8.count) + text
    }

    private static let kazakhNames = (
        men: [
            "Серік", "Нұрлан", "Ерлан", "Бауыржан", "Дәулет", "Қанат", "Мұрат", "Айдос", "Арман", "Дархан", "Ержан",
            "Жандос", "Ілияс", "Қайрат", "Марат", "Нұржан", "Олжас", "Руслан", "Талғат", "Тимур", "Шыңғыс", "Азамат",
        ],
        women: [
            "Айгүл", "Гүлнар", "Әсел", "Динара", "Жанар", "Зарина", "Қарлығаш", "Ләззат", "Мәдина", "Назгүл", "Сәуле",
            "Томирис", "Ұлжан", "Шолпан", "Ақмарал", "Аружан", "Бибігүл", "Гүлмира", "Еркежан", "Жұлдыз", "Індира",
        ]
    )
    private static let kazakhSurnames = [
        "Ахметов", "Омаров", "Сұлтанов", "Ибраев", "Қасымов", "Жұмабаев", "Нұрпейісов", "Оспанов", "Сейітов", "Тілеуов",
        "Әбдірахманов", "Бекенов", "Досжанов", "Ермеков", "Исмағұлов", "Кенжебаев", "Мұқанов", "Рахымов", "Төлегенов",
        "Үсенов", "Хасенов", "Шәріпов",
    ]
    private static let russianNames = (
        men: [
            "Александр", "Сергей", "Дмитрий", "Андрей", "Виктор", "Игорь", "Павел", "Роман", "Николай", "Евгений",
            "Максим", "Олег",
        ],
        women: [
            "Елена", "Ольга", "Наталья", "Светлана", "Ирина", "Татьяна", "Марина", "Юлия", "Оксана", "Людмила", "Анна",
            "Галина",
        ]
    )
    private static let russianSurnames = [
        "Ковалев", "Морозов", "Соколов", "Павлов", "Волков", "Лебедев", "Новиков", "Козлов", "Фролов", "Титов",
        "Громов",
        "Зайцев",
    ]
    private static let patronymics = (
        men: ["Сергеевич", "Иванович", "Петрович", "Андреевич", "Викторович", "Николаевич"],
        women: ["Сергеевна", "Ивановна", "Петровна", "Андреевна", "Викторовна", "Николаевна"]
    )
    private static let streets = [
        "Абай", "Сәтбаев", "Төле би", "Қабанбай батыр", "Жеңіс", "Желтоқсан", "Достық", "Республика", "Тәуелсіздік",
        "Бөгенбай батыр", "Әуезов", "Сейфуллин",
    ]
}
