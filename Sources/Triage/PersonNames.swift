import TextAnalysis

/// Names that people have: `knowledge/given-names.txt`, and how surnames and patronymics end.
package struct PersonNames: Sendable {
    private let given: Set<Letters>

    /// Reads the list: names parted by spaces; from # to the end of a line is a comment.
    package init(_ text: String) {
        var given: Set<Letters> = []
        for line in text.split(separator: "\n") {
            for word in TextWords.scan(String(line.prefix { $0 != "#" })) { given.insert(Folding.fold(word.letters)) }
        }
        self.given = given
    }

    /// Whether a word is a given name, in any case.
    func isGiven(_ token: ReadText.Token) -> Bool {
        token.forms.contains { form in
            if given.contains(form) { return true }
            for ending in Self.givenEndings
            where form.count >= ending.count + 3 && form.suffix(ending.count).elementsEqual(ending) {
                let stem = Array(form.dropLast(ending.count))
                if given.contains(stem) { return true }
                for full in [0x430, 0x44F, 0x439, 0x44C] as [UInt16] where given.contains(stem + [full]) { return true }
            }
            return false
        }
    }

    /// Whether a word ends as surnames do. A word with letters that only Kazakh has is none for ending in “-ын”: «Тұрғын».
    func isSurname(_ token: ReadText.Token) -> Bool {
        let isKazakh = token.letters.contains(where: Self.kazakhLetters.contains)
        return token.forms.contains { form in
            let isOne = { (ending: Letters) in
                form.count >= ending.count + 2 && form.suffix(ending.count).elementsEqual(ending)
            }
            return Self.surnameEndings.contains(where: isOne)
                || !isKazakh && Self.russianEndings.contains(where: isOne)
        }
    }

    /// Whether a word ends as patronymics do.
    func isPatronymic(_ token: ReadText.Token) -> Bool {
        token.forms.contains { form in
            Self.patronymicEndings.contains { form.count >= $0.count + 3 && form.suffix($0.count).elementsEqual($0) }
        }
    }

    private static func endings(_ text: String) -> [Letters] {
        text.split(separator: " ").map { Folding.fold($0.letters) }
    }

    private static let givenEndings = endings(
        "а у ом ем е и ы ой ей ю я ға ге қа ке ның нің дың дің тың тің ны ні ды ді ты ті дан ден нан нен тан тен мен бен пен да де та те"
    )
    private static let surnameEndings = endings(
        "ов ова ову овым овой овым ове ев ева еву евым евой еве ин ина ину иным иной ский ская ского скому ской скую цкий цкая цкого цкой енко ук юк чук ұлы улы қызы кызы тегі баева бекова ғалиев ян швили вич "
            + "овтың евтің овқа евке овты евті оваға еваға инге инаға иннің")
    private static let russianEndings = endings("ын ына ыну ыным ыной")
    private static let kazakhLetters = Set("әғқңөұүһі".letters)
    private static let patronymicEndings = endings(
        "ич ович евич овича евича овичу евичу овичем овна евна овны евны овне евне овной евной ична инична ұлы қызы улы кызы ұлының қызының ұлына қызына"
    )
}
