import Languages
import Testing

@Test(
    "A reader gets his own language, then the nearest there is",
    arguments: [
        (Language.kk, Localized(kk: "қазақша", ru: "по-русски"), "қазақша"),
        (.ru, Localized(kk: "қазақша", ru: ""), "қазақша"),
        (.en, Localized(kk: "қазақша", ru: "по-русски"), "по-русски"),
        (.en, Localized(kk: "", ru: "", en: "English"), "English"),
        (.kk, Localized(kk: "", ru: ""), ""),
    ])
func fallback(language: Language, text: Localized, expected: String) {
    #expect(text[language] == expected)
}
