/// One suffix of Kazakh, folded, and what must stand before it.
struct KazakhSuffix: Sendable {
    let letters: Letters
    let condition: KazakhCondition
    let shortestStem: Int
}

/// What the letters before a suffix must be, by the sound laws of Kazakh.
enum KazakhCondition: Sendable {
    case anything
    /// After п т к с ш щ ч ф х ц, and б г д в, which are written voiced and spoken voiceless.
    case voiceless
    /// Not after п т к с ш щ ч ф х ц.
    case notVoiceless
    case vowel
    /// After a vowel that is not of ған, ген, қан, кен, whose н is no ending of its own.
    case vowelButParticiple
    case vowelOrNasal
    /// After ы or і: the thing is somebody's.
    case thirdPerson
    case thirdPersonOrNasal
    /// After a consonant, у or и.
    case consonant
    /// After a vowel; after ы and і only where ш қ к ғ г stands before them (жүргізуші-сі, but жұмыс-ы).
    case possessedVowel
    /// Neither a vowel nor voiceless.
    case voiced

    func holds(_ stem: ArraySlice<UInt16>) -> Bool {
        guard let last = stem.last else { return false }
        let isThird = last == KazakhStemmer.Letter.y || last == KazakhStemmer.Letter.i
        switch self {
        case .anything: return true
        case .voiceless: return Self.isVoiceless(last) || [0x431, 0x432, 0x433, 0x434].contains(last)
        case .notVoiceless: return !Self.isVoiceless(last)
        case .vowel: return KazakhStemmer.isVowel(last)
        case .vowelButParticiple:
            guard KazakhStemmer.isVowel(last) else { return false }
            let isOpen = last == KazakhStemmer.Letter.a || last == KazakhStemmer.Letter.e
            return !(isOpen && [0x433, 0x43A].contains(stem.dropLast().last))
        case .vowelOrNasal: return KazakhStemmer.isVowel(last) || Self.isNasal(last)
        case .thirdPerson: return isThird
        case .thirdPersonOrNasal: return isThird || Self.isNasal(last)
        case .consonant:
            return !KazakhStemmer.isVowel(last) || last == KazakhStemmer.Letter.u || last == KazakhStemmer.Letter.i
        case .possessedVowel:
            guard KazakhStemmer.isVowel(last) else { return false }
            guard isThird else { return true }
            guard let before = stem.dropLast().last else { return false }
            return [0x448, 0x43A, 0x433].contains(before)
        case .voiced: return !KazakhStemmer.isVowel(last) && !Self.isVoiceless(last)
        }
    }

    static func isNasal(_ letter: UInt16) -> Bool { letter == 0x43C || letter == 0x43D }

    static func isVoiceless(_ letter: UInt16) -> Bool {
        switch letter {
        case 0x43F, 0x442, 0x43A, 0x441, 0x448, 0x449, 0x447, 0x444, 0x445, 0x446: true
        default: false
        }
    }
}

/// The suffixes of Kazakh in native letters, folded when first used. Each list ends up longest first.
enum KazakhSuffixes {
    private static func list(_ groups: [(String, KazakhCondition)], shortestStem: Int = 0) -> [KazakhSuffix] {
        var seen: Set<Letters> = []
        return groups.flatMap { text, condition in
            text.split(separator: " ").map {
                KazakhSuffix(letters: Folding.fold($0.letters), condition: condition, shortestStem: shortestStem)
            }
        }
        .filter { seen.insert($0.letters).inserted }
        .sorted { $0.letters.count > $1.letters.count }
    }

    private static func words(_ text: String) -> [Letters] {
        text.split(whereSeparator: { $0 == " " || $0 == "\n" }).map { Folding.fold($0.letters) }
    }

    static let cases = list([
        ("дікі дағы дегі дың дің дан ден ды ді да де", .notVoiceless),
        ("тікі тағы тегі тың тің тан тен ты ті та те қа ке", .voiceless),
        ("нікі ның нің ны ні", .vowelOrNasal),
        ("ндағы ндегі нда нде на не", .thirdPerson),
        ("нан нен", .thirdPersonOrNasal),
        ("ға ге", .notVoiceless),
        ("менен мен", .notVoiceless), ("бенен бен", .voiced), ("пенен пен", .voiceless),
    ])

    static let possessives =
        list([
            ("ымыз іміз ыңыз іңіз ым ім ың ің ы і", .consonant),
            ("мыз міз ңыз ңіз", .vowel),
            ("сы сі", .possessedVowel),
        ]) + list([("м", .vowel), ("ң", .vowelButParticiple)], shortestStem: 4)

    /// After these the dative of a possessed thing is a bare а or е.
    static let personal = words("ым ім ың ің")

    static let plurals = list([
        ("лар лер", .notVoiceless), ("дар дер", .notVoiceless), ("тар тер", .voiceless),
    ])

    static let verbEndings = list([
        ("амын емін ймын ймін амыз еміз ймыз йміз асыз есіз йсыз йсіз атын етін йтын йтін", .anything),
        ("ады еді йды йді сам сем майды мейді", .anything),
        ("дым дім ғанда генде", .notVoiceless), ("тым тім қанда кенде", .voiceless),
        // Wishes (өзгерткім келеді). After a vowel it is somebody's thing as well (құлағым), so not there.
        ("ғым гім", .voiced), ("қым кім", .voiceless),
        // Those of others and of several (тіркеткісі келеді, алғымыз келеді).
        ("ғысы гісі ғымыз гіміз", .voiced), ("қысы кісі қымыз кіміз", .voiceless),
    ])

    static let verbRest = list([
        ("ған ген ғым гім", .notVoiceless), ("қан кен қым кім", .voiceless), ("са се", .anything),
        ("ып іп", .consonant),
    ])

    static let voices = list([
        ("тыр тір қыз кіз", .voiceless), ("дыр дір ғыз гіз", .notVoiceless), ("ыл іл ын ін", .consonant),
        ("т", .anything), ("л", .vowel),
    ])

    static let verbalisers = list([
        ("ландыр лендір дандыр дендір ла ле да де", .notVoiceless), ("тандыр тендір та те", .voiceless),
    ])

    /// Suffixes that make another word, longest first. Stems keep them; only a word that nothing knows is taken apart.
    static let derivations = words(
        "шылық шілік лық лік дық дік тық тік сыз сіз дай дей тай тей шы ші лы лі ды ді ты ті ша ше")

    /// Stems that lost a vowel before a suffix, and the whole word.
    static let elided: [Letters: Letters] = Dictionary(
        [
            ("орн", "орын"), ("халқ", "халық"), ("ерк", "ерік"), ("ауз", "ауыз"), ("мойн", "мойын"), ("көрк", "көрік"),
            ("қарн", "қарын"), ("мұрн", "мұрын"), ("ерн", "ерін"), ("құлқ", "құлық"), ("ғұрп", "ғұрып"), ("ұлт", "ұлт"),
        ].map { (Folding.fold($0.0.letters), Folding.fold($0.1.letters)) }, uniquingKeysWith: { first, _ in first })

    /// Whole words that look inflected and are not; a form of them is cut down to them and no further.
    static let exceptions = Set(
        words(
            """
            ақша баға жаңа мекен сенім төлем көлем білім мәлім ғылым айып қарыз емхана жатақхана кітапхана медицина
            ақпарат нысан орта жаза қала бала дала аула сала жала апа ата ана әке дене мектеп кеме дүние мәселе
            мекеме кеңсе мезгіл әлем әйел адам ауыл асыл нәтиже көше пәтер үлес бөлім кірім шығын жиын тұрғын орын
            салым айым қыста күн түн тон оқу су бу ту нан жан тан заман аман қоян ноян керуен туған қаған жиен
            шекара тәжірибе тәрбие зейнетақы еңбекақы жалақы айлық хабарлама анықтама мағлұмат қолтаңба азамат
            хаттама куәлік құжат мерзім өтініш қызмет рұқсат тіркеме мереке іске неке ереже ереке тәлім шарт қарт
            жоғал тоқта сынып арнайы жалпы әскери сандық мемлекет мал жер отан орман бостан алдын үшін кейін дейін бойы
            """))
}
