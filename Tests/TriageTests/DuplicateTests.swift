import Testing
import Triage

@Suite struct DuplicateTests {
    private func likeness(_ first: String, _ second: String, keys: [KeyedHash]? = nil) throws -> Double {
        let keys = keys ?? [KeyedHash(key: (7, 8)), KeyedHash(key: (7, 8))]
        let one = DuplicateSignature(first, try TriageFixture.read(first), key: keys[0])
        let other = DuplicateSignature(second, try TriageFixture.read(second), key: keys[1])
        return one.likeness(to: other).score
    }

    private let first = "Костанай, ЦОН, удостоверение личности не готово третью неделю. Пищухин Р., 8 700 000 66 05"

    @Test(
        "The same person on the same matter is known again, in another language and another spelling",
        arguments: [
            "Повторно пишу! Удостоверение в ЦОНе Костаная так и не выдали. Пищухин, +77000006605",
            "Қостанай ХҚКО жеке куәлігімді әлі бермеді, екінші рет жазып отырмын. 87000006605",
        ])
    func again(_ second: String) throws { #expect(try likeness(first, second) >= DuplicateSignature.threshold) }

    @Test(
        "Another person with the same trouble is none",
        arguments: [
            "Костанай, ЦОН: удостоверение личности не готово четвертую неделю. Сойкин Л., 8 700 000 12 99",
            "Удостоверение личности не выдают в ЦОНе Костаная",
        ])
    func another(_ second: String) throws { #expect(try likeness(first, second) < DuplicateSignature.threshold) }

    @Test("Under another key, and so after the key is gone, nothing is known again")
    func forgotten() throws {
        #expect(try likeness(first, first) >= DuplicateSignature.threshold)
        #expect(
            try likeness(first, first, keys: [KeyedHash(key: (7, 8)), KeyedHash(key: (9, 8))])
                < DuplicateSignature.threshold)
    }

    @Test("SipHash-2-4 gives the value of its authors' test vector")
    func vector() {
        let key = KeyedHash(key: (0x0706_0504_0302_0100, 0x0F0E_0D0C_0B0A_0908))
        let text = String(decoding: (0..<15).map { UInt8($0) }, as: UTF8.self)
        #expect(key(text) == 0xA129_CA61_49BE_45E5)
    }
}
